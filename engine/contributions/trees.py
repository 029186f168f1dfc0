"""The trees of a fitted gradient boosting as plain arrays, in the order in which scikit-learn adds them up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


class CannotTabulateError(Exception):
    """This model's contributions cannot be tabulated; the sentence says why (shap then does the work)."""


@dataclass(frozen=True)
class Tree:
    """One regression tree of m nodes; node 0 is the root, a leaf has `left` -1. Every array is (m,).

    Attributes:
        feature, threshold: a case goes left where its value is <= the threshold.
        missing_left: a case without the value goes left.
        value: log-odds that the node adds (only the leaves' count).
        cases: training cases that came through the node, the cover of the paper.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    feature: NDArray[np.int64]
    threshold: NDArray[np.float64]
    missing_left: NDArray[np.bool_]
    value: NDArray[np.float64]
    cases: NDArray[np.float64]

    def is_leaf(self, node: int) -> bool:
        """Whether a case's way ends at this node."""
        return bool(self.left[node] < 0)


@dataclass(frozen=True)
class Ensemble:
    """`raw = baseline + tree_1 + tree_2 + ...`, added up in exactly that order, on `n_features` columns."""

    trees: tuple[Tree, ...]
    baseline: float
    n_features: int


def read_ensemble(classifier: Any) -> Ensemble:
    """The trees of a fitted binary HistGradientBoostingClassifier.

    Raises:
        CannotTabulateError: native categorical splits (shap is silently wrong on them, shap issue 3436) or more
            than two classes.
    """
    if any(len(trees_of_round) != 1 for trees_of_round in classifier._predictors):
        raise CannotTabulateError("the model tells more than two classes apart")
    if classifier.is_categorical_ is not None:
        raise CannotTabulateError("the model has native categorical features; give them as ordinal codes")
    trees = tuple(_read_tree(trees_of_round[0].nodes) for trees_of_round in classifier._predictors)
    return Ensemble(trees, float(np.ravel(classifier._baseline_prediction)[0]), int(classifier.n_features_in_))


def _read_tree(nodes: NDArray[Any]) -> Tree:
    is_leaf = nodes["is_leaf"].astype(bool)
    return Tree(
        left=np.where(is_leaf, -1, nodes["left"].astype(np.int64)),
        right=np.where(is_leaf, -1, nodes["right"].astype(np.int64)),
        feature=np.where(is_leaf, -1, nodes["feature_idx"].astype(np.int64)),
        threshold=nodes["num_threshold"].astype(np.float64),
        missing_left=nodes["missing_go_to_left"].astype(bool),
        value=nodes["value"].astype(np.float64),
        cases=nodes["count"].astype(np.float64),
    )
