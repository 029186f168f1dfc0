"""When a case is due: the contact that a rule or law asks for, or the day by which it must be decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from config.case_type import CaseType
from config.translate import Translator
from config.words import DANISH_TIME, Words
from models.clock import parse

DAYS_OF_A_WEEK = 7


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


@dataclass(frozen=True)
class Due:
    """A deadline in words; `tag` says how late it is, None where it is not."""

    text: str
    tag: str | None = None


def deadline_of(received_at: str, contact_by: str | None, case_type: CaseType | None) -> Deadline | None:
    """The nearer of the two deadlines, None where a case has none.

    Example:
        >>> deadline_of("2026-11-23T09:05:00.000000Z", "2026-11-25T09:05:00.000000Z", None).kind
        'contact'
    """
    found = [] if contact_by is None else [Deadline("contact", parse(contact_by))]
    days = None if case_type is None else case_type.deadlines.decide_within_days
    if days is not None:
        found.append(Deadline("decide", parse(received_at) + timedelta(days=days)))
    return min(found, key=lambda one: one.moment, default=None)


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
