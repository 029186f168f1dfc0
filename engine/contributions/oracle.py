"""shap as the oracle: the tables must say what shap.TreeExplainer says, at every training and every load.

At training shap itself is asked. What it said of a sample is kept with the model, so that a load checks the tables
against the same words without the seconds that importing shap takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from config.errors import RefusedError
from engine.contributions.exact import Contributions
from engine.contributions.paths import thresholds_by_feature
from engine.contributions.trees import read_ensemble

TOLERANCE = 1e-9


@dataclass(frozen=True)
class OracleSample:
    """What shap and scikit-learn say of n cases.

    Attributes:
        inputs: (n, p) the model's input.
        contributions: (n, p) by shap, in log-odds.
        raw: (n,) by the classifier's `decision_function`.
        base_value: by shap.
    """

    inputs: NDArray[np.float64]
    contributions: NDArray[np.float64]
    raw: NDArray[np.float64]
    base_value: float

    def check(self, tables: Contributions, tolerance: float = TOLERANCE) -> float:
        """The largest difference in log-odds.

        Raises:
            RefusedError: a contribution or the base value differs by more than `tolerance`, or a raw score is not
                bit for bit the classifier's: such a model must not explain anything.
        """
        if len(self.inputs) == 0:
            return 0.0
        phi, raw = tables.contributions(self.inputs)
        by_case = np.abs(phi - self.contributions).max(axis=1, initial=0.0)
        largest = float(max(by_case.max(), abs(self.base_value - tables.base_value)))
        if not largest <= tolerance:
            raise RefusedError(
                f"the contributions differ from shap's by {largest:.2g} log-odds in row {int(by_case.argmax())} of"
                f" the sample, more than {tolerance:.0e}; train the model again and report this as a bug"
            )
        if not np.array_equal(raw, self.raw):
            row = int(np.flatnonzero(raw != self.raw)[0])
            raise RefusedError(
                f"the raw score in row {row} of the sample is {raw[row]!r} by table and {self.raw[row]!r} by the"
                " model; train the model again and report this as a bug"
            )
        return largest


def ask_shap(classifier: Any, X: NDArray[np.float64]) -> OracleSample:
    """What shap's path-dependent TreeExplainer says of the cases in X (n, p), about 0.1 ms a case."""
    from shap import TreeExplainer

    explainer = TreeExplainer(classifier, feature_perturbation="tree_path_dependent")
    base_value = float(np.ravel(explainer.expected_value)[0])
    if len(X) == 0:
        return OracleSample(X, X, np.empty(0), base_value)
    phi = np.asarray(explainer.shap_values(X), dtype=np.float64)
    return OracleSample(X, phi, np.asarray(classifier.decision_function(X), dtype=np.float64), base_value)


def invented_inputs(classifier: Any, n_cases: int, *, seed: int = 0) -> NDArray[np.float64]:
    """Inputs (n_cases, p) on, just above and far from the model's own thresholds, some missing.

    They meet every side of the splits and are about nobody, so they may stay in a file for ever.
    """
    random = np.random.default_rng(seed)
    thresholds = thresholds_by_feature(read_ensemble(classifier))
    inputs = np.zeros((n_cases, len(thresholds)))
    for feature, known in enumerate(thresholds):
        if len(known):
            on = random.choice(known, n_cases)
            kinds = np.stack([on, np.nextafter(on, np.inf), on - 1.0, np.full(n_cases, np.nan)])
            inputs[:, feature] = kinds[random.integers(0, len(kinds), n_cases), np.arange(n_cases)]
    return inputs


def check_against_shap(
    tables: Contributions, classifier: Any, X: NDArray[np.float64], tolerance: float = TOLERANCE
) -> float:
    """The largest difference in log-odds between the tables and shap over X (n, p); raises as `check` does."""
    return ask_shap(classifier, X).check(tables, tolerance)
