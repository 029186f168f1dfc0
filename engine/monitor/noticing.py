"""How long it would take to notice that twice the promised share is complex, from where the evidence stands now.

Noticed is what the stop test or the alarm for sudden change finds, whichever comes first. The numbers of reviews
are found by invented runs with a fixed seed; those of the stop test alone, from the beginning, are also worked out
exactly (`chance_of_stopping`), and a test holds the two against each other.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from engine.monitor.change_alarm import REVIEWS_BETWEEN_FALSE_ALARMS
from engine.monitor.stop_test import STOP_LEVEL, broken_share, log_steps

RUNS = 1000
MOST_REVIEWS = 20_000


def weeks_to_notice(reviews: float, reviews_a_week: float, horizon_days: float) -> float | None:
    """Weeks until so many reviews have a label: the wait for the last one's horizon included; None for never.

    Example:
        >>> weeks_to_notice(118, reviews_a_week=20, horizon_days=30)
        10.185714285714287
    """
    if reviews_a_week <= 0:
        return None
    return reviews / reviews_a_week + horizon_days / 7


@functools.lru_cache(maxsize=256)
def reviews_to_notice(promise: float, *, stop_from: float = 0.0, alarm_from: float = 0.0) -> int:
    """The median number of reviews until twice the promise is noticed, from now on.

    Args:
        stop_from: logarithm of the stop test's evidence now.
        alarm_from: logarithm of the alarm's detector now.
    """
    random = np.random.default_rng(0)
    for_complex, for_simple = log_steps(promise)
    stop, alarm = np.full(RUNS, stop_from), np.full(RUNS, alarm_from)
    unnoticed = np.ones(RUNS, dtype=np.bool_)
    for n in range(1, MOST_REVIEWS + 1):
        step = np.where(random.random(RUNS) < broken_share(promise), for_complex, for_simple)
        stop += step
        alarm = np.maximum(alarm, 0.0) + step
        unnoticed &= (stop < np.log(1 / STOP_LEVEL)) & (alarm < np.log(REVIEWS_BETWEEN_FALSE_ALARMS))
        if unnoticed.sum() <= RUNS / 2:
            return n
    return MOST_REVIEWS


def chance_of_stopping(promise: float, true_share: float, reviews: int) -> NDArray[np.float64]:
    """Shape (reviews,): the chance that the stop test has stopped after 1, 2, ... reviews, worked out exactly.

    Of the runs that go on only the number of complex cases matters, so the chance of each number is carried along.
    """
    for_complex, for_simple = log_steps(promise)
    complex_cases = np.arange(reviews + 1)
    going_on = np.zeros(reviews + 1)
    going_on[0] = 1.0
    stopped = np.zeros(reviews)
    for n in range(1, reviews + 1):
        going_on[1:] = going_on[1:] * (1 - true_share) + going_on[:-1] * true_share
        going_on[0] *= 1 - true_share
        stops = complex_cases * for_complex + (n - complex_cases) * for_simple >= np.log(1 / STOP_LEVEL)
        stopped[n - 1] = going_on[stops].sum()
        going_on[stops] = 0.0
    return np.cumsum(stopped)
