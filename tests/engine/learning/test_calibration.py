"""Complexity is a probability: it rises with the score, never says never, and holds on cases not seen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from config.case_type import CaseType
from engine.boosting import LabelledCases, TreeSettings, grow
from engine.calibration import ISOTONIC_FROM_CASES, Calibrator, calibrate
from engine.history import History
from engine.learning import scores_out_of_fold
from engine.material import Material, prepare
from engine.measures import calibration_error, perfect_calibration_error

Simulate = Callable[..., tuple[CaseType, History]]


def drawn(n_cases: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    raw = random.normal(-1.5, 1.5, n_cases)
    return raw, random.random(n_cases) < expit(raw)


@settings(max_examples=40, deadline=None)
@given(n_cases=st.sampled_from([30, 200, ISOTONIC_FROM_CASES, 1500]), seed=st.integers(0, 99))
def test_complexity_rises_with_the_score_and_stays_inside_its_bounds(n_cases: int, seed: int) -> None:
    raw, is_complex = drawn(n_cases, seed)
    curve = calibrate(raw, is_complex, np.ones(n_cases))
    asked = np.sort(np.concatenate([raw, [-1e9, -30.0, 30.0, 1e9]]))
    complexity = curve.complexity(asked)
    assert (np.diff(complexity) >= 0).all()
    assert complexity.min() >= 1 / (n_cases + 2)
    assert complexity.max() <= 1 - 1 / (n_cases + 2)


@pytest.mark.parametrize("n_cases", [300, 3000])
def test_one_score_and_many_have_the_same_bits(n_cases: int) -> None:
    raw, is_complex = drawn(n_cases)
    curve = calibrate(raw, is_complex, np.ones(n_cases))
    assert curve.complexity(raw).tolist() == [curve.complexity(raw[row : row + 1])[0] for row in range(n_cases)]


@pytest.mark.parametrize("n_cases", [300, 3000])
def test_a_falling_relation_gives_everybody_one_complexity(n_cases: int) -> None:
    raw, is_complex = drawn(n_cases)
    curve = calibrate(-raw, is_complex, np.ones(n_cases))
    assert curve.is_level
    assert abs(float(curve.complexity(np.array([0.0]))[0]) - is_complex.mean()) < 0.01


def test_the_sigmoid_finds_the_curve_that_made_the_cases() -> None:
    raw, is_complex = drawn(ISOTONIC_FROM_CASES - 1)
    curve = calibrate(2 * raw + 1, is_complex, np.ones(len(raw)))
    assert curve.slope == pytest.approx(0.5, abs=0.08)
    assert curve.intercept == pytest.approx(-0.5, abs=0.2)


@pytest.mark.parametrize("n_cases", [600, 3000])
def test_a_weight_counts_as_so_many_cases(n_cases: int) -> None:
    raw, is_complex = drawn(n_cases)
    weight = np.where(is_complex, 3.0, 1.0)
    repeated = np.repeat(np.arange(n_cases), weight.astype(int))
    weighted = calibrate(raw, is_complex, weight)
    spelt_out = calibrate(raw[repeated], is_complex[repeated], np.ones(len(repeated)))
    inside = np.clip(spelt_out.complexity(raw), weighted.lowest, 1 - weighted.lowest)
    if (len(weighted.knots) == 0) == (len(spelt_out.knots) == 0):
        assert weighted.complexity(raw) == pytest.approx(inside, abs=1e-6)
    else:
        assert weighted.complexity(raw).mean() == pytest.approx(inside.mean(), abs=0.02)


def test_equal_scores_everywhere_do_no_harm() -> None:
    curve = calibrate(np.zeros(40), np.arange(40) < 10, np.ones(40))
    assert curve.complexity(np.array([0.0, 5.0])).tolist() == pytest.approx([0.26, 0.26], abs=0.02)


def test_the_curve_is_level_outside_its_points() -> None:
    curve = Calibrator(np.array([-1.0, 1.0]), np.array([0.2, 0.8]), 0.0, 0.0, 0.01)
    assert curve.complexity(np.array([-9.0, 0.0, 9.0])).tolist() == [0.2, 0.5, 0.8]


def errors_over_random_splits(material: Material, splits: int = 20) -> tuple[float, float]:
    """Median calibration error over random splits, and the median 95 % quantile of a perfect model's there."""
    cases = material.labelled(np.flatnonzero(material.labels.known))
    random = np.random.default_rng(0)
    errors, bounds = [], []
    for number in range(splits):
        order = random.permutation(len(cases))
        cut = len(cases) * 4 // 5
        seen, unseen = cases.take(order[:cut]), cases.take(order[cut:])
        complexity = complexity_learnt(seen, material.names, unseen)
        errors.append(calibration_error(complexity, unseen.is_complex) or 0.0)
        bounds.append(perfect_calibration_error(complexity, quantile=0.95, seed=number, draws=200))
    return float(np.median(errors)), float(np.median(bounds))


def complexity_learnt(seen: LabelledCases, names: tuple[str, ...], unseen: LabelledCases) -> np.ndarray:
    settings_used = TreeSettings()
    curve = calibrate(scores_out_of_fold(seen, names, settings_used, seed=0), seen.is_complex, seen.weight)
    return curve.complexity(grow(seen, names, settings_used, seed=0).raw(unseen))


@pytest.mark.parametrize("n_cases", [800, 4000])
def test_calibration_error_is_like_a_perfect_models(simulate: Simulate, n_cases: int) -> None:
    error, bound = errors_over_random_splits(prepare(*simulate(n_cases)))
    assert error < bound


@pytest.mark.logs
@pytest.mark.parametrize(
    "name",
    [
        "receipt",
        pytest.param("hospital_billing", marks=pytest.mark.long),
        pytest.param("traffic_fines", marks=pytest.mark.long),
    ],
)
def test_calibration_error_on_real_cases_is_like_a_perfect_models(
    real_cases: Callable[[str], tuple[CaseType, History]], name: str
) -> None:
    error, bound = errors_over_random_splits(prepare(*real_cases(name)))
    assert error < bound
