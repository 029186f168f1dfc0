"""The plain version: Shapley values of one tree by their definition, to be held beside the paper.

Lundberg et al., "From local explanations to global understanding with explainable AI for trees", Nature Machine
Intelligence 2 (2020): equation 3 and algorithm 1 (`EXPVALUE`, path-dependent). Its cost is 2^features a case;
`leaves.py` and `tables.py` are the same numbers by a shorter way, and tests hold them together.
"""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray

from engine.contributions.trees import Tree


def expected_value(tree: Tree, case: NDArray[np.float64], known: frozenset[int], node: int = 0) -> float:
    """E[tree(case) | the features in `known`]: an unknown feature goes both ways, weighed by training cases."""
    if tree.is_leaf(node):
        return float(tree.value[node])
    left, right = int(tree.left[node]), int(tree.right[node])
    if int(tree.feature[node]) in known:
        return expected_value(tree, case, known, left if goes_left(tree, case, node) else right)
    weighed = sum(tree.cases[side] * expected_value(tree, case, known, side) for side in (left, right))
    return float(weighed / tree.cases[node])


def goes_left(tree: Tree, case: NDArray[np.float64], node: int) -> bool:
    """Whether `case` (n_features,) goes left at an inner node; a missing value goes with its side."""
    value = case[tree.feature[node]]
    return bool(tree.missing_left[node] if np.isnan(value) else value <= tree.threshold[node])


def shapley_values(tree: Tree, case: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (n_features,): the weighted mean of what knowing a feature adds, over all sets of the others."""
    used = sorted({int(feature) for feature in tree.feature if feature >= 0})
    values = np.zeros(len(case))
    for feature in used:
        others = [other for other in used if other != feature]
        for size in range(len(others) + 1):
            weight = factorial(size) * factorial(len(used) - size - 1) / factorial(len(used))
            for chosen in combinations(others, size):
                known = frozenset(chosen)
                gain = expected_value(tree, case, known | {feature}) - expected_value(tree, case, known)
                values[feature] += weight * gain
    return values
