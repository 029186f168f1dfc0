"""Thresholds: the combination nearest a quarter, among all there are."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.effort import is_complex
from engine.thresholds import choose_thresholds

EFFORTS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.floats(0, 12)), min_size=4, max_size=40).map(
    lambda rows: pd.DataFrame(rows, columns=["handlers", "rework", "days"]).assign(events=1)
)


@settings(max_examples=80)
@given(EFFORTS)
def test_no_other_combination_is_nearer_a_quarter(efforts):
    chosen = choose_thresholds(efforts, 10)
    candidates = [
        [("handlers", cut, efforts["handlers"] >= cut) for cut in range(2, 6)],
        [("rework", cut, efforts["rework"] >= cut) for cut in range(1, 5)],
        [("days", cut, efforts["days"] > cut) for cut in range(1, 9)],
    ]
    passable = [[passed for _, _, passed in cuts if passed.any()] for cuts in candidates]
    passable = [cuts for cuts in passable if cuts]
    if not passable:
        assert chosen.rule is None
        return
    shares = [np.logical_or.reduce(passed).mean() for passed in itertools.product(*passable)]
    assert abs(chosen.share - 0.25) == pytest.approx(min(abs(share - 0.25) for share in shares))
    assert is_complex(efforts, chosen.rule).mean() == pytest.approx(chosen.share)
    assert len(chosen.rule.thresholds) == len(passable)


def test_a_measure_nobody_passes_is_left_out():
    efforts = pd.DataFrame({"handlers": [1] * 8, "rework": [0] * 8, "days": [*range(8)], "events": 1})
    rule = choose_thresholds(efforts, 10).rule
    assert [(threshold.measure, threshold.value) for threshold in rule.thresholds] == [("days", 5)]


def test_days_are_cut_at_hours_below_three_days_and_whole_days_above():
    days = np.linspace(0, 2, 400)
    efforts = pd.DataFrame({"handlers": 1, "rework": 0, "days": days, "events": 1})
    short = choose_thresholds(efforts, 2.5).rule.thresholds[0].value
    assert short == pytest.approx(1.5)
    assert round(short * 24, 2).is_integer()
    assert choose_thresholds(efforts.assign(days=days * 10), 25).rule.thresholds[0].value == 15
    assert choose_thresholds(efforts.assign(days=days * 10), 10).rule.thresholds[0].value == 8


def test_a_share_far_from_a_quarter_is_known_as_such():
    efforts = pd.DataFrame({"handlers": [2] * 9 + [1], "rework": 0, "days": 0.0, "events": 1})
    chosen = choose_thresholds(efforts, 10)
    assert chosen.share == pytest.approx(0.9)
    assert not chosen.is_near
