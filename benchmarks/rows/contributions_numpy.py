"""The same by the numpy path, for machines where numba cannot be used."""

from __future__ import annotations

from benchmarks.harness import Row, Scale, medians
from benchmarks.shap_reference import explainer
from benchmarks.world import inputs, trained

PLACE = 2
SHAP_CASES, CASES = 500, 50_000


def measure(scale: Scale) -> float:
    """How many times quicker than shap."""
    X, tables = inputs(CASES, seed=5), trained().tables
    few = X[:SHAP_CASES]
    by_shap, by_table = medians([lambda: explainer().shap_values(few), lambda: tables.by_numpy(X)], scale.repeats)
    return (by_shap / SHAP_CASES) / (by_table / CASES)


ROW = Row("contributions_numpy", "contributions + raw score, times shap (numpy)", 15, 30, "more", measure)
