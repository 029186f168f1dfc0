"""Exact contributions and raw score by the compiled tables against shap.TreeExplainer.

Both explain cases of the same model; shap, whose time a case does not depend on their number, gets fewer and is
scaled by the number of cases.
"""

from __future__ import annotations

from benchmarks.harness import Row, Scale, medians
from benchmarks.shap_reference import explainer
from benchmarks.world import inputs, trained
from engine.contributions.kernel import by_numba

PLACE = 1
SHAP_CASES, CASES = 500, 50_000


def measure(scale: Scale) -> float:
    """How many times quicker than shap."""
    X, layout = inputs(CASES, seed=5), trained().tables.layout
    few = X[:SHAP_CASES]
    by_shap, by_table = medians([lambda: explainer().shap_values(few), lambda: by_numba(layout, X)], scale.repeats)
    return (by_shap / SHAP_CASES) / (by_table / CASES)


ROW = Row("contributions", "contributions + raw score, times shap (numba)", 50, 150, "more", measure)
