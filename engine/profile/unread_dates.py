"""Left out because it holds dates in a form that is not read: what cannot be told apart cannot be judged."""

from __future__ import annotations

import re
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from engine.profile.seen import SeenCases, SeenColumn

FEWEST_DATES = 5
EXAMPLE = date(2024, 12, 31)
FORMS = (
    (re.compile(r"\d{1,2}-\d{1,2}-\d{4}( .+)?"), ("%d-%m-%Y", "%m-%d-%Y")),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{4}( .+)?"), ("%d/%m/%Y", "%m/%d/%Y")),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}( .+)?"), ("%d.%m.%Y",)),
    (re.compile(r"\d{4}/\d{1,2}/\d{1,2}( .+)?"), ("%Y/%m/%d",)),
    (re.compile(r"(19|20)\d{6}"), ("%Y%m%d",)),
)


def unread_dates(column: SeenColumn, cases: SeenCases) -> str | None:
    """Words or whole numbers that are all dates, but not as 2024-12-31: an end date among them could not be seen.

    Day or month first is not guessed, for half of the days of a year can be read both ways.
    """
    if column.kind not in {"text", "category", "integer"}:
        return None
    words = _distinct_words(column)
    form = _form_of(words) if len(words) >= FEWEST_DATES else None
    if form is None:
        return None
    return f"dates in a form that is not read, as in {EXAMPLE:{form}}; export them as {EXAMPLE}"


def _form_of(words: list[str]) -> str | None:
    """The first form in which all words are days; no word itself is told, for it may be somebody's birthday."""
    for shape, formats in FORMS:
        if all(shape.fullmatch(word) for word in words):
            days = {word.partition(" ")[0] for word in words}
            return next((form for form in formats if all(_is_day(day, form) for day in days)), None)
    return None


def _distinct_words(column: SeenColumn) -> list[str]:
    values = column.values
    if pa.types.is_dictionary(values.type):
        values = values.dictionary.take(pc.unique(values.indices).drop_null())
    return [str(word) for word in pc.unique(values).drop_null().to_pylist()]


def _is_day(word: str, form: str) -> bool:
    try:
        datetime.strptime(f"{word} +0000", f"{form} %z")
    except ValueError:
        return False
    return True
