"""The stop test keeps its level at every moment, catches a broken promise in time, and forgets nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.monitor.noticing import chance_of_stopping
from engine.monitor.stop_test import STOP_LEVEL, log_evidence, log_steps, stop_test

PROMISES = (0.05, 0.10)


def runs(share: float, n_runs: int, n_reviews: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).random((n_runs, n_reviews)) < share


def share_stopped(share: float, promise: float, n_runs: int, n_reviews: int) -> float:
    return float(np.mean([not stop_test(run, promise).is_silent for run in runs(share, n_runs, n_reviews)]))


def test_the_evidence_is_the_likelihood_ratio_of_the_paper() -> None:
    reviews = np.array([True, False, False, True])
    by_hand = np.cumprod([0.10 / 0.05, 0.90 / 0.95, 0.90 / 0.95, 0.10 / 0.05])
    assert np.exp(log_evidence(reviews, 0.05)) == pytest.approx(by_hand)


@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_that_is_just_kept_is_stopped_in_less_than_one_run_of_twenty(promise: float) -> None:
    assert chance_of_stopping(promise, promise, 4000)[-1] < 0.04 < STOP_LEVEL


@pytest.mark.parametrize(("promise", "by"), [(0.05, 350), (0.10, 160)])
def test_twice_the_promise_is_caught_in_nine_runs_of_ten(promise: float, by: int) -> None:
    assert chance_of_stopping(promise, 2 * promise, by)[-1] >= 0.9


def test_the_median_and_the_ninth_tenth_are_those_that_the_design_names() -> None:
    caught = chance_of_stopping(0.05, 0.10, 400)
    median, nine_tenths = (int(np.searchsorted(caught, share)) + 1 for share in (0.5, 0.9))
    assert median == 118
    assert nine_tenths == pytest.approx(322, abs=5)


def test_invented_runs_stop_as_often_as_was_worked_out() -> None:
    exact = chance_of_stopping(0.05, 0.10, 200)[-1]
    simulated = share_stopped(0.10, 0.05, n_runs=2000, n_reviews=200)
    assert simulated == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 2000))


@given(st.floats(0.0, 1.0), st.sampled_from(PROMISES))
def test_no_share_that_keeps_the_promise_is_expected_to_gather_evidence(part: float, promise: float) -> None:
    true_share = part * promise
    for_complex, for_simple = np.exp(log_steps(promise))
    assert true_share * for_complex + (1 - true_share) * for_simple <= 1 + 1e-12


def test_a_test_that_was_once_crossed_stays_crossed_whatever_follows() -> None:
    crossed = np.array([True] * 6 + [False] * 400)
    assert stop_test(crossed, 0.05).stopped_after == 5
    assert stop_test(crossed, 0.05).log_evidence < 0


def test_without_reviews_nothing_is_said() -> None:
    nothing = stop_test(np.array([], dtype=bool), 0.05)
    assert nothing.is_silent
    assert nothing.log_evidence == 0.0


def test_long_invented_runs_keep_the_level_and_the_delay() -> None:
    n_runs = 4000
    margin = 3 * np.sqrt(STOP_LEVEL * (1 - STOP_LEVEL) / n_runs)
    for promise, by in zip(PROMISES, (350, 160), strict=True):
        assert share_stopped(promise, promise, n_runs, 5000) <= 0.04 + margin
        assert share_stopped(promise / 2, promise, n_runs, 5000) <= 0.01 + margin
        assert share_stopped(2 * promise, promise, n_runs, by) >= 0.9 - margin
