"""Who has been asked to read a case along, who has, and what they found, as the case's page says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from config.bilingual import Language
from config.translate import Translator
from config.words import Words
from models.case_acts import CaseAct
from models.clock import parse
from models.second_readers import ASKED, READ
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.handling.standing import is_conflicted
from ui.caseworker.lately import lately

SUMMARIES: Mapping[bool | None, str] = {
    None: "Second reader: {name} has read the case.",
    True: "Second reader: {name} has read the case and agrees.",
    False: "Second reader: {name} has read the case and does not agree.",
}


@dataclass(frozen=True)
class Reading:
    """One request to read along.

    Attributes:
        who: the colleague who was asked, `by` who asked them.
        agrees, found: what the colleague answered; None while they have not, or it may not be said yet.
        is_read: they have answered.
        is_mine: the visitor was asked, and can answer now.
    """

    number: int
    who: str
    by: str
    asked: str
    is_read: bool
    agrees: bool | None
    found: str | None
    words: str
    read_at: str
    is_mine: bool


@dataclass(frozen=True)
class SecondReader:
    """The second readers of a case.

    Attributes:
        readings: the first asked first.
        summary: whether somebody has read the case, in a sentence for the checklist.
        may_ask: the visitor can ask a colleague.
    """

    readings: tuple[Reading, ...]
    summary: str
    may_ask: bool

    @property
    def mine(self) -> Reading | None:
        """What the visitor is asked to read, and has not answered."""
        return next((one for one in self.readings if one.is_mine), None)


def second_reader(
    case: CaseRecord,
    acts: Sequence[CaseAct],
    *,
    viewer: int,
    may_handle: bool,
    now: datetime,
    language: Language,
) -> SecondReader:
    """The part of one visitor; `acts` are those of the case's that their page may tell of."""
    answers = {act.about_act: act for act in acts if act.kind == READ}
    readings = tuple(
        reading(act, answers.get(act.id), case, viewer, now, language) for act in acts if act.kind == ASKED
    )
    return SecondReader(readings, summary(readings, Translator(language)), may_handle)


def reading(
    asked: CaseAct, answer: CaseAct | None, case: CaseRecord, viewer: int, now: datetime, language: Language
) -> Reading:
    """One request in words."""
    say, words = Translator(language), Words(language)
    is_own = asked.to_user == viewer and answer is None
    return Reading(
        number=asked.id,
        who=case.colleagues.get(asked.to_user or 0, ""),
        by=asked.by or "",
        asked=str(asked.content["words"]),
        is_read=answer is not None,
        agrees=None if answer is None else answer.content["agrees"],
        found=None if answer is None else agreement(answer, say),
        words="" if answer is None else str(answer.content["words"]),
        read_at="" if answer is None else lately(parse(answer.at), now, say, words),
        is_mine=is_own and case.is_open and not is_conflicted(case.acts, viewer),
    )


def agreement(answer: CaseAct, say: Translator) -> str | None:
    """Whether a second reader agrees; None where that is withheld."""
    agrees = answer.content["agrees"]
    if agrees is None:
        return None
    return say("The second reader agrees") if agrees else say("The second reader does not agree")


def summary(readings: Sequence[Reading], say: Translator) -> str:
    """Whether somebody has read along; of several the last who did, else the last who was asked."""
    read = [one for one in readings if one.is_read]
    if read:
        newest = read[-1]
        return say(SUMMARIES[newest.agrees], name=newest.who)
    if readings:
        return say("Second reader: {name} is asked and has not read the case yet.", name=readings[-1].who)
    return say("Second reader: nobody has been asked to read along.")
