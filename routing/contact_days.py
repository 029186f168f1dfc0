"""Moments so many working days later: the same time of day in Denmark, nights, weekends and holidays left out."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from config.words import DANISH_TIME
from models.working_days import many_working_days_later


def after_working_days(moments: NDArray[np.datetime64], days: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Each moment (n,) in UTC with its own number of working days added; NaT where that number is 0.

    A time of day that a change of clocks skips counts as the next that there is.

    Example:
        >>> after_working_days(np.array(["2026-12-23T08:30"], "M8[us]"), np.array([2]))  # over Christmas
        array(['2026-12-29T08:30:00.000000'], dtype='datetime64[us]')
    """
    later = np.full(len(moments), np.datetime64("NaT"), dtype="datetime64[us]")
    counted = np.flatnonzero(days)
    if len(counted) == 0:
        return later
    here = pd.DatetimeIndex(moments[counted]).tz_localize("UTC").tz_convert(DANISH_TIME).tz_localize(None)
    came = here.to_numpy().astype("datetime64[D]")
    moved = here + (many_working_days_later(came, days[counted]) - came)
    is_summer = np.ones(len(moved), dtype=np.bool_)
    there = moved.tz_localize(DANISH_TIME, ambiguous=is_summer, nonexistent="shift_forward")
    later[counted] = there.tz_convert("UTC").tz_localize(None).to_numpy().astype("datetime64[us]")
    return later
