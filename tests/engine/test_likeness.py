"""Gower's distance: the fast form is the plain one of the paper, and nothing unknown counts for or against."""

from __future__ import annotations

import numpy as np
import pytest

from engine.feature import Feature
from engine.likeness import differences, gower, spreads

FEATURES = (
    Feature("amount", "number"),
    Feature("channel", "category", levels=("online", "post"), rare_levels=("fax",)),
    Feature("single", "boolean"),
    Feature("applied", "date"),
)


def plain(case, other, spread) -> float:
    """The mean over what both have, fact by fact, as Gower (1971) writes it."""
    apart = []
    for position, feature in enumerate(FEATURES):
        here, there = case[position], other[position]
        if np.isnan(here) or np.isnan(there):
            continue
        if spread[position] > 0:
            apart.append(min(abs(here - there) / spread[position], 1.0))
        else:
            is_rare = bool(feature.levels) and here >= len(feature.levels)
            apart.append(float(here != there or is_rare))
    return sum(apart) / len(apart) if len(apart) >= len(FEATURES) / 2 else np.inf


def invented(n: int) -> np.ndarray:
    random = np.random.default_rng(4)
    inputs = np.column_stack([
        random.normal(500, 200, n), random.integers(0, 3, n), random.integers(0, 2, n), random.normal(-20, 9, n),
    ]).astype(np.float64)  # fmt: skip
    inputs[random.random(inputs.shape) < 0.2] = np.nan
    return inputs


def test_every_distance_is_the_one_that_the_paper_writes():
    inputs = invented(300)
    spread = spreads(inputs, FEATURES)
    for case in inputs[:20]:
        found = gower(differences(case, inputs, FEATURES, spread))
        expected = [plain(case, other, spread) for other in inputs]
        assert found == pytest.approx(expected, nan_ok=False)


def test_a_case_is_at_no_distance_from_itself_and_the_distance_goes_both_ways():
    inputs = invented(50)
    known = inputs[~np.isnan(inputs).any(axis=1) & (inputs[:, 1] < 2)]
    spread = spreads(inputs, FEATURES)
    table = np.array([gower(differences(case, known, FEATURES, spread)) for case in known])
    assert np.diag(table).tolist() == [0.0] * len(known)
    assert table == pytest.approx(table.T)
    assert 0 <= table.min() <= table.max() <= 1


def test_one_outlier_does_not_make_all_others_alike():
    amounts = np.append(np.linspace(100, 200, 99), 1e9)[:, np.newaxis]
    spread = spreads(amounts, FEATURES[:1])
    assert differences(amounts[0], amounts[98:99], FEATURES[:1], spread)[0, 0] == 1.0


def test_two_rare_words_are_not_the_same_word():
    case, others = np.array([2.0]), np.array([[2.0], [2.25], [0.0]])
    assert differences(case, others, FEATURES[1:2], np.zeros(1)).ravel().tolist() == [1.0, 1.0, 1.0]
