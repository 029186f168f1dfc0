"""The days on which public offices in Denmark work, and periods that are counted in them.

Christmas Eve, New Year's Eve and Constitution Day are no working days, as for the courts (Retsplejeloven § 148 a);
that gives the citizen more time, never less.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date, timedelta

import holidays
import numpy as np
from numpy.typing import NDArray

CLOSED_TOO = ((6, 5), (12, 24), (12, 31))


def is_working_day(day: date) -> bool:
    """Whether public offices in Denmark work that day.

    Example:
        >>> is_working_day(date(2026, 12, 23)), is_working_day(date(2026, 12, 24))
        (True, False)
    """
    return day.weekday() < 5 and day not in days_off(day.year)


@functools.lru_cache(maxsize=256)
def days_off(year: int) -> frozenset[date]:
    """The days of a year, weekends apart, on which nobody works."""
    return frozenset({*holidays.country_holidays("DK", years=year), *(date(year, *day) for day in CLOSED_TOO)})


def working_day_from(day: date) -> date:
    """The day itself, or the next working day.

    Example:
        >>> working_day_from(date(2026, 12, 24))
        datetime.date(2026, 12, 28)
    """
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days_later(day: date, number: int) -> date:
    """The `number`-th working day after `day`.

    Example:
        >>> working_days_later(date(2026, 12, 10), 6)
        datetime.date(2026, 12, 18)
    """
    for _ in range(number):
        day = working_day_from(day + timedelta(days=1))
    return day


def working_days_in(days: Iterable[date]) -> int:
    """How many of these days are working days.

    Example:
        >>> working_days_in([date(2026, 12, 23), date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 28)])
        2
    """
    return sum(map(is_working_day, days))


def many_working_days_later(days: NDArray[np.datetime64], number: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """`working_days_later` for (n,) days (datetime64[D]), each with its own number of at least 1.

    Example:
        >>> many_working_days_later(np.array(["2026-12-10", "2026-12-12"], "M8[D]"), np.array([6, 1]))
        array(['2026-12-18', '2026-12-14'], dtype='datetime64[D]')
    """
    if len(days) == 0:
        return days
    years = range(days.min().item().year, days.max().item().year + 2 + int(number.max()) // 200)
    closed = np.array(sorted(day for year in years for day in days_off(year)), dtype="datetime64[D]")
    return np.busday_offset(days, number, roll="backward", holidays=closed)
