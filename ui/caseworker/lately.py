"""A moment of the last months as people say it to one another."""

from __future__ import annotations

from datetime import datetime

from config.translate import Translator
from config.words import DANISH_TIME, Words


def lately(moment: datetime, now: datetime, say: Translator, words: Words) -> str:
    """A moment as one says it of things that have just happened: today, or the day without its year.

    Example:
        >>> from models.clock import parse
        >>> at = parse("2026-11-24T08:12:00.000000Z")
        >>> lately(at, at, Translator("da"), Words("da"))
        'I dag kl. 09.12'
        >>> lately(at, parse("2026-11-25T08:00:00.000000Z"), Translator("en"), Words("en"))
        '24 Nov at 09:12'
    """
    today, day = (at.astimezone(DANISH_TIME).date() for at in (now, moment))
    said = say("Today") if day == today else words.short_day(day, today)
    return say("{day} at {time}", day=said, time=words.time(moment))
