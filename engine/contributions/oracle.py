"""shap as the oracle: the tables must say what shap.TreeExplainer says, at every training and load."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from config.errors import RefusedError
from engine.contributions.exact import Contributions


def check_against_shap(
    tables: Contributions, classifier: Any, X: NDArray[np.float64], tolerance: float = 1e-9
) -> float:
    """The largest difference in log-odds between the tables and shap over the sample X (n, p).

    Raises:
        RefusedError: a contribution or the base value differs by more than `tolerance`, or a raw score is not bit
            for bit the classifier's: such a model must not explain anything.
    """
    from shap import TreeExplainer

    if len(X) == 0:
        return 0.0
    explainer = TreeExplainer(classifier, feature_perturbation="tree_path_dependent")
    phi, raw = tables.contributions(X)
    by_case = np.abs(phi - explainer.shap_values(X)).max(axis=1, initial=0.0)
    base = abs(float(np.ravel(explainer.expected_value)[0]) - tables.base_value)
    largest = float(max(by_case.max(), base))
    if not largest <= tolerance:
        raise RefusedError(
            f"the contributions differ from shap's by {largest:.2g} log-odds in row {int(by_case.argmax())} of the"
            f" sample, more than {tolerance:.0e}; train the model again and report this as a bug"
        )
    scores = classifier.decision_function(X)
    if not np.array_equal(raw, scores):
        row = int(np.flatnonzero(raw != scores)[0])
        raise RefusedError(
            f"the raw score in row {row} of the sample is {raw[row]!r} by table and {scores[row]!r} by the model;"
            " train the model again and report this as a bug"
        )
    return largest
