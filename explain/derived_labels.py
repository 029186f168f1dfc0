"""What the features that Stafet derives from the flow of cases are called, and how their values are read."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from config.words import Words
from engine.arrivals import CALENDAR, DERIVED, SINCE_LAST_CASE

DERIVED_LABELS = {
    "arrivals_7_days": "the number of cases received in the 7 days before",
    "arrivals_30_days": "the number of cases received in the 30 days before",
    "open_cases_7_days": "the number of cases worked on in the 7 days before",
    "open_cases_30_days": "the number of cases worked on in the 30 days before",
    "weekday": "the weekday on which the case arrived",
    "month": "the month in which the case arrived",
    "hour": "the hour at which the case arrived",
    SINCE_LAST_CASE: "the number of days since the citizen's last case",
}
assert set(DERIVED_LABELS) == set(DERIVED), "every derived feature has a label"


def derived_value(name: str, value: float, words: Words) -> str:
    """A derived value as a person reads it: the name of a weekday or month, else a number.

    Example:
        >>> derived_value("weekday", 0.0, Words("da")), derived_value("month", 2.0, Words("en"))
        ('mandag', 'February')
    """
    locale = "da_DK" if words.language == "da" else "en_GB"
    if name == CALENDAR[0]:
        return format_date(date(2024, 1, 1 + int(value) % 7), "EEEE", locale=locale)
    if name == CALENDAR[1]:
        return format_date(date(2024, 1 + (int(value) - 1) % 12, 1), "LLLL", locale=locale)
    return words.number(round(value))
