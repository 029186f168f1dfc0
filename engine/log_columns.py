"""Columns of a log that have a meaning of their own, so that no field can be read from them by accident."""

from __future__ import annotations

CONSENT, CONSENT_AT, CLOSED_AT = "case:consent:", "case:consent_at", "case:closed_at"
CITIZEN_REF, CITIZEN = "case:citizen_ref", "case:citizen:"
STATED = "case:stated:"


def is_about_the_citizen(column: str) -> bool:
    """Whether a column tells who the citizen is or what they stated: never a fact, never proposed as one.

    Example:
        >>> is_about_the_citizen("case:citizen:name"), is_about_the_citizen("case:citizen_age")
        (True, False)
    """
    return column == CITIZEN_REF or column.startswith((CITIZEN, STATED))
