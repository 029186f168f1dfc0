"""When a case is due: the contact that a rule or law asks for, or the day by which it must be decided.

One that was decided and taken up again has its time anew: from the reopening, and on a complaint the weeks in
which the office looks again (genvurdering), from the day the complaint came.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from config.case_type import CaseType
from config.translate import Translator
from config.words import DANISH_TIME, Words
from models.clock import parse
from models.reopenings import COMPLAINT, Again
from ui.caseworker.afterwards.appealing import appeal_from, look_again_by
from ui.caseworker.course import UNMOVED, Course
from ui.caseworker.standing_still import moved_on

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


def deadline_of(
    received_at: str, contact_by: str | None, case_type: CaseType | None, course: Course = UNMOVED
) -> Deadline | None:
    """The nearer of the two deadlines, None where a case has none; `course` says what has moved its time.

    Only the time that the municipality gives itself to decide stands still.

    Example:
        >>> deadline_of("2026-11-23T09:05:00.000000Z", "2026-11-25T09:05:00.000000Z", None).kind
        'contact'
    """
    if course.again is not None:
        return deadline_again(course.again, case_type, course.still)
    found = [] if contact_by is None else [Deadline("contact", parse(contact_by))]
    decide = decide_by(received_at, case_type, course.still)
    return min([*found, *([] if decide is None else [decide])], key=lambda one: one.moment, default=None)


def decide_by(since: str, case_type: CaseType | None, still: int) -> Deadline | None:
    """The case type's time to decide, from a moment on, which stood still for so many working days."""
    days = None if case_type is None else case_type.deadlines.decide_within_days
    if days is None:
        return None
    last = parse(since) + timedelta(days=days)
    return Deadline("decide", last + (moved_on(local_day(last), still) - local_day(last)))


def deadline_again(again: Again, case_type: CaseType | None, still: int) -> Deadline | None:
    """By when a case that was taken up again is decided anew; the weeks to look again stand still for nobody."""
    last = look_again_day(again, case_type)
    if last is not None:
        return Deadline("decide", datetime.combine(last, time(12), DANISH_TIME))
    return decide_by(again.at, case_type, still)


def local_day(moment: datetime) -> date:
    """The day of a moment in Denmark."""
    return moment.astimezone(DANISH_TIME).date()


def look_again_day(again: Again, case_type: CaseType | None) -> date | None:
    """The last day to look again on a complaint; None on another ground, or where the office does not look again.

    A complaint that nobody registered counts from the reopening.
    """
    if again.ground != COMPLAINT or case_type is None or again.outcome is None:
        return None
    came = again.complained_on
    received = parse(again.at).astimezone(DANISH_TIME).date() if came is None else date.fromisoformat(came)
    return look_again_by(appeal_from(case_type, again.outcome), received)


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
