"""When a case is due: the contact that a rule or law asks for, or the day by which it must be decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, Protocol

from config.case_type import CaseType
from config.translate import Translator
from config.words import DANISH_TIME, Words
from models.clock import parse
from models.course import UNMOVED
from models.deciding_time import decide_by

DAYS_OF_A_WEEK = 7
END_OF_DAY = time(23, 59, 59)
Kind = Literal["contact", "decide"]


@dataclass(frozen=True)
class Deadline:
    """The nearest deadline of a case; a contact has a time of day, a decision a whole day."""

    kind: Kind
    moment: datetime

    @property
    def day(self) -> date:
        """The day in Denmark."""
        return self.moment.astimezone(DANISH_TIME).date()


class Listed(Protocol):
    """What every list of open cases knows of a case's time."""

    @property
    def received_at(self) -> str:
        """When it came in."""

    @property
    def taken_up_at(self) -> str | None:
        """When it was last taken up again."""

    @property
    def contact_by(self) -> str | None:
        """By when the citizen is to hear from the office."""

    @property
    def decide_by(self) -> str | None:
        """The day by which it is to be decided."""


@dataclass(frozen=True)
class Due:
    """A deadline in words; `tag` says how late it is, None where it is not."""

    text: str
    tag: str | None = None


def nearest(contact_by: str | None, decide_by: date | None) -> Deadline | None:
    """The nearer of the two deadlines of a case, None where it has none.

    Example:
        >>> nearest("2026-11-25T09:05:00.000000Z", date(2026, 11, 25)).kind
        'contact'
    """
    found = [] if contact_by is None else [Deadline("contact", parse(contact_by))]
    if decide_by is not None:
        found.append(Deadline("decide", datetime.combine(decide_by, END_OF_DAY, DANISH_TIME)))
    return min(found, key=lambda one: one.moment, default=None)


def listed_deadline(case: Listed, case_type: CaseType | None) -> Deadline | None:
    """The nearest deadline of a case in a list, as stored with it.

    One that has no place by its day to decide yet, since it was assessed a moment ago, has the day it would get.
    """
    day = None if case.decide_by is None else date.fromisoformat(case.decide_by)
    if day is None and case.taken_up_at is None:
        day = decide_by(case.received_at, case_type, UNMOVED)
    return nearest(case.contact_by, day)


def said(deadline: Deadline | None, now: datetime, say: Translator, words: Words) -> Due:
    """The deadline as a caseworker reads it: today, tomorrow, a day; and how many days it is over."""
    if deadline is None:
        return Due(say("No deadline"))
    today = now.astimezone(DANISH_TIME).date()
    away = (deadline.day - today).days
    if away < 0:
        over = say.counted("{n} day over", "{n} days over", -away)
        return Due(words.short_day(deadline.day, today), over)
    if away > 1:
        return Due(words.short_day(deadline.day, today, weekday=away < DAYS_OF_A_WEEK))
    text = say("Today") if away == 0 else say("Tomorrow")
    if deadline.kind == "contact":
        text = say("{day} at {time}", day=text, time=words.time(deadline.moment))
        if deadline.moment < now:
            return Due(text, say("Over"))
    return Due(text)
