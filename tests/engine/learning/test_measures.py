"""Figures agree with scikit-learn, with weights as with cases repeated."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from engine.measures import (
    auc,
    auc_difference,
    average_precision,
    brier,
    calibration_error,
    perfect_calibration_error,
)

scored = st.lists(
    st.tuples(st.integers(0, 9), st.booleans(), st.sampled_from([1.0, 2.0, 20.0])), min_size=2, max_size=60
)


@settings(max_examples=100, deadline=None)
@given(cases=scored)
def test_ranking_figures_agree_with_scikit_learn(cases: list[tuple[int, bool, float]]) -> None:
    score, is_complex, weight = (np.array(part) for part in zip(*cases, strict=True))
    assume(0 < is_complex.sum() < len(is_complex))
    score = score.astype(float)
    assert auc(score, is_complex, weight) == pytest.approx(roc_auc_score(is_complex, score, sample_weight=weight))
    expected = average_precision_score(is_complex, score, sample_weight=weight)
    assert average_precision(score, is_complex, weight) == pytest.approx(expected)


def test_figures_of_one_kind_of_case_are_none_and_not_a_number() -> None:
    score, simple = np.array([0.1, 0.2]), np.zeros(2, dtype=bool)
    assert auc(score, simple) is None
    assert auc_difference(score, score, simple) is None
    assert average_precision(score, ~simple) is None
    nothing = np.array([])
    assert brier(nothing, nothing.astype(bool)) is None
    assert calibration_error(nothing, nothing.astype(bool)) is None


def test_calibration_error_sees_what_the_mean_hides() -> None:
    complexity = np.repeat([0.5], 1000)
    is_complex = np.arange(1000) % 2 == 0
    assert calibration_error(complexity, is_complex) == pytest.approx(0.0)
    sure = np.where(is_complex, 0.1, 0.9)
    assert calibration_error(sure, is_complex) == pytest.approx(0.9)


def test_a_perfect_model_shows_some_error_and_more_on_fewer_cases() -> None:
    few, many = np.full(100, 0.3), np.full(10_000, 0.3)
    assert perfect_calibration_error(few, quantile=0.95, seed=0, draws=100) > 5 * perfect_calibration_error(
        many, quantile=0.05, seed=0, draws=100
    )


def test_the_error_of_an_auc_difference_is_the_spread_that_resampling_shows() -> None:
    random = np.random.default_rng(0)
    differences, told = [], []
    for _ in range(300):
        truth = random.normal(size=300)
        is_complex = random.random(300) < 1 / (1 + np.exp(-truth))
        one, other = truth + random.normal(size=300), truth + random.normal(size=300) * 2
        difference = auc_difference(one, other, is_complex)
        assert difference is not None
        differences.append(difference[0])
        told.append(difference[1])
    assert np.mean(told) == pytest.approx(np.std(differences), rel=0.15)
