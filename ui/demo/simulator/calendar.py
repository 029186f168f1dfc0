"""The municipality's days: when cases come in, when people work, and what a Danish holiday stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import holidays
import numpy as np
import pandas as pd
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
Moments = NDArray[np.datetime64]

DAYS_AHEAD = 150
"""Work on a case of today goes on after today, in a future that nobody ever sees."""

WEEK = (1.15, 1.1, 1.0, 1.0, 0.9, 0.35, 0.4)
"""How many cases a Monday, ..., a Sunday brings, against an ordinary day."""

OFFICE_HOURS = (8 * 60, 15 * 60 + 45)
DAYTIME_MINUTES = (6 * 60, 23 * 60 + 30)
"""A case comes in between six in the morning and half past eleven at night, so that no hour is skipped or doubled
when the clocks change."""


@dataclass(frozen=True)
class Calendar:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    @cached_property
    def closed(self) -> Days:
        """Holidays, and the days on which a Danish town hall is closed as well."""
        years = range(self.first.year, self.last.year + 2)
        also = [date(year, month, day) for year in years for month, day in ((6, 5), (12, 24), (12, 31))]
        return np.array(sorted({*holidays.country_holidays("DK", years=years), *also}), dtype="datetime64[D]")

    @property
    def days(self) -> Days:
        """Every day, (n_days,)."""
        return np.arange(self.first, np.datetime64(self.last) + 1, dtype="datetime64[D]")

    def is_working(self, days: Days) -> NDArray[np.bool_]:
        """Shape (n,): whether the town hall is open."""
        return np.asarray(np.is_busday(days, holidays=self.closed))

    def is_in_office_hours(self, moments: Moments) -> NDArray[np.bool_]:
        """Shape (n,): whether somebody is at work at each moment (UTC), to open the post or the door."""
        minutes = danish_minutes(moments)
        return self.is_working(danish_days(moments)) & (minutes >= OFFICE_HOURS[0]) & (minutes < OFFICE_HOURS[1])

    def working_days_after(self, days: Days, steps: NDArray[np.int64]) -> Days:
        """Shape (n,): the `steps`-th working day after each day; the first one from it on where `steps` is 0."""
        return np.where(
            steps > 0,
            np.busday_offset(days, steps, roll="backward", holidays=self.closed),
            np.busday_offset(days, 0, roll="forward", holidays=self.closed),
        )

    def working_day_before(self, day: date, steps: int) -> date:
        """The `steps`-th working day before a day."""
        found = np.busday_offset(np.datetime64(day), -steps, roll="forward", holidays=self.closed)
        before: date = found.astype(object)
        return before

    def arrivals(
        self, random: np.random.Generator, cases: float, months: Sequence[float], growth: float
    ) -> Moments:
        """When the cases come in: UTC, in order; about `cases` in all, more in the months that weigh more.

        `growth` is by how much the last day is above the middle, and the first below it.
        """
        month = self.days.astype("datetime64[M]").astype(int) % 12
        weekday = (self.days.astype(int) + 3) % 7
        load = np.array(months)[month] * np.array(WEEK)[weekday]
        load = load * np.linspace(1 - growth, 1 + growth, len(load))
        load = np.where(np.isin(self.days, self.closed), load * 0.4, load)
        came = random.poisson(cases * load / load.sum())
        minutes = random.triangular(DAYTIME_MINUTES[0], 11 * 60, DAYTIME_MINUTES[1], int(came.sum()))
        return np.sort(utc(np.repeat(self.days, came), minutes))


def utc(days: Days, minutes: NDArray[np.float64]) -> Moments:
    """Moments in UTC, whole minutes, from days and minutes after midnight in Denmark.

    Example:
        >>> utc(np.array(["2026-07-01"], dtype="datetime64[D]"), np.array([540.0])).astype(str).tolist()
        ['2026-07-01T07:00:00.000000']
    """
    local = days.astype("datetime64[m]") + np.floor(minutes).astype("timedelta64[m]")
    moments = pd.DatetimeIndex(local).tz_localize("Europe/Copenhagen").tz_convert("UTC").tz_localize(None)
    return np.asarray(moments.to_numpy(), dtype="datetime64[us]")


def danish_days(moments: Moments) -> Days:
    """The days of moments (UTC) in Denmark."""
    return _danish(moments).astype("datetime64[D]")


def danish_minutes(moments: Moments) -> NDArray[np.int64]:
    """The minutes after midnight of moments (UTC) in Denmark."""
    local = _danish(moments)
    return np.asarray((local - local.astype("datetime64[D]")) / np.timedelta64(1, "m"), dtype=np.int64)


def _danish(moments: Moments) -> Moments:
    local = pd.DatetimeIndex(moments).tz_localize("UTC").tz_convert("Europe/Copenhagen").tz_localize(None)
    return np.asarray(local.to_numpy(), dtype="datetime64[us]")
