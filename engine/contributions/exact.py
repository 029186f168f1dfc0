"""Which way a model's contributions are computed: by table, or by shap where its trees cannot be tabulated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.contributions.tables import TreeTables
from engine.contributions.trees import CannotTabulateError


class Contributions(Protocol):
    """What scoring asks of either way."""

    @property
    def base_value(self) -> float:
        """Mean raw score of the training cases, in log-odds."""

    def contributions(self, X: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Contributions (n, p) and raw scores (n,) of X (n, p); each row sums to raw minus the base value."""


@dataclass(frozen=True)
class ByShap:
    """The slow way, a hundred times slower: shap's path-dependent TreeExplainer.

    Attributes:
        because: why the model could not be tabulated, for the record of the training.
    """

    classifier: Any
    because: str

    @cached_property
    def _explainer(self) -> Any:
        from shap import TreeExplainer

        return TreeExplainer(self.classifier, feature_perturbation="tree_path_dependent")

    @property
    def base_value(self) -> float:
        """Mean raw score of the training cases, in log-odds."""
        return float(np.ravel(self._explainer.expected_value)[0])

    def contributions(self, X: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Contributions (n, p) and raw scores (n,) of X (n, p)."""
        if len(X) == 0:
            return np.empty(X.shape), np.empty(0)
        phi = np.asarray(self._explainer.shap_values(X), dtype=np.float64)
        return phi, np.asarray(self.classifier.decision_function(X), dtype=np.float64)


def exact_contributions(classifier: Any) -> Contributions:
    """Tables of a fitted HistGradientBoostingClassifier, or shap where its trees are too deep to tabulate.

    Raises ValueError for native categorical features, on which shap is silently wrong (shap issue 3436).
    """
    if classifier.is_categorical_ is not None:
        raise ValueError("the model has native categorical features; give them as ordinal codes")
    try:
        return TreeTables.from_classifier(classifier)
    except CannotTabulateError as reason:
        return ByShap(classifier, str(reason))
