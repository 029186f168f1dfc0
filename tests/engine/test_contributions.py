"""The tables give shap's values, the model's raw score, and the same bits however the cases are cut."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shap
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from config.errors import RefusedError
from engine.contributions import cutting, tables
from engine.contributions.exact import ByShap, exact_contributions
from engine.contributions.kernel import by_numba
from engine.contributions.oracle import check_against_shap
from engine.contributions.tables import TreeTables

Matrix = NDArray[np.float64]


def world(
    seed: int, n: int = 600, p: int = 6, *, missing: float = 0.1, rounded: bool = True
) -> tuple[Matrix, Any]:
    """Features with ties, gaps and a constant, and labels with interactions."""
    random = np.random.default_rng(seed)
    X = random.normal(size=(n, p))
    y = X[:, 0] * X[:, 1 % p] + X @ random.normal(size=p) + random.normal(size=n) > 0
    if rounded:
        X = np.round(X, 1)
    X[random.random((n, p)) < missing] = np.nan
    if p > 3:
        X[:, 3] = 1.0
    return X, y


def fitted(X: Matrix, y: Any, **more: Any) -> HistGradientBoostingClassifier:
    settings_of_model = {"max_iter": 20, "max_leaf_nodes": 8, "min_samples_leaf": 5, "early_stopping": False}
    return HistGradientBoostingClassifier(**(settings_of_model | more)).fit(X, y)


def shap_values(model: HistGradientBoostingClassifier, X: Matrix) -> Matrix:
    return shap.TreeExplainer(model, feature_perturbation="tree_path_dependent").shap_values(X)


def same_bits(a: tuple[Matrix, Matrix], b: tuple[Matrix, Matrix]) -> bool:
    return all(np.array_equal(x.view(np.int64), y.view(np.int64)) for x, y in zip(a, b, strict=True))


MODELS: dict[str, dict[str, Any]] = {
    "small trees": {},
    "no trees worth the name": {"min_samples_leaf": 590},
    "stumps": {"max_leaf_nodes": 2},
    "deep trees": {"max_leaf_nodes": 31, "min_samples_leaf": 2},
    "very deep trees": {"max_leaf_nodes": 120, "min_samples_leaf": 1, "max_iter": 5},
    "few bins": {"max_bins": 3},
}


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_tables_agree_with_shap_on_every_case(name: str, missing: float) -> None:
    X, y = world(seed=len(name), missing=missing)
    model = fitted(X, y, **MODELS[name])
    made = TreeTables.from_classifier(model)
    phi, raw = made.contributions(X)
    assert np.abs(phi - shap_values(model, X)).max() < 1e-9
    assert np.array_equal(raw, model.decision_function(X))
    assert np.abs(phi.sum(axis=1) + made.base_value - raw).max() < 1e-9


@pytest.mark.parametrize("name", MODELS)
def test_numba_numpy_and_single_cases_give_the_same_bits(name: str) -> None:
    X, y = world(seed=7, n=1100)
    made = TreeTables.from_classifier(fitted(X, y, **MODELS[name]))
    whole = made.by_numpy(X)
    assert same_bits(by_numba(made.layout, X), whole)
    alone = [made.by_numpy(X[row : row + 1]) for row in range(0, 1100, 37)]
    picked = slice(0, 1100, 37)
    assert same_bits(
        (np.concatenate([a[0] for a in alone]), np.concatenate([a[1] for a in alone])),
        (np.ascontiguousarray(whole[0][picked]), np.ascontiguousarray(whole[1][picked])),
    )


def test_many_features_with_most_of_them_unused() -> None:
    X, y = world(seed=3, p=70)
    model = fitted(X, y, max_iter=8)
    phi, _ = TreeTables.from_classifier(model).contributions(X)
    assert np.abs(phi - shap_values(model, X)).max() < 1e-9
    assert (phi[:, 3] == 0.0).all(), "a constant explains nothing"


def test_a_value_missing_only_when_scored_goes_with_the_models_side() -> None:
    X, y = world(seed=5, missing=0.0)
    model = fitted(X, y)
    gaps = np.full((50, X.shape[1]), np.nan)
    gaps[:25, ::2] = X[:25, ::2]
    phi, raw = TreeTables.from_classifier(model).contributions(gaps)
    assert np.array_equal(raw, model.decision_function(gaps))
    assert np.abs(phi - shap_values(model, gaps)).max() < 1e-9


def test_a_split_between_missing_and_present_is_followed() -> None:
    random = np.random.default_rng(0)
    X = np.where(random.random((400, 2)) < 0.5, np.nan, random.normal(size=(400, 2)))
    y = np.isnan(X[:, 0]) ^ (random.random(400) < 0.1)
    model = fitted(X, y)
    thresholds = np.concatenate([trees[0].nodes["num_threshold"] for trees in model._predictors])
    assert np.isinf(thresholds).any(), "this test needs a split on being missing"
    extreme = np.concatenate([X, [[np.inf, -np.inf], [-np.inf, np.inf], [1e300, -0.0]]])
    made = TreeTables.from_classifier(model)
    phi, raw = made.contributions(extreme)
    assert np.array_equal(raw, model.decision_function(extreme))
    assert np.abs(phi - shap_values(model, extreme)).max() < 1e-9
    assert same_bits(by_numba(made.layout, extreme), (phi, raw))


def test_values_on_a_threshold_go_left_as_in_the_model() -> None:
    X, y = world(seed=11)
    model = fitted(X, y)
    nodes = np.concatenate([trees[0].nodes for trees in model._predictors])
    splits = nodes[nodes["is_leaf"] == 0]
    on_edge = np.repeat(X[:1], len(splits), axis=0)
    on_edge[np.arange(len(splits)), splits["feature_idx"]] = splits["num_threshold"]
    edges = np.concatenate([on_edge, np.nextafter(on_edge, np.inf), np.nextafter(on_edge, -np.inf)])
    made = TreeTables.from_classifier(model)
    assert np.array_equal(made.contributions(edges)[1], model.decision_function(edges))
    assert same_bits(by_numba(made.layout, edges), made.by_numpy(edges))


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    p=st.integers(1, 12),
    leaves=st.integers(2, 40),
    missing=st.sampled_from([0.0, 0.05, 0.6]),
    cuts=st.lists(st.integers(0, 300), max_size=4),
)
def test_any_model_agrees_with_shap_and_any_cutting_keeps_the_bits(
    seed: int, p: int, leaves: int, missing: float, cuts: list[int]
) -> None:
    X, y = world(seed, n=300, p=p, missing=missing, rounded=seed % 2 == 0)
    if y.all() or not y.any():
        y[0] = not y[0]
    model = fitted(X, y, max_leaf_nodes=leaves, max_iter=6)
    made = TreeTables.from_classifier(model)
    assert check_against_shap(made, model, X) < 1e-9
    whole = made.contributions(X)
    edges = [0, *sorted(cuts), 300]
    parts = [made.contributions(X[a:b]) for a, b in pairwise(edges)]
    assert same_bits((np.concatenate([q[0] for q in parts]), np.concatenate([q[1] for q in parts])), whole)
    assert same_bits(by_numba(made.layout, X), whole)


def test_larger_trees_are_cut_so_that_no_table_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    X, y = world(seed=2, n=2000)
    model = fitted(X, y, max_leaf_nodes=64, max_iter=6)
    made = TreeTables.from_classifier(model)
    longest = max(len(table) for tables_ in made._tables_by_group for _, table in tables_)
    assert longest <= 2**cutting.MOST_BITS
    assert made.layout.n_groups > 6
    monkeypatch.setattr(cutting, "MOST_BITS", 4)
    finer = TreeTables.from_classifier(model)
    assert finer.layout.n_groups > made.layout.n_groups
    assert np.abs(finer.contributions(X)[0] - made.contributions(X)[0]).max() < 1e-9
    assert np.array_equal(finer.contributions(X)[1], made.contributions(X)[1])


def test_equal_splits_share_a_bit() -> None:
    X, y = world(seed=4, p=2, rounded=True)
    layout = TreeTables.from_classifier(fitted(X, y, max_bins=3, max_leaf_nodes=20, min_samples_leaf=2)).layout
    for group in range(layout.n_groups):
        bits = layout.test_bit[layout.test_start[group] : layout.test_start[group + 1]]
        assert len(set(bits.tolist())) <= 2 * 2 * 2, "two features, two thresholds, two sides for the missing"


def test_threads_give_the_same_bits() -> None:
    X, y = world(seed=9, n=4000)
    made = TreeTables.from_classifier(fitted(X, y))
    whole = by_numba(made.layout, X)
    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(lambda start: by_numba(made.layout, X[start : start + 311]), range(0, 4000, 311)))
    assert same_bits((np.concatenate([q[0] for q in parts]), np.concatenate([q[1] for q in parts])), whole)


def test_blocks_of_the_numpy_path_keep_the_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    X, y = world(seed=10, n=900)
    made = TreeTables.from_classifier(fitted(X, y))
    whole = made.by_numpy(X)
    for size in (49, 64, 899):
        monkeypatch.setattr(tables, "CASES_IN_A_BLOCK", size)
        assert same_bits(made.by_numpy(X), whole)


def test_no_cases_give_no_contributions() -> None:
    X, y = world(seed=12)
    made = TreeTables.from_classifier(fitted(X, y))
    phi, raw = made.contributions(X[:0])
    assert phi.shape == (0, 6)
    assert raw.shape == (0,)
    assert by_numba(made.layout, X[:0])[0].shape == (0, 6)


def test_a_matrix_of_another_width_is_refused() -> None:
    X, y = world(seed=12)
    with pytest.raises(ValueError, match="the model has 6 features"):
        TreeTables.from_classifier(fitted(X, y)).contributions(X[:, :5])


def test_a_column_major_or_sliced_matrix_gives_the_same_bits() -> None:
    X, y = world(seed=13)
    made = TreeTables.from_classifier(fitted(X, y))
    assert same_bits(by_numba(made.layout, np.asfortranarray(X)), made.by_numpy(X))
    assert same_bits(made.by_numpy(np.repeat(X, 2, axis=0)[::2]), made.by_numpy(X))


def test_native_categories_are_refused() -> None:
    X, y = world(seed=14, missing=0.0)
    X[:, 0] = np.abs(X[:, 0]).round()
    with pytest.raises(ValueError, match="ordinal codes"):
        exact_contributions(fitted(X, y, categorical_features=[0]))


def test_paths_of_more_than_sixteen_features_fall_back_to_shap() -> None:
    n, p = 2400, 24
    first_zero = np.arange(n) % p
    X = np.random.default_rng(0).integers(0, 2, (n, p)).astype(np.float64)
    X[np.arange(p) < first_zero[:, None]] = 1.0
    X[np.arange(n), first_zero] = 0.0
    y = first_zero % 2 == 0
    model = fitted(X, y, max_leaf_nodes=60, max_iter=1, min_samples_leaf=1)
    longest = cutting.MOST_FEATURES_ON_A_PATH
    made = exact_contributions(model)
    assert isinstance(made, ByShap), "this model must have a long path"
    assert f"more than {longest}" in made.because
    phi, raw = made.contributions(X)
    assert np.abs(phi.sum(axis=1) + made.base_value - raw).max() < 1e-9
    assert made.contributions(X[:0])[0].shape == (0, p)


def test_the_oracle_refuses_tables_of_another_model() -> None:
    X, y = world(seed=15)
    model, other = fitted(X, y), fitted(X, y, max_iter=19)
    with pytest.raises(RefusedError, match="differ from shap's"):
        check_against_shap(TreeTables.from_classifier(other), model, X)


def test_the_oracle_refuses_a_raw_score_that_is_off_by_one_bit() -> None:
    X, y = world(seed=16)
    model = fitted(X, y)
    made = TreeTables.from_classifier(model)
    moved = TreeTables(made.layout._replace(baseline=float(np.nextafter(made.layout.baseline, 9.0))))
    with pytest.raises(RefusedError, match="the raw score in row"):
        check_against_shap(moved, model, X)
