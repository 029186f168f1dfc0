"""Fields proposed as protected: sex, age, origin, health and the like, unless a person overrules."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from config.errors import InputError
from config.protected_words import looks_protected
from engine.profile.seen import CASE_PREFIX, SeenCases, SeenColumn

BY_FLAG = "said to be protected by --protected"


def why_protected(column: SeenColumn, cases: SeenCases) -> str | None:
    """Why a column looks protected, by its name or by the values that cases begin with."""
    values: Iterable[str] = column.words
    if column.kind == "text":
        values = column.first.levels
    elif column.kind in {"boolean", "integer"}:
        words = column.first_words(cases.log.first_events)
        values = [word for word in words.dictionary.to_pylist() if word is not None]
    return looks_protected(column.name, values)


def columns_meant(flags: Collection[str], flag: str, names: dict[str, str]) -> set[str]:
    """The columns that a flag names, by column, by column without `case:` or by field; `names` is column -> field.

    Raises InputError, naming the columns there are, where a flag names none.
    """
    meant = set()
    for word in flags:
        found = [c for c, field in names.items() if word in {c, c.removeprefix(CASE_PREFIX), field}]
        if not found:
            listed = ", ".join(repr(column) for column in names)
            raise InputError(f"{flag} names '{word}', and the log has no such column; it has {listed}")
        meant.update(found)
    return meant
