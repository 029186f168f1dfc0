"""How unlike two cases are: Gower's distance, which takes facts of every kind and leaves out what is not known.

Gower, J. C. (1971), "A general coefficient of similarity and some of its properties", Biometrics 27, 857-871: the
mean, over the facts that both cases have, of 0 or 1 for a word and of the difference by the range for a number.
The range here is that between the 5 % and the 95 % quantile, so that one outlier does not make all others alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.feature import Feature

SPREAD_BETWEEN = (0.05, 0.95)
LEAST_COMPARED = 0.5
"""Of fewer facts than this share nobody can say how alike two cases are."""


def spreads(inputs: NDArray[np.float64], features: Sequence[Feature]) -> NDArray[np.float64]:
    """Shape (p,): the range of each number among cases with these `inputs` (n, p); 0 for a word or a yes or no.

    Example:
        >>> inputs = np.array([[0.0, 1.0], [10.0, 0.0], [np.nan, 1.0]])
        >>> spreads(inputs, [Feature("a", "number"), Feature("b", "boolean")])
        array([9., 0.])
    """
    found = np.zeros(len(features))
    for position, feature in enumerate(features):
        known = inputs[:, position][~np.isnan(inputs[:, position])]
        if not feature.levels and feature.kind != "boolean" and len(known):
            low, high = np.quantile(known, SPREAD_BETWEEN)
            found[position] = high - low
    return found


def differences(
    case: NDArray[np.float64],
    others: NDArray[np.float64],
    features: Sequence[Feature],
    spread: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Shape (n, p), from 0 to 1: how far each of `others` (n, p) is from `case` (p,) in each fact.

    NaN where either of the two is not known. Rare words share one code and are never the same.
    """
    found = np.empty(others.shape)
    for position, feature in enumerate(features):
        gap = np.abs(others[:, position] - case[position])
        if spread[position] > 0:
            found[:, position] = np.minimum(gap / spread[position], 1.0)
            continue
        is_other = gap > 0
        if feature.levels:
            is_other |= np.asarray(case[position] >= feature.rare_code)
        found[:, position] = np.where(np.isnan(gap), np.nan, is_other)
    return found


def gower(apart: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (n,): the distance of cases that differ by `apart` (n, p); inf where too few facts can be compared.

    Example:
        >>> gower(np.array([[0.0, 1.0, 0.5], [0.0, np.nan, 0.5], [0.0, np.nan, np.nan]])).tolist()
        [0.5, 0.25, inf]
    """
    compared = (~np.isnan(apart)).sum(axis=1)
    total = np.nansum(apart, axis=1)
    enough = compared >= max(1.0, LEAST_COMPARED * apart.shape[1])
    return np.where(enough, total / np.maximum(compared, 1), np.inf)
