"""Siblings: features that say nearly the same are found by behaviour, whatever they are called."""

from __future__ import annotations

import numpy as np
import pytest

from engine.feature import Feature
from engine.siblings import FEWEST_TOGETHER, with_siblings


def siblings(*columns: np.ndarray) -> list[str | None]:
    features = [Feature(f"f{number}", "number") for number in range(len(columns))]
    return [one.sibling_of for one in with_siblings(features, np.column_stack(columns))]


@pytest.fixture
def income() -> np.ndarray:
    return np.random.default_rng(1).lognormal(size=400)


def test_a_monotone_twin_is_a_sibling_and_an_unrelated_feature_is_none(income: np.ndarray) -> None:
    other = np.random.default_rng(2).normal(size=400)
    assert siblings(income, other, -np.log(income)) == [None, None, "f0"]


def test_siblings_of_siblings_are_one_family(income: np.ndarray) -> None:
    noise = np.random.default_rng(3).normal(size=(2, 400)) * 0.4
    near, further = np.log(income) + noise[0], np.log(income) + noise[0] + noise[1]
    assert siblings(further, np.log(income), near) == [None, "f0", "f0"]


def test_one_hot_twins_are_siblings(income: np.ndarray) -> None:
    is_rich = (income > 1).astype(float)
    assert siblings(is_rich, 1 - is_rich) == [None, "f0"]


def test_too_few_cases_with_both_values_tell_nothing(income: np.ndarray) -> None:
    other = np.where(np.arange(400) < FEWEST_TOGETHER - 1, income, np.nan)
    assert siblings(income, other) == [None, None]


def test_a_constant_feature_has_no_siblings(income: np.ndarray) -> None:
    assert siblings(np.ones(400), income, np.ones(400)) == [None, None, None]
