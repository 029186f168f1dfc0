"""Months as addresses name them, and the moments between which they lie in Denmark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from config.words import DANISH_TIME
from models.clock import stamp

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class MonthAt:
    """One month; `name` such as `2026-11`.

    Example:
        >>> MonthAt(date(2026, 11, 1)).name, MonthAt(date(2026, 12, 1)).next.name
        ('2026-11', '2027-01')
    """

    first_day: date

    @property
    def name(self) -> str:
        """As addresses and the records name it."""
        return f"{self.first_day:%Y-%m}"

    @property
    def next(self) -> MonthAt:
        """The month after."""
        year, month = self.first_day.year, self.first_day.month
        return MonthAt(date(year + month // 12, month % 12 + 1, 1))

    @property
    def before(self) -> MonthAt:
        """The month before."""
        year, month = self.first_day.year, self.first_day.month
        return MonthAt(date(year - (month == 1), (month - 2) % 12 + 1, 1))

    @property
    def since(self) -> str:
        """The moment at which it begins in Denmark, as stored."""
        return stamp(datetime(self.first_day.year, self.first_day.month, 1, tzinfo=DANISH_TIME))

    @property
    def until(self) -> str:
        """The moment at which it is over."""
        return self.next.since


def month_of(now: datetime) -> MonthAt:
    """The month of a moment in Denmark."""
    return MonthAt(now.astimezone(DANISH_TIME).date().replace(day=1))


def month_in(text: str, now: datetime) -> MonthAt | None:
    """A month as an address names it; None where it is none, or has not begun.

    Example:
        >>> now = datetime(2026, 11, 26, tzinfo=DANISH_TIME)
        >>> month_in("2026-11", now).before.name, month_in("2026-12", now), month_in("2026-13", now)
        ('2026-10', None, None)
    """
    if MONTH.fullmatch(text) is None:
        return None
    found = MonthAt(date(int(text[:4]), int(text[5:]), 1))
    return found if found.first_day <= month_of(now).first_day else None
