"""The alarm for sudden change rings soon after a change, and seldom where there was none."""

from __future__ import annotations

import numpy as np
import pytest

from engine.monitor.change_alarm import (
    REVIEWS_BETWEEN_FALSE_ALARMS,
    is_ringing,
    log_detector,
    log_detector_step_by_step,
)
from engine.monitor.stop_test import log_evidence

LIMIT = np.log(REVIEWS_BETWEEN_FALSE_ALARMS)


def invented(share: float, n: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random(n) < share


def first_above(values: np.ndarray, limit: float) -> int:
    above = np.flatnonzero(values >= limit)
    return int(above[0]) + 1 if len(above) else len(values)


@pytest.mark.parametrize("seed", range(5))
def test_both_ways_of_writing_the_detector_agree(seed: int) -> None:
    reviews = invented(0.08, 300, seed)
    assert log_detector(reviews, 0.05) == pytest.approx(log_detector_step_by_step(reviews, 0.05), abs=1e-9)


def test_after_many_good_reviews_a_change_is_heard_long_before_the_stop_test_stops() -> None:
    by_alarm, by_stop_test = [], []
    for seed in range(200):
        reviews = np.concatenate([invented(0.03, 500, seed), invented(0.10, 3000, 1000 + seed)])
        by_alarm.append(first_above(log_detector(reviews, 0.05)[500:], LIMIT))
        by_stop_test.append(first_above(log_evidence(reviews, 0.05)[500:], np.log(20)))
    assert np.median(by_alarm) < 350
    assert np.median(by_stop_test) > 2 * np.median(by_alarm)


def test_a_kept_promise_rings_at_most_once_in_a_thousand_reviews() -> None:
    until = [first_above(log_detector(invented(0.05, 10_000, seed), 0.05), LIMIT) for seed in range(100)]
    assert np.mean(until) >= REVIEWS_BETWEEN_FALSE_ALARMS


def test_without_reviews_nothing_rings() -> None:
    assert not is_ringing(np.array([], dtype=bool), 0.05)
