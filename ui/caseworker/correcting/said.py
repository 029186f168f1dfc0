"""Corrections in words: beside the fact, and as a line of the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from config.bilingual import Language
from config.case_type import CaseType
from config.fields import Field
from config.translate import Translator
from config.words import Words
from models.clock import parse
from models.correction_history import Correction
from ui.caseworker.lately import lately

LONGEST_SAID = 120
"""Longer texts are cut in a sentence; they stand whole among the facts."""


def value_said(field: Field, value: Any, words: Words) -> str:
    """A value as facts are stored, in words.

    Example:
        >>> from config.bilingual import Bilingual
        >>> start = Field(column="start", type="date", label=Bilingual(da="Start", en="Start"))
        >>> value_said(start, "2026-11-24", Words("en")), value_said(start, None, Words("en"))
        ('24 November 2026', 'not given')
    """
    if field.type == "date" and isinstance(value, str):
        return words.day(date.fromisoformat(value[: len("2026-11-24")]))
    said = words.fact(field, value if value is None or isinstance(value, str) else float(value))
    return said if len(said) <= LONGEST_SAID else f"{said[: LONGEST_SAID - 1]}…"


def latest_of(corrections: Sequence[Correction], field: str) -> tuple[Correction | None, Correction | None]:
    """The correction of a field that stands, and what a file has said against it since; else None."""
    of_field = [one for one in corrections if one.field == field]
    by_people = [one for one in of_field if not one.is_kept]
    if not by_people:
        return None, None
    since = [one for one in of_field if one.is_kept and one.version > by_people[-1].version]
    return by_people[-1], since[-1] if since else None


def beside_the_fact(
    corrections: Sequence[Correction], name: str, field: Field, now: datetime, language: Language
) -> tuple[str, ...]:
    """Who corrected a fact from what to what, when and why; and what a later file says of it."""
    say, words = Translator(language), Words(language)
    corrected, later = latest_of(corrections, name)
    if corrected is None:
        return ()
    told = (
        say(
            "Corrected by {name}, {at}: from {old} to {new}. Reason: {reason}",
            name=corrected.by or "",
            at=lately(parse(corrected.at), now, say, words).lower(),
            old=value_said(field, corrected.old, words),
            new=value_said(field, corrected.new, words),
            reason=corrected.reason,
        ),
    )
    if later is None:
        return told
    at = lately(parse(later.at), now, say, words).lower()
    value = value_said(field, later.old, words)
    return (
        *told,
        say("A later file says {value} ({at}). The correction stands until you change it.", value=value, at=at),
    )


def in_the_timeline(
    corrections: Sequence[Correction], case_type: CaseType, say: Translator, words: Words
) -> list[tuple[str, str]]:
    """Each correction as a moment and a sentence; of fields that are no longer declared nothing is said."""
    found = []
    for one in corrections:
        field = case_type.fields.get(one.field)
        if field is None:
            continue
        told = {
            "label": field.label.say(words.language),
            "old": value_said(field, one.old, words),
            "new": value_said(field, one.new, words),
        }
        if one.is_kept:
            sentence = say("A file says {old} of “{label}”. The correction to {new} stands", **told)
        else:
            sentence = say("{name} corrected “{label}” from {old} to {new}", name=one.by or "", **told)
        found.append((one.at, sentence))
    return found
