"""Time order everywhere, and training on labels that somebody could have known."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.splits import cuts_in_time, rolling_windows, split_at, time_folds

START = np.datetime64("2024-01-01", "us")
DAY = np.timedelta64(1, "D")


@settings(max_examples=100, deadline=None)
@given(
    hours=st.lists(st.integers(0, 4000), min_size=2, max_size=400),
    unlabelled=st.integers(0, 9),
    horizon=st.integers(1, 100),
)
def test_a_split_is_in_time_order_and_parts_no_moment(hours: list[int], unlabelled: int, horizon: int) -> None:
    arrivals = START + np.sort(np.array(hours)).astype("timedelta64[h]")
    has_label = np.arange(len(arrivals)) % 10 >= unlabelled
    cuts = cuts_in_time(arrivals[has_label])
    split = split_at(arrivals, has_label, horizon * DAY, cuts)
    parts = [split.fit, split.calibrate, split.untouched]
    assert np.array_equal(np.concatenate(parts), np.flatnonzero(has_label))
    for earlier, later in pairwise(parts):
        if len(earlier) and len(later):
            assert arrivals[earlier].max() < arrivals[later].min()
    assert set(split.learn) <= set(split.fit)
    if split.labels_were_known:
        assert (arrivals[split.learn] + horizon * DAY <= arrivals[split.calibrate[0]]).all()
    else:
        assert np.array_equal(split.learn, split.fit)


def test_few_known_labels_mean_all_are_learnt_from_and_nothing_can_be_proved() -> None:
    arrivals = START + np.arange(1000) * DAY
    everybody = np.ones(1000, dtype=bool)
    cuts = cuts_in_time(arrivals)
    assert split_at(arrivals, everybody, 400 * DAY, cuts).labels_were_known
    late = split_at(arrivals, everybody, 402 * DAY, cuts)
    assert not late.labels_were_known
    assert len(late.learn) == 600


def test_a_quarter_of_the_fit_part_must_have_been_known() -> None:
    arrivals = START + np.arange(10_000) * DAY
    cuts = cuts_in_time(arrivals)
    everybody = np.ones(10_000, dtype=bool)
    assert split_at(arrivals, everybody, 4500 * DAY, cuts).labels_were_known
    assert not split_at(arrivals, everybody, 4502 * DAY, cuts).labels_were_known


def test_where_all_arrive_at_once_there_is_nothing_later_to_judge_by() -> None:
    arrivals = np.repeat(START, 50)
    cuts = cuts_in_time(arrivals)
    split = split_at(arrivals, np.ones(50, dtype=bool), DAY, cuts)
    assert np.isnat(cuts[0])
    assert len(split.learn) == 50
    assert not split.labels_were_known


@given(n_cases=st.integers(0, 200), windows=st.integers(1, 6))
def test_windows_and_folds_are_contiguous_and_cover_what_they_should(n_cases: int, windows: int) -> None:
    pairs = rolling_windows(n_cases, windows)
    assert pairs[-1][1].stop == n_cases
    for earlier, later in pairs:
        assert earlier.start == 0
        assert earlier.stop == later.start
    folds = time_folds(n_cases)
    assert (np.diff(folds) >= 0).all()
    assert n_cases < 5 or set(folds) == set(range(5))
