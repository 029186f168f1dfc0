"""Contributions and raw score of any number of cases by looking their patterns up; this file is the numpy path."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.contributions.layout import MISSING_BIN, Layout, lay_out
from engine.contributions.trees import read_ensemble

FEW_CASES = 48
CASES_IN_A_BLOCK = 8192
KERNEL = "engine.contributions.kernel"
# Loading the compiled kernel takes as long as numpy needs for about so many cases; once loaded it is always used.
CASES_WORTH_COMPILING = 50_000


@dataclass(frozen=True)
class TreeTables:
    """Exact path-dependent Shapley values of a model's raw score, from tables built once.

    The same case gets the same bits alone, in any block, on any thread, and by numpy or numba, because every
    column is summed in the model's order of trees.
    """

    layout: Layout

    @classmethod
    def from_classifier(cls, classifier: Any) -> TreeTables:
        """Tables of a fitted binary HistGradientBoostingClassifier on ordinal features.

        Raises:
            CannotTabulateError: native categorical splits, several classes, or trees too deep.
        """
        return cls(lay_out(read_ensemble(classifier)))

    @property
    def base_value(self) -> float:
        """Mean raw score of the training cases, in log-odds: contributions add up to raw minus this."""
        return self.layout.base_value

    @property
    def n_features(self) -> int:
        """Columns of the model's input."""
        return self.layout.n_features

    def contributions(self, X: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Contributions (n, p) and raw scores (n,) of the cases in X (n, p), NaN where a value is missing.

        `raw` has the bits of the classifier's `decision_function`. Raises ValueError when p is not the model's.
        """
        if X.ndim != 2 or X.shape[1] != self.n_features:
            raise ValueError(f"the model has {self.n_features} features, the matrix has the shape {X.shape}")
        if len(X) <= FEW_CASES or (len(X) < CASES_WORTH_COMPILING and KERNEL not in sys.modules):
            return self.by_numpy(X)
        from engine.contributions.kernel import by_numba

        try:
            return by_numba(self.layout, X)
        except OSError:  # no room to keep the compiled code: numpy gives the same bits
            return self.by_numpy(X)

    def by_numpy(self, X: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """`contributions` without compiling anything."""
        X = np.asarray(X, dtype=np.float64)
        if len(X) <= FEW_CASES:
            return _few_cases(self.layout, X)
        phi, raw = np.empty((len(X), self.n_features)), np.empty(len(X))
        for start in range(0, len(X), CASES_IN_A_BLOCK):
            block = slice(start, start + CASES_IN_A_BLOCK)
            phi[block], raw[block] = self._add_up_block(X[block])
        return phi, raw

    @cached_property
    def _tables_by_group(self) -> list[list[tuple[int, NDArray[np.float64]]]]:
        """For each group its (column, table) pairs, as views."""
        layout = self.layout
        tables: list[list[tuple[int, NDArray[np.float64]]]] = [[] for _ in range(layout.n_groups)]
        ends = [*layout.entry_start[1:].tolist(), len(layout.values)]
        columns = layout.entry_column.tolist()
        for column, group, start, end in zip(columns, layout.entry_group, layout.entry_start, ends, strict=True):
            tables[group].append((column, layout.values[start:end]))
        return tables

    def _add_up_block(self, X: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """One block's contributions and raw scores, group by group, so that a pattern is used while at hand."""
        bins = _bins(self.layout, X)
        sums = np.zeros((self.n_features + 1, len(X)))
        sums[-1] += self.layout.baseline
        looked_up = np.empty(len(X))
        for group, tables in enumerate(self._tables_by_group):
            pattern = _pattern(self.layout, bins, group)
            for column, table in tables:
                table.take(pattern, out=looked_up, mode="clip")
                sums[column] += looked_up
        return sums[:-1].T, sums[-1]


def _bins(layout: Layout, X: NDArray[np.float64]) -> NDArray[np.uint16]:
    """Bins of the values, shape (n_features, n): how many of the feature's thresholds lie below each."""
    bins = np.zeros((layout.n_features, len(X)), dtype=np.uint16)
    for feature in range(layout.n_features):
        start, end = layout.threshold_start[feature : feature + 2]
        if start < end:
            values = np.ascontiguousarray(X[:, feature])
            bins[feature] = np.searchsorted(layout.thresholds[start:end], values, side="left")
            bins[feature][np.isnan(values)] = MISSING_BIN
    return bins


def _pattern(layout: Layout, bins: NDArray[np.uint16], group: int) -> NDArray[np.intp]:
    """Each case's pattern in one group, shape (n,)."""
    tests = slice(layout.test_start[group], layout.test_start[group + 1])
    distance = bins[layout.test_feature[tests]]
    distance -= layout.test_low[tests, None]
    inside = distance <= layout.test_width[tests, None]
    bits = np.multiply(inside, layout.test_bit[tests, None])
    pattern: NDArray[np.uint16] = np.bitwise_or.reduce(bits, axis=0)
    return pattern.astype(np.intp)


def _few_cases(layout: Layout, X: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The same sums for a handful of cases, without a loop over tables; bincount adds in the order given."""
    n, columns = len(X), layout.n_features + 1
    bins = _bins(layout, X)
    inside = bins[layout.test_feature] - layout.test_low[:, None] <= layout.test_width[:, None]
    bits = np.zeros((len(layout.test_bit) + 1, n), dtype=np.int64)
    np.cumsum(inside * layout.test_bit[:, None], axis=0, dtype=np.int64, out=bits[1:])
    patterns = bits[layout.test_start[1:]] - bits[layout.test_start[:-1]]
    found = layout.values[layout.entry_start[:, None] + patterns[layout.entry_group]]
    weights = np.concatenate([np.full((1, n), layout.baseline), found])
    where = np.concatenate([[columns - 1], layout.entry_column])[:, None] + columns * np.arange(n)
    sums = np.bincount(where.ravel(), weights=weights.ravel(), minlength=n * columns).reshape(n, columns)
    return np.ascontiguousarray(sums[:, :-1]), np.ascontiguousarray(sums[:, -1])
