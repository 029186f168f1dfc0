"""A form of an act: what was typed into it, and what is missing before it can be stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from config.errors import RefusedError
from config.translate import Translator
from ui.caseworker.decision_form import Problem

SEEN = "seen"
"""The hidden field of every form here: the newest act on the case when the form was shown."""

LONGEST_WAIT = timedelta(days=730)
LONGEST_NOTE = 100_000
LONGEST_WORDS = 10_000
LONGEST_LINE = 500


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen."""

    key: str
    label: str


@dataclass(frozen=True)
class ActForm:
    """A form as its page shows it; `problems` by field."""

    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, Problem] = field(default_factory=dict)

    def value(self, name: str, otherwise: str = "") -> str:
        """What was typed into a field."""
        return self.typed.get(name, otherwise)

    def problem(self, name: str) -> str | None:
        """What is wrong with a field, in a sentence."""
        return self.problems[name].sentence if name in self.problems else None


@dataclass(frozen=True)
class NotStored:
    """Why an act was not stored: what is missing of its form, else why it was refused."""

    form: ActForm
    refused: RefusedError | None = None


def problems_of(*found: Problem | None) -> dict[str, Problem]:
    """The problems that there are, by field, in the order of the form."""
    return {one.field: one for one in found if one is not None}


def wrong_text(name: str, text: str, longest: int, missing: str | None, say: Translator) -> Problem | None:
    """What is wrong with a text: it is missing (said by `missing`, None where it may be), or too long."""
    if not text and missing is not None:
        return Problem(name, name, missing)
    if len(text) > longest:
        return Problem(name, name, say("Shorten the text to at most {n} characters", n=longest))
    return None


def wrong_day(name: str, text: str, today: str, say: Translator, *, after: str | None = None) -> Problem | None:
    """What is wrong with a last day: it is none, has passed, is years away, or is not later than `after`."""
    day = day_in(text)
    if day is None:
        return Problem(name, name, say("Write a day, such as 2026-12-07"))
    if text < today:
        return Problem(name, name, say("Choose a day that has not passed"))
    if day - date.fromisoformat(today) > LONGEST_WAIT:
        return Problem(name, name, say("Choose a day within two years"))
    if after is not None and text <= after:
        return Problem(name, name, say("Choose a day after the one that stands now"))
    return None


def day_in(text: str) -> date | None:
    """A day as a form sends it; None where it is none.

    Example:
        >>> day_in("2026-12-07"), day_in("7/12"), day_in("20261207")
        (datetime.date(2026, 12, 7), None, None)
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if str(day) == text else None
