"""The clock of a case that the law gives hours: it runs through nights and holidays and never pauses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from config.case_type import CaseType
from config.translate import Translator
from config.words import Words
from models.clock import parse


@dataclass(frozen=True)
class Clock:
    """The time that is left, in words, until when, and how many hours there were."""

    left: str
    until: str
    hours: int
    is_over: bool


def clock_of(since: str, case_type: CaseType, now: datetime, say: Translator, words: Words) -> Clock | None:
    """The clock of a case since it came in, or was taken up again; None where the law gives it no hours."""
    hours = case_type.deadlines.contact_within_hours
    if hours is None:
        return None
    end = parse(since) + timedelta(hours=hours)
    return Clock(said_left(end - now, say), words.moment(end), hours, now >= end)


def said_left(left: timedelta, say: Translator) -> str:
    """What is left, or by how much the time is over, in hours and minutes.

    Example:
        >>> said_left(timedelta(hours=5, minutes=12, seconds=40), Translator("en"))
        '5 hours and 12 minutes left'
        >>> said_left(timedelta(hours=-2), Translator("en"))
        '2 hours and 0 minutes over'
    """
    minutes = int(abs(left).total_seconds()) // 60
    told = say(
        "{hours} and {minutes}",
        hours=say.counted("{n} hour", "{n} hours", minutes // 60),
        minutes=say.counted("{n} minute", "{n} minutes", minutes % 60),
    )
    return say("{time} left", time=told) if left > timedelta(0) else say("{time} over", time=told)
