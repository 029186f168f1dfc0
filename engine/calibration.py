"""Raw scores become probabilities, learnt from out-of-fold scores of the fit part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

ISOTONIC_FROM_CASES = 1000


@dataclass(frozen=True)
class Calibrator:
    """A rising curve from raw score to probability, in plain arrays; the same bits for one case and a million.

    Attributes:
        knots, probabilities: (k,) points of the isotonic curve, joined by straight lines, level outside; empty
            for the sigmoid `expit(slope * raw + intercept)`.
        lowest: probabilities are clipped to [lowest, 1 - lowest]: n cases cannot show more than 1 / (n + 2).
    """

    knots: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    slope: float
    intercept: float
    lowest: float

    @property
    def is_level(self) -> bool:
        """Whether every score gets the same probability."""
        return self.slope == 0.0 if not len(self.knots) else bool(np.ptp(self.probabilities) == 0)

    def complexity(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shape (n,): the calibrated probability that a case is complex."""
        if not len(self.knots):
            probability = np.asarray(expit(self.slope * raw + self.intercept))
        else:
            inside = np.clip(raw, self.knots[0], self.knots[-1])
            left = np.clip(np.searchsorted(self.knots, inside, side="right") - 1, 0, max(len(self.knots) - 2, 0))
            right = np.minimum(left + 1, len(self.knots) - 1)
            width = self.knots[right] - self.knots[left]
            share = (inside - self.knots[left]) / np.where(width > 0, width, 1.0)
            low = self.probabilities[left]
            probability = low + share * (self.probabilities[right] - low)
        return np.clip(probability, self.lowest, 1 - self.lowest)


def calibrate(raw: NDArray[np.float64], is_complex: NDArray[np.bool_], weight: NDArray[np.float64]) -> Calibrator:
    """Fit on out-of-fold scores (n,): isotonic from 1,000 cases, else sigmoid; never a falling curve."""
    lowest = 1 / (len(raw) + 2)
    if len(raw) < ISOTONIC_FROM_CASES:
        slope, intercept = _sigmoid(raw, is_complex, weight)
        return Calibrator(np.array([]), np.array([]), slope, intercept, lowest)
    from sklearn.isotonic import IsotonicRegression

    curve = IsotonicRegression(increasing=True, out_of_bounds="clip").fit(raw, is_complex.astype(float), weight)
    knots = np.asarray(curve.X_thresholds_, dtype=np.float64)
    return Calibrator(knots, np.asarray(curve.y_thresholds_, dtype=np.float64), 0.0, 0.0, lowest)


def _sigmoid(
    raw: NDArray[np.float64], is_complex: NDArray[np.bool_], weight: NDArray[np.float64]
) -> tuple[float, float]:
    """Slope and intercept with Platt's smoothed targets (1999), by Newton's method; level where it would fall."""
    of_complex, of_simple = float(weight[is_complex].sum()), float(weight[~is_complex].sum())
    target = np.where(is_complex, (of_complex + 1) / (of_complex + 2), 1 / (of_simple + 2))
    level = float(np.average(target, weights=weight))
    flat = (0.0, float(np.log(level / (1 - level))))
    if np.ptp(raw) == 0:
        return flat
    centre, spread = float(raw.mean()), float(raw.std())
    design = np.column_stack([(raw - centre) / spread, np.ones(len(raw))])
    theta = np.array(flat)
    for _ in range(50):
        p = expit(design @ theta)
        gradient = design.T @ (weight * (p - target))
        curvature = (design * (weight * p * (1 - p))[:, None]).T @ design + 1e-9 * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        theta = theta - np.clip(step, -2.0, 2.0)
        if np.abs(step).max() < 1e-10:
            break
    slope = float(theta[0]) / spread
    return (slope, float(theta[1]) - slope * centre) if slope > 0 else flat
