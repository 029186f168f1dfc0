"""The days that a letter names: when it arrives, by when to complain, by when to answer.

By Digital Post a letter has arrived the day it was sent; by post so many working days later. A period that ends on
a day when nobody works ends on the next working day. Christmas Eve, New Year's Eve and Constitution Day are such
days, as they are for the courts (Retsplejeloven § 148 a); that gives the citizen more time, never less.
"""

from __future__ import annotations

import functools
from datetime import date, timedelta

import holidays

CLOSED_TOO = ((6, 5), (12, 24), (12, 31))


def is_working_day(day: date) -> bool:
    """Whether public offices in Denmark work that day.

    Example:
        >>> is_working_day(date(2026, 12, 23)), is_working_day(date(2026, 12, 24))
        (True, False)
    """
    return day.weekday() < 5 and (day.month, day.day) not in CLOSED_TOO and day not in _holidays_of(day.year)


@functools.lru_cache(maxsize=64)
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DK", years=year))


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


def received_on(sent_on: date, *, digital: bool, delivery_working_days: int) -> date:
    """The day on which a letter counts as received."""
    return sent_on if digital else working_days_later(sent_on, delivery_working_days)


def last_day_to_appeal(sent_on: date, *, digital: bool, weeks: int, delivery_working_days: int) -> date:
    """The last day on which a complaint is in time (klagefrist): so many weeks from the day of receipt.

    Example:
        >>> last_day_to_appeal(date(2026, 12, 10), digital=True, weeks=4, delivery_working_days=6)
        datetime.date(2027, 1, 7)
        >>> last_day_to_appeal(date(2026, 12, 10), digital=False, weeks=4, delivery_working_days=6)
        datetime.date(2027, 1, 15)
        >>> last_day_to_appeal(date(2026, 11, 27), digital=True, weeks=4, delivery_working_days=6)  # Christmas Day
        datetime.date(2026, 12, 28)
    """
    received = received_on(sent_on, digital=digital, delivery_working_days=delivery_working_days)
    return working_day_from(received + timedelta(weeks=weeks))


def last_day_to_answer(sent_on: date, *, digital: bool, days: int, delivery_working_days: int) -> date:
    """The last day to answer a hearing or a request: so many days from the day of receipt."""
    received = received_on(sent_on, digital=digital, delivery_working_days=delivery_working_days)
    return working_day_from(received + timedelta(days=days))
