"""The interval of the picture holds the true share at every moment at once."""

from __future__ import annotations

import numpy as np
import pytest

from engine.monitor.confidence_sequence import confidence_sequence, log_ratio


def ever_left(share: float, n_runs: int, n_reviews: int, seed: int) -> float:
    """Share of runs in which the interval misses the true share after any of the reviews."""
    random = np.random.default_rng(seed)
    left = 0
    for _ in range(n_runs):
        counts = np.cumsum(random.random(n_reviews) < share)
        left += any(log_ratio(share, int(k), n) >= np.log(20) for n, k in enumerate(counts, start=1))
    return left / n_runs


@pytest.mark.parametrize("share", [0.02, 0.05, 0.3])
def test_the_true_share_is_left_out_at_any_moment_in_at_most_one_run_of_twenty(share: float) -> None:
    n_runs = 200
    assert ever_left(share, n_runs, 300, seed=3) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / n_runs)


@pytest.mark.parametrize(
    ("complex_cases", "cases"), [(0, 1), (1, 1), (0, 500), (4, 100), (100, 100), (5000, 100_000)]
)
def test_the_interval_ends_where_the_ratio_reaches_the_limit(complex_cases: int, cases: int) -> None:
    between = confidence_sequence(complex_cases, cases)
    assert 0 <= between.low <= complex_cases / cases <= between.high <= 1
    for end in (between.low, between.high):
        if 0 < end < 1:
            assert log_ratio(end, complex_cases, cases) == pytest.approx(np.log(20), abs=1e-6)


def test_it_narrows_as_reviews_come_in() -> None:
    widths = [confidence_sequence(n // 20, n) for n in (20, 100, 1000)]
    assert widths[0].high > widths[1].high > widths[2].high > 0.05 > widths[2].low > widths[1].low


def test_without_reviews_everything_is_possible() -> None:
    nothing = confidence_sequence(0, 0)
    assert (nothing.low, nothing.high) == (0.0, 1.0)
