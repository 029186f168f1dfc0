"""The weekly share of blind reviews: twenty a week where there are so many, and never thinned out at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.monitor.review_share import review_share


@pytest.mark.parametrize(
    ("weekly", "share"), [(0, 1.0), (5, 1.0), (20, 1.0), (40, 0.5), (100, 0.2), (400, 0.05), (4000, 0.05)]
)
def test_twenty_a_week_are_reviewed_or_the_share_of_the_rules(weekly: float, share: float) -> None:
    assert review_share(0.05, weekly) == pytest.approx(share)


def test_a_flood_of_cases_halves_the_share_at_most_once_in_four_weeks() -> None:
    shares = [0.8]
    for _ in range(12):
        shares.append(review_share(0.05, 10_000, shares[-4:]))
    assert shares[1:5] == [0.4] * 4
    assert shares[5:9] == [0.2] * 4
    assert shares[9:13] == [0.1] * 4


def test_a_share_may_rise_at_once() -> None:
    assert review_share(0.05, 10, before=(0.05, 0.05, 0.05, 0.05)) == 1.0


@given(st.floats(0, 1), st.floats(0, 1e6), st.lists(st.floats(0, 1), max_size=6))
def test_it_is_a_share_and_never_below_that_of_the_rules(least: float, weekly: float, before: list[float]) -> None:
    assert least <= review_share(least, weekly, before) <= 1.0
