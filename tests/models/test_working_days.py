"""Working days: weekends, Danish holidays and the three days that offices close beside; many counted at once."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.working_days import is_working_day, many_working_days_later, working_days_in, working_days_later


@pytest.mark.parametrize(
    "day", ["2026-12-24", "2026-12-25", "2026-12-31", "2027-01-01", "2026-06-05", "2026-04-03", "2026-11-28"]
)
def test_days_on_which_nobody_works(day):
    assert not is_working_day(date.fromisoformat(day))


def test_general_prayer_day_is_a_working_day_again():
    assert is_working_day(date(2026, 5, 1))


@given(st.lists(st.tuples(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(1, 900)), max_size=20))
def test_many_are_counted_as_one_is(counted):
    days = np.array([str(day) for day, _ in counted], dtype="datetime64[D]")
    later = many_working_days_later(days, np.array([number for _, number in counted], dtype=np.int64))
    assert later.tolist() == [working_days_later(day, number) for day, number in counted]


def test_only_working_days_of_a_stretch_count():
    christmas = [date(2026, 12, day) for day in range(21, 32)]
    assert working_days_in(christmas) == 6
