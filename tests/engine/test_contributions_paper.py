"""The closed form of the leaves is the definition in the paper."""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingClassifier

from engine.contributions.layout import MISSING_BIN, cyclic_ranges
from engine.contributions.leaves import leaf_shapley
from engine.contributions.paper import expected_value, shapley_values
from engine.contributions.paths import Condition
from engine.contributions.tables import TreeTables
from engine.contributions.trees import read_ensemble


@pytest.mark.parametrize("leaves", [2, 8, 24])
def test_tables_are_the_papers_definition_summed_over_trees(leaves: int) -> None:
    random = np.random.default_rng(leaves)
    X = np.round(random.normal(size=(300, 5)), 1)
    X[random.random(X.shape) < 0.15] = np.nan
    y = np.nan_to_num(X).sum(axis=1) > 0.3
    model = HistGradientBoostingClassifier(max_iter=4, max_leaf_nodes=leaves, min_samples_leaf=3).fit(X, y)
    ensemble = read_ensemble(model)
    made = TreeTables.from_classifier(model)
    phi, _ = made.contributions(X[:12])
    for case, found in zip(X[:12], phi, strict=True):
        plain = np.sum([shapley_values(tree, case) for tree in ensemble.trees], axis=0)
        assert np.abs(plain - found).max() < 1e-12
    base = ensemble.baseline + sum(expected_value(tree, X[0], frozenset()) for tree in ensemble.trees)
    assert base == pytest.approx(made.base_value, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(shares=st.lists(st.floats(1e-6, 1.0), min_size=0, max_size=5))
def test_a_leafs_closed_form_is_the_weighted_sum_over_coalitions(shares: list[float]) -> None:
    d = len(shares)
    table = leaf_shapley(np.array(shares))
    for pattern in range(2**d):
        for j in range(d):
            others = [i for i in range(d) if i != j]
            expected = sum(
                factorial(size)
                * factorial(d - size - 1)
                / factorial(d)
                * (game(shares, pattern, {*chosen, j}) - game(shares, pattern, set(chosen)))
                for size in range(d)
                for chosen in combinations(others, size)
            )
            assert table[j, pattern] == pytest.approx(expected, abs=1e-12)


def game(shares: list[float], pattern: int, known: set[int]) -> float:
    return float(np.prod([pattern >> i & 1 if i in known else share for i, share in enumerate(shares)]))


@settings(max_examples=200, deadline=None)
@given(last=st.integers(0, 40), data=st.data())
def test_cyclic_ranges_hold_exactly_where_the_condition_does(last: int, data: st.DataObject) -> None:
    low, high = data.draw(st.integers(0, last + 1)), data.draw(st.integers(0, last))
    condition = Condition(0, low, high, missing=data.draw(st.booleans()))
    ranges = cyclic_ranges(condition, last)
    for place in [*range(last + 1), MISSING_BIN]:
        hits = sum((place - start) % 2**16 <= width for start, width in ranges)
        holds = condition.missing if place == MISSING_BIN else low <= place <= high
        assert hits == int(holds), "ranges must be disjoint, because the pattern adds their bits"
