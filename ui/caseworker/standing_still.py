"""How long a case's own time to decide has stood still: working days on which the citizen was awaited.

The hours that a law sets, such as those for a report about a child, never stand still (`clock.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from explain.letters.appeal_date import is_working_day, working_days_later


def working_days_in(days: Iterable[date]) -> int:
    """How many of these days are working days.

    Example:
        >>> working_days_in([date(2026, 12, 23), date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 28)])
        2
    """
    return sum(map(is_working_day, days))


def moved_on(last: date, working_days: int) -> date:
    """The last day of a time that stood still for so many working days: as many working days later.

    Example:
        >>> moved_on(date(2026, 12, 23), 2)
        datetime.date(2026, 12, 29)
    """
    return working_days_later(last, working_days)
