"""How far one quantity goes with another: rank correlation, and the area under the ROC curve of a single field."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from config.columns import CODED, Column

FEWEST_CASES = 20
BINS = 20
HALVES_SEED = 0


def rank_correlation(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """Spearman's rho over the cases that have both (ties share their mean rank); 0 where it cannot be told.

    Example:
        >>> rank_correlation(np.arange(30.0), np.arange(30.0) ** 3)
        1.0
    """
    both = ~np.isnan(x) & ~np.isnan(y)
    if both.sum() < FEWEST_CASES:
        return 0.0
    first, second = (pd.Series(values[both]).rank() for values in (x, y))
    if first.nunique() < 2 or second.nunique() < 2:
        return 0.0
    return round(float(first.corr(second)), 12)


def single_field_auc(column: Column, label: NDArray[np.bool_]) -> float:
    """How well one field alone tells complex from simple cases, (n,) each.

    Values (a number in 20 quantile bins, missing as a level of its own) are scored by the share complex in one
    half of the cases, drawn once for all, and judged on the other, then the other way round; so a column of names
    gains nothing by being fine-grained.
    """
    level = _levels(column)
    halves = np.random.default_rng(HALVES_SEED).permutation(len(label)) % 2
    areas = []
    for learn, judge in ((halves == 0, halves == 1), (halves == 1, halves == 0)):
        base = label[learn].mean()
        count = np.bincount(level[learn], minlength=level.max() + 1)
        complex_count = np.bincount(level[learn], label[learn], minlength=level.max() + 1)
        score = (complex_count + base) / (count + 1)
        areas.append(auc(score[level[judge]], label[judge]))
    return float(np.mean(areas))


def auc(score: NDArray[np.float64], label: NDArray[np.bool_]) -> float:
    """Area under the ROC curve by ranks (Mann-Whitney); .5 where only one kind of label is there."""
    positive, negative = int(label.sum()), int((~label).sum())
    if not positive or not negative:
        return 0.5
    ranks = pd.Series(score).rank().to_numpy()
    return float((ranks[label].sum() - positive * (positive + 1) / 2) / (positive * negative))


def _levels(column: Column) -> NDArray[np.intp]:
    if column.kind in CODED:
        return np.asarray(column.values, dtype=np.intp) + 1
    values = column.values
    given = values[~column.missing]
    cuts = np.unique(np.quantile(given, np.linspace(0, 1, BINS + 1)[1:-1])) if len(given) else given
    return np.where(np.isnan(values), 0, np.searchsorted(cuts, values, side="right") + 1)
