"""What everything is measured against: shap's path-dependent TreeExplainer on the same model."""

from __future__ import annotations

from functools import cache
from typing import Any

from benchmarks.world import trained


@cache
def explainer() -> Any:
    """The explainer, built beforehand: its own set-up is not counted."""
    from shap import TreeExplainer

    return TreeExplainer(trained().classifier, feature_perturbation="tree_path_dependent")
