"""All tables of a model side by side in flat arrays: the one form that the numpy and the numba path read."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.contributions.cutting import LeafGroup, cut
from engine.contributions.leaves import leaf_shapley
from engine.contributions.paths import Condition, Path, leaf_paths, thresholds_by_feature
from engine.contributions.trees import CannotTabulateError, Ensemble

MISSING_BIN = 65535
MOST_TABLE_BYTES = 256 * 1024 * 1024


class Layout(NamedTuple):
    """Tables of g groups of leaves, for p features; column p of the tables is the raw score.

    A case's pattern in a group is the sum of `test_bit` over the group's tests that hold:
    `(bin[test_feature] - test_low) mod 2**16 <= test_width`. A missing value has the bin 65535, so that one
    cyclic range covers it on either side. What a case gets in column c is the sum of
    `values[entry_start[e] + pattern[entry_group[e]]]` over `e` in `column_start[c] : column_start[c + 1]`, in that
    order: trees in the model's order, which fixes every bit of the sums.

    Attributes:
        thresholds: of all features, ascending in each; those of feature f are
            `threshold_start[f] : threshold_start[f + 1]`.
        test_feature, test_low, test_width, test_bit: those of group g are `test_start[g] : test_start[g + 1]`.
    """

    thresholds: NDArray[np.float64]
    threshold_start: NDArray[np.int64]
    test_feature: NDArray[np.int64]
    test_low: NDArray[np.uint16]
    test_width: NDArray[np.uint16]
    test_bit: NDArray[np.uint16]
    test_start: NDArray[np.int64]
    entry_group: NDArray[np.int64]
    entry_start: NDArray[np.int64]
    column_start: NDArray[np.int64]
    values: NDArray[np.float64]
    baseline: float
    base_value: float

    @property
    def n_features(self) -> int:
        """Columns of the model's input."""
        return len(self.column_start) - 2

    @property
    def entry_column(self) -> NDArray[np.int64]:
        """The column that each entry adds to, ascending."""
        return np.repeat(np.arange(len(self.column_start) - 1), np.diff(self.column_start))

    @property
    def n_groups(self) -> int:
        """Groups of leaves: one a tree, more where trees are large."""
        return len(self.test_start) - 1


def lay_out(ensemble: Ensemble) -> Layout:
    """Cuts, tabulates and packs all trees of a model.

    Raises:
        CannotTabulateError: a path too long, or tables of more than MOST_TABLE_BYTES.
    """
    thresholds = thresholds_by_feature(ensemble)
    if max(len(of_feature) for of_feature in thresholds) >= MISSING_BIN - 1:
        raise CannotTabulateError("a feature has more than 65,000 distinct thresholds")
    paths = [leaf_paths(tree, thresholds) for tree in ensemble.trees]
    groups = [group for of_tree in paths for group in cut(of_tree)]
    if sum(8 * 2**g.n_bits * (g.n_bits + 1) for g in groups) > MOST_TABLE_BYTES:
        raise CannotTabulateError(f"the tables would take more than {MOST_TABLE_BYTES // 2**20} MB")
    expected = sum(_expected_value(path) for of_tree in paths for path in of_tree)
    last_bins = [len(of_feature) for of_feature in thresholds]
    tests = [_tests(group, last_bins) for group in groups]
    flat_tests = np.array([test for of_group in tests for test in of_group], dtype=np.int64).reshape(-1, 4)
    column_start, entry_group, entry_start, values = _pack_tables(groups, ensemble.n_features)
    return Layout(
        thresholds=np.concatenate(thresholds),
        threshold_start=_starts([len(of_feature) for of_feature in thresholds]),
        test_feature=np.ascontiguousarray(flat_tests[:, 0]),
        test_low=flat_tests[:, 1].astype(np.uint16),
        test_width=flat_tests[:, 2].astype(np.uint16),
        test_bit=flat_tests[:, 3].astype(np.uint16),
        test_start=_starts([len(of_group) for of_group in tests]),
        entry_group=entry_group,
        entry_start=entry_start,
        column_start=column_start,
        values=values,
        baseline=ensemble.baseline,
        base_value=ensemble.baseline + expected,
    )


def cyclic_ranges(condition: Condition, last_bin: int) -> list[tuple[int, int]]:
    """The condition as disjoint cyclic ranges (low, width) of bins modulo 2**16; nearly always one.

    Example:
        >>> cyclic_ranges(Condition(0, 0, 3, missing=True), last_bin=9)
        [(65535, 4)]
    """
    low, high = condition.low, condition.high
    if low > high:
        return [(MISSING_BIN, 0)] if condition.missing else []
    if not condition.missing:
        return [(low, high - low)]
    if high == last_bin:
        return [(low, MISSING_BIN - low)]
    if low == 0:
        return [(MISSING_BIN, high + 1)]
    return [(low, high - low), (MISSING_BIN, 0)]


def _tests(group: LeafGroup, last_bins: list[int]) -> list[tuple[int, int, int, int]]:
    """The group's tests as (feature, low, width, bit value)."""
    return [
        (condition.feature, low, width, 1 << bit)
        for bit, condition in enumerate([*group.above.values(), *group.splits])
        for low, width in cyclic_ranges(condition, last_bins[condition.feature])
    ]


def group_table(group: LeafGroup, n_features: int) -> dict[int, NDArray[np.float64]]:
    """For each column that the group adds to: its values by pattern, (2**n_bits,). Column n_features is raw."""
    patterns = np.arange(2**group.n_bits)
    table = {n_features: np.zeros(len(patterns))}
    for path in group.paths:
        truths = _truths(group, path, patterns)
        leaf_patterns = np.zeros(len(patterns), dtype=np.int64)
        for number, holds in enumerate(truths.values()):
            leaf_patterns += holds.astype(np.int64) << number
        shapley = leaf_shapley(np.array([path.share(feature) for feature in truths]))
        for feature, values in zip(truths, shapley, strict=True):
            column = table.setdefault(feature, np.zeros(len(patterns)))
            column += path.value * values[leaf_patterns]
        table[n_features] += np.where(leaf_patterns == 2 ** len(truths) - 1, path.value, 0.0)
    return table


def _truths(group: LeafGroup, path: Path, patterns: NDArray[np.int64]) -> dict[int, NDArray[np.bool_]]:
    """For each feature on the path and each pattern: whether all conditions of the path on it hold."""
    bits = {split: number for number, split in enumerate(group.splits, start=len(group.above))}
    truths = {feature: np.ones(len(patterns), dtype=bool) for feature in path.features}
    for number, feature in enumerate(group.above):
        truths[feature] &= (patterns >> number) & 1 == 1
    for step in group.own_steps(path):
        truths[step.split.feature] &= ((patterns >> bits[step.split]) & 1 == 1) == step.to_left
    return truths


def _pack_tables(
    groups: list[LeafGroup], n_features: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """(column_start, entry_group, entry_start, values): by column, in each the groups in the model's order."""
    tables = [group_table(group, n_features) for group in groups]
    entries = [
        (column, number, table[column])
        for column in range(n_features + 1)
        for number, table in enumerate(tables)
        if column in table
    ]
    per_column = np.bincount([column for column, _, _ in entries], minlength=n_features + 1)
    starts = _starts([len(values) for _, _, values in entries])[:-1]
    packed = np.concatenate([values for _, _, values in entries])
    return _starts(per_column.tolist()), np.array([group for _, group, _ in entries], np.int64), starts, packed


def _starts(lengths: list[int]) -> NDArray[np.int64]:
    """Where each of consecutive pieces of these lengths begins, and at last where they end."""
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64)


def _expected_value(path: Path) -> float:
    share = 1.0
    for step in path.steps:
        share *= step.share
    return path.value * share
