"""How good scores are: ranking, sharpness and calibration on labelled cases."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

EQUAL_MASS_BINS = 10


def auc(
    score: NDArray[np.float64], is_complex: NDArray[np.bool_], weight: NDArray[np.float64] | None = None
) -> float | None:
    """Area under the ROC curve, ties counting half; None where all cases are of one kind.

    Example:
        >>> auc(np.array([0.1, 0.4, 0.4, 0.8]), np.array([False, False, True, True]))
        0.875
    """
    w = np.ones(len(score)) if weight is None else weight
    of_complex, of_simple = float(w[is_complex].sum()), float(w[~is_complex].sum())
    if of_complex == 0 or of_simple == 0:
        return None
    _, tied = np.unique(score, return_inverse=True)
    complex_here = np.bincount(tied, w * is_complex)
    simple_here = np.bincount(tied, w * ~is_complex)
    simple_below = np.cumsum(simple_here) - simple_here
    return float((complex_here * (simple_below + simple_here / 2)).sum() / (of_complex * of_simple))


def auc_difference(
    score: NDArray[np.float64], other: NDArray[np.float64], is_complex: NDArray[np.bool_]
) -> tuple[float, float] | None:
    """AUC of `score` minus AUC of `other` on the same cases, and its standard error (DeLong et al., 1988).

    None where all cases are of one kind.

    Example:
        >>> up, down = np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.4, 0.2, 0.3, 0.1])
        >>> difference, error = auc_difference(up, down, np.array([False, False, True, True]))
        >>> difference, round(error, 3)
        (0.75, 0.354)
    """
    if is_complex.all() or not is_complex.any():
        return None
    of_complex, of_simple = (
        _placements(score, is_complex)[kind] - _placements(other, is_complex)[kind] for kind in (0, 1)
    )
    variance = sum(float(np.var(part, ddof=min(1, len(part) - 1))) / len(part) for part in (of_complex, of_simple))
    return float(of_complex.mean()), float(np.sqrt(variance))


def _placements(
    score: NDArray[np.float64], is_complex: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each complex case the share of simple ones below it, for each simple one of complex ones above it."""
    complex_scores, simple_scores = np.sort(score[is_complex]), np.sort(score[~is_complex])

    def share_below(values: NDArray[np.float64], among: NDArray[np.float64]) -> NDArray[np.float64]:
        below = np.searchsorted(among, values, side="left") + np.searchsorted(among, values, side="right")
        return np.asarray(below / (2 * len(among)))

    return share_below(score[is_complex], simple_scores), 1 - share_below(score[~is_complex], complex_scores)


def average_precision(
    score: NDArray[np.float64], is_complex: NDArray[np.bool_], weight: NDArray[np.float64] | None = None
) -> float | None:
    """Mean precision over the complex cases, from the highest score down; None where all cases are of one kind.

    Example:
        >>> round(average_precision(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True])), 4)
        0.8333
    """
    w = np.ones(len(score)) if weight is None else weight
    of_complex = float(w[is_complex].sum())
    if of_complex == 0 or not (w[~is_complex] > 0).any():
        return None
    _, tied = np.unique(-score, return_inverse=True)
    complex_here = np.bincount(tied, w * is_complex)
    precision = np.cumsum(complex_here) / np.cumsum(np.bincount(tied, w))
    return float((complex_here * precision).sum() / of_complex)


def brier(
    complexity: NDArray[np.float64], is_complex: NDArray[np.bool_], weight: NDArray[np.float64] | None = None
) -> float | None:
    """Mean squared distance of the probability from what happened (Brier, 1950); None without cases.

    Example:
        >>> round(brier(np.array([0.2, 0.9]), np.array([False, True])), 3)
        0.025
    """
    w = np.ones(len(complexity)) if weight is None else weight
    if w.sum() == 0:
        return None
    return float(np.average((complexity - is_complex) ** 2, weights=w))


def calibration_error(
    complexity: NDArray[np.float64],
    is_complex: NDArray[np.bool_],
    weight: NDArray[np.float64] | None = None,
    bins: int = EQUAL_MASS_BINS,
) -> float | None:
    """Mean distance, over equal-mass bins, of the mean probability from the share that was complex.

    Cases of one bin differ by at most one in number; equal probabilities stay in the order given.

    Example:
        >>> calibration_error(np.array([0.0, 0.0, 1.0, 1.0]), np.array([False, True, True, True]), bins=2)
        0.25
    """
    if len(complexity) == 0:
        return None
    w = np.ones(len(complexity)) if weight is None else weight
    order = np.argsort(complexity, kind="stable")
    starts = np.unique(np.arange(bins) * len(order) // bins)
    mass = np.add.reduceat(w[order], starts)
    gap = np.add.reduceat((w * (complexity - is_complex))[order], starts)
    return float(np.abs(gap).sum() / mass.sum())


def perfect_calibration_error(
    complexity: NDArray[np.float64], *, quantile: float, seed: int, draws: int = 1000
) -> float:
    """The quantile of the calibration error that these probabilities would show if they were exactly true."""
    random = np.random.default_rng(seed)
    errors = [
        calibration_error(complexity, random.random(len(complexity)) < complexity) or 0.0 for _ in range(draws)
    ]
    return float(np.quantile(errors, quantile))
