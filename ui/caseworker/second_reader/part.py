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
IN_PLACE: Mapping[bool | None, str] = {
    None: "Second reader: {by} has read the case in {name}'s place.",
    True: "Second reader: {by} has read the case in {name}'s place and agrees.",
    False: "Second reader: {by} has read the case in {name}'s place and does not agree.",
}
"""The same where the team lead answered for a colleague who is away."""


@dataclass(frozen=True)
class Reading:
    """One request to read along.

    Attributes:
        who: the colleague who was asked, `by` who asked them.
        agrees, found: what the colleague answered; None while they have not, or it may not be said yet.
        is_read: there is an answer.
        read_by: who answered in the colleague's place; None where they did so themselves.
        instead: who was asked in their place; None where nobody was.
        is_mine: the visitor was asked, and can answer now.
        may_stand_in: the visitor leads the team, and can answer in the colleague's place.
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
    read_by: str | None
    instead: str | None
    is_mine: bool
    may_stand_in: bool

    @property
    def is_waiting(self) -> bool:
        """Somebody still waits for the answer."""
        return not self.is_read and self.instead is None


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

    def to_answer(self, number: int | None) -> Reading | None:
        """The request of that number where the visitor can answer it; without a number, the one put to them."""
        may = [one for one in self.readings if one.is_mine or one.may_stand_in]
        return self.mine if number is None else next((one for one in may if one.number == number), None)

    def waiting(self, number: int | None) -> Reading | None:
        """The request of that number, where somebody still waits for its answer."""
        return next((one for one in self.readings if one.number == number and one.is_waiting), None)


def second_reader(
    case: CaseRecord,
    acts: Sequence[CaseAct],
    *,
    viewer: int,
    is_lead: bool,
    may_handle: bool,
    now: datetime,
    language: Language,
) -> SecondReader:
    """The part of one visitor; `acts` are those of the case's that their page may tell of."""
    later = {act.about_act: act for act in acts if act.kind in (READ, ASKED) and act.about_act is not None}
    readings = tuple(
        reading(act, later.get(act.id), case, (viewer, is_lead), now, language)
        for act in acts
        if act.kind == ASKED
    )
    return SecondReader(readings, summary(readings, Translator(language)), may_handle)


def reading(
    asked: CaseAct,
    later: CaseAct | None,
    case: CaseRecord,
    viewer: tuple[int, bool],
    now: datetime,
    language: Language,
) -> Reading:
    """One request in words; `later` is what ended it, `viewer` the visitor's number and whether they lead."""
    say, words, who = Translator(language), Words(language), case.colleagues.get(asked.to_user or 0, "")
    answer = later if later is not None and later.kind == READ else None
    user_id, is_lead = viewer
    can_answer = later is None and case.is_open and not is_conflicted(case.acts, user_id)
    is_other = user_id not in (asked.to_user, asked.by_id, case.file["assigned_to"])
    return Reading(
        number=asked.id,
        who=who,
        by=asked.by or "",
        asked=str(asked.content["words"]),
        is_read=answer is not None,
        agrees=None if answer is None else answer.content["agrees"],
        found=None if answer is None else agreement(answer, say),
        words="" if answer is None else str(answer.content["words"]),
        read_at="" if answer is None else lately(parse(answer.at), now, say, words),
        read_by=None if answer is None or answer.by_id == asked.to_user else answer.by,
        instead=None if later is None or later is answer else case.colleagues.get(later.to_user or 0, ""),
        is_mine=can_answer and asked.to_user == user_id,
        may_stand_in=can_answer and is_lead and is_other,
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
        if newest.read_by is not None:
            return say(IN_PLACE[newest.agrees], by=newest.read_by, name=newest.who)
        return say(SUMMARIES[newest.agrees], name=newest.who)
    if readings:
        return say("Second reader: {name} is asked and has not read the case yet.", name=readings[-1].who)
    return say("Second reader: nobody has been asked to read along.")
