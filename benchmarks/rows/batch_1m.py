"""A million cases from Parquet to stored assessments, against bare shap.TreeExplainer on model and rows."""

from __future__ import annotations

from benchmarks.batch_run import take
from benchmarks.harness import Row, Scale

PLACE = 3


def measure(scale: Scale) -> float:
    """The share of shap's time."""
    taken = take(scale)
    return taken.whole / taken.shap


ROW = Row("batch_1m", "a million cases, file to database, of shap's time", 0.10, 0.04, "less", measure)
