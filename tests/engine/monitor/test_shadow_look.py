"""Shadow ends at the first look that bears the promise out, and at no other moment."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engine.monitor.shadow_look import most_complex, shadow_look


def reviews(n: int, complex_at: list[int]) -> np.ndarray:
    made = np.zeros(n, dtype=bool)
    made[complex_at] = True
    return made


def test_ninety_nine_spotless_reviews_are_not_enough() -> None:
    assert shadow_look(reviews(99, []), 0.05).passed_at is None
    assert shadow_look(reviews(100, []), 0.05).passed_at == 100


def test_the_promised_share_passes_and_one_more_does_not() -> None:
    assert shadow_look(reviews(100, [1, 2, 3, 4, 5]), 0.05).passed_at == 100
    assert shadow_look(reviews(100, [1, 2, 3, 4, 5, 6]), 0.05).passed_at is None


def test_who_failed_at_100_is_looked_at_again_at_200_and_400_and_not_between() -> None:
    failed = reviews(400, list(range(11)))
    assert shadow_look(failed[:199], 0.05).next_at == 200
    assert shadow_look(failed[:200], 0.05).next_at == 400
    assert shadow_look(failed[:399], 0.05).passed_at is None
    assert shadow_look(failed, 0.05).passed_at == 400


def test_a_look_at_100_passes_as_often_as_the_design_says() -> None:
    allowed = most_complex(100, 0.05)
    assert stats.binom.cdf(allowed, 100, 0.04) == pytest.approx(0.79, abs=0.005)
    assert stats.binom.cdf(allowed, 100, 0.10) == pytest.approx(0.06, abs=0.005)


@given(st.lists(st.booleans(), min_size=0, max_size=450), st.integers(0, 450))
def test_looking_late_finds_what_looking_in_time_found(made: list[bool], earlier: int) -> None:
    late = shadow_look(np.array(made, dtype=bool), 0.05)
    early = shadow_look(np.array(made[:earlier], dtype=bool), 0.05)
    assert early.passed_at in (None, late.passed_at)
