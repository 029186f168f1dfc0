"""The numba path: the same look-ups compiled, each sum in the order that `layout.py` fixes.

Measured with 150 trees of 8 leaves on 40 features, a nanosecond a case each: binning 80, patterns 40, sums 350.
Adding four tables in one pass spares three of four loads and stores of the running sums; the order stays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from engine.contributions.layout import MISSING_BIN, Layout

CASES_IN_A_BLOCK = 512


def by_numba(layout: Layout, X: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Contributions (n, p) and raw scores (n,) of X (n, p), with the bits of the numpy path."""
    phi, raw = np.empty((len(X), layout.n_features)), np.empty(len(X))
    _fill(layout, np.asfortranarray(X, dtype=np.float64), phi, raw)
    return phi, raw


def _compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compiled on first use, free of the interpreter's lock; kept on disk where a folder can be written."""
    try:
        return numba.njit(nogil=True, cache=True)(function)
    except RuntimeError:
        return numba.njit(nogil=True)(function)


@_compiled
def _fill(layout: Layout, X: NDArray[np.float64], phi: NDArray[np.float64], raw: NDArray[np.float64]) -> None:
    n, p = X.shape
    bins = np.zeros((p, CASES_IN_A_BLOCK), dtype=np.uint16)
    patterns = np.zeros((len(layout.test_start) - 1, CASES_IN_A_BLOCK), dtype=np.uint16)
    sums = np.empty(CASES_IN_A_BLOCK)
    for first in range(0, n, CASES_IN_A_BLOCK):
        last = min(first + CASES_IN_A_BLOCK, n)
        _fill_bins(layout, X[first:last], bins)
        _fill_patterns(layout, bins, patterns)
        for column in range(p):
            sums[:] = 0.0
            _add_tables(layout, patterns, column, sums)
            phi[first:last, column] = sums[: last - first]
        sums[:] = layout.baseline
        _add_tables(layout, patterns, p, sums)
        raw[first:last] = sums[: last - first]


@_compiled
def _fill_bins(layout: Layout, X: NDArray[np.float64], bins: NDArray[np.uint16]) -> None:
    """Counts the thresholds below each value: for the tens that a feature has, quicker than a binary search."""
    values = np.empty(len(X))
    for feature in range(X.shape[1]):
        thresholds = layout.thresholds[layout.threshold_start[feature] : layout.threshold_start[feature + 1]]
        if len(thresholds) == 0:
            continue
        for case in range(len(X)):
            values[case] = X[case, feature]
        row = bins[feature]
        row[:] = 0
        for threshold in thresholds:
            for case in range(len(X)):
                row[case] += np.uint16(values[case] > threshold)
        for case in range(len(X)):
            if np.isnan(values[case]):
                row[case] = MISSING_BIN


@_compiled
def _fill_patterns(layout: Layout, bins: NDArray[np.uint16], patterns: NDArray[np.uint16]) -> None:
    for group in range(len(patterns)):
        pattern = patterns[group]
        pattern[:] = 0
        for test in range(layout.test_start[group], layout.test_start[group + 1]):
            row = bins[layout.test_feature[test]]
            low, width, bit = layout.test_low[test], layout.test_width[test], layout.test_bit[test]
            for case in range(len(pattern)):
                inside = np.uint16(row[case] - low) <= width
                pattern[case] += bit if inside else np.uint16(0)


@_compiled
def _add_tables(layout: Layout, patterns: NDArray[np.uint16], column: int, sums: NDArray[np.float64]) -> None:
    entry, end = layout.column_start[column], layout.column_start[column + 1]
    while entry + 4 <= end:
        of_a, a = patterns[layout.entry_group[entry]], layout.values[layout.entry_start[entry] :]
        of_b, b = patterns[layout.entry_group[entry + 1]], layout.values[layout.entry_start[entry + 1] :]
        of_c, c = patterns[layout.entry_group[entry + 2]], layout.values[layout.entry_start[entry + 2] :]
        of_d, d = patterns[layout.entry_group[entry + 3]], layout.values[layout.entry_start[entry + 3] :]
        for case in range(len(sums)):
            sums[case] = sums[case] + a[of_a[case]] + b[of_b[case]] + c[of_c[case]] + d[of_d[case]]
        entry += 4
    for last in range(entry, end):
        of_a, a = patterns[layout.entry_group[last]], layout.values[layout.entry_start[last] :]
        for case in range(len(sums)):
            sums[case] += a[of_a[case]]
