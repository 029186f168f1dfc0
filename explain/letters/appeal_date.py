"""The days that a letter names: when it arrives, by when to complain, by when to answer.

By Digital Post a letter has arrived the day it was sent; by post so many working days later. A period that ends on
a day when nobody works ends on the next working day (`models/working_days.py`).
"""

from __future__ import annotations

from datetime import date, timedelta

from models.working_days import working_day_from, working_days_later


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
