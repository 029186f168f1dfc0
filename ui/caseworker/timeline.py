"""What has happened to a case, the newest first; it holds nothing of what the machine thought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from config.translate import Translator
from config.words import Words
from models.clock import parse
from ui.caseworker.case_letters import name_of_letter
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.correcting.said import in_the_timeline
from ui.caseworker.lately import lately

MomentKind = Literal["event", "machine", "decision", "letter"]


@dataclass(frozen=True)
class Moment:
    """One line of the timeline."""

    text: str
    at: str
    kind: MomentKind


def timeline(
    case: CaseRecord, now: datetime, say: Translator, words: Words, *, tells_draft: bool = False
) -> tuple[Moment, ...]:
    """Events, corrections, letters, the machine's assessment, decisions and assessments by people.

    `tells_draft` only where the page shows the draft: elsewhere it is said alike of all cases.
    """
    found: list[tuple[str, str, MomentKind]] = [(one.at, one.activity, "event") for one in case.events]
    if case.assessment is not None:
        made_at = case.assessment["made_at"]
        if case.assessment["weight"] == "heavy":
            found.append((made_at, say("The rules gave the case to the team"), "event"))
        else:
            sentence = say("The machine made a draft") if tells_draft else say("The machine assessed the case")
            found.append((made_at, sentence, "machine"))
    for letter in case.letters:
        found.append((letter.sent_at, say("{letter} was sent", letter=name_of_letter(letter.kind, say)), "letter"))
    found += [
        (at, sentence, "event") for at, sentence in in_the_timeline(case.corrections, case.case_type, say, words)
    ]
    for one in case.decisions:
        found.append((one.decided_at, say("{name} decided the case", name=one.decided_by), "decision"))
    if case.assessed is not None:
        by = say("{name} assessed the case", name=case.assessed.assessed_by)
        found.append((case.assessed.assessed_at, by, "decision"))
    newest_first = sorted(found, key=lambda one: one[0], reverse=True)
    return tuple(Moment(text, lately(parse(at), now, say, words), kind) for at, text, kind in newest_first)
