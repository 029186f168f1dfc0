"""What has happened to a case, the newest first; it holds nothing of what the machine thought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from config.bilingual import Language
from config.translate import Translator
from config.words import Words
from models.case_acts import CaseAct
from models.clock import parse
from models.first_views import FIRST_VIEW
from models.second_readers import READ
from ui.caseworker.case_letters import name_of_letter
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.correcting.said import in_the_timeline
from ui.caseworker.documents.rows import put_in
from ui.caseworker.handling.act_words import told_of
from ui.caseworker.lately import lately

MomentKind = Literal["event", "machine", "decision", "letter", "act"]
OF_THE_MACHINES_PART = frozenset({"feedback", "dilemma"})
"""Acts that only somebody can do who has seen the machine's part: a blind page tells of none."""
LONG = 400
"""From so many characters on what was written is folded; all of it stands there."""


@dataclass(frozen=True)
class Moment:
    """One line of the timeline.

    Attributes:
        written: in full what a person wrote with it.
    """

    text: str
    at: str
    kind: MomentKind
    written: str = ""

    @property
    def is_long(self) -> bool:
        """Whether what was written is folded."""
        return len(self.written) > LONG


Happened = tuple[str, str, MomentKind, str]


def timeline(
    case: CaseRecord,
    now: datetime,
    language: Language,
    *,
    tells_draft: bool = False,
    is_blind: bool = False,
    viewer: int | None = None,
) -> tuple[Moment, ...]:
    """Events, letters, acts, corrections, the machine's assessment, decisions and assessments by people.

    `tells_draft` only where the page shows the draft: elsewhere it is said alike of all cases. A blind page tells
    the `viewer` (their number) nothing that colleagues wrote after they had seen the machine's part.
    """
    say, words = Translator(language), Words(language)
    case = replace(case, acts=told_acts(case.acts, is_blind=is_blind, viewer=viewer))
    found: list[Happened] = [(one.at, one.activity, "event", "") for one in case.events]
    found += assessed_by_rules(case, say, tells_draft=tells_draft)
    found += acts_and_letters(case, language)
    corrections = in_the_timeline(case.corrections, case.case_type, say, words)
    found += [(at, sentence, "act", "") for at, sentence in corrections]
    found += [(at, sentence, "act", "") for at, sentence in put_in(case.documents, language)]
    for one in case.decisions:
        found.append((one.decided_at, say("{name} decided the case", name=one.decided_by), "decision", ""))
    if case.assessed is not None:
        by = say("{name} assessed the case", name=case.assessed.assessed_by)
        found.append((case.assessed.assessed_at, by, "decision", ""))
    found.reverse()  # of two acts at the same moment the later one stands first
    found.sort(key=lambda one: one[0], reverse=True)
    return tuple(
        Moment(text, lately(parse(at), now, say, words), kind, written) for at, text, kind, written in found
    )


def told_acts(acts: Sequence[CaseAct], *, is_blind: bool, viewer: int | None) -> tuple[CaseAct, ...]:
    """The acts that a page may tell of.

    Where it is blind, colleagues' first views come without their words, and so does what a second reader found who
    may have seen the machine's part, for they have given a view.
    """
    if not is_blind:
        return tuple(acts)
    has_viewed = {act.by_id for act in acts if act.kind == FIRST_VIEW}
    return tuple(
        without_words(act) if act.by_id != viewer and act.by_id in has_viewed else act
        for act in acts
        if act.kind not in OF_THE_MACHINES_PART
    )


def without_words(act: CaseAct) -> CaseAct:
    """A first view or a second reader's answer without what it says; other acts as they are."""
    if act.kind == FIRST_VIEW:
        return replace(act, content={**act.content, "weighs": ""})
    return replace(act, content={"agrees": None, "words": ""}) if act.kind == READ else act


def assessed_by_rules(case: CaseRecord, say: Translator, *, tells_draft: bool) -> Iterator[Happened]:
    """That the machine assessed the case, or that the rules gave a heavy one to a team."""
    if case.assessment is None:
        return
    made_at = case.assessment["made_at"]
    if case.assessment["weight"] == "heavy":
        yield made_at, say("The rules gave the case to the team"), "event", ""
    else:
        sentence = say("The machine made a draft") if tells_draft else say("The machine assessed the case")
        yield made_at, sentence, "machine", ""


def acts_and_letters(case: CaseRecord, language: Language) -> Iterator[Happened]:
    """What people did on the way, and the letters that were sent by no such act."""
    say = Translator(language)
    for act in case.acts:
        told = told_of(act, case, language)
        if told is not None:
            yield act.at, told[0], "act", told[1]
    of_acts = {act.content.get("letter_id") for act in case.acts}
    for letter in case.letters:
        if letter.id not in of_acts:
            yield letter.sent_at, say("{letter} was sent", letter=name_of_letter(letter.kind, say)), "letter", ""
