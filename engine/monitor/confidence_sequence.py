"""An interval for the complex share that holds at every moment at once: for the picture, not for the decision.

By Robbins' method of mixtures (1970; for Bernoulli see Howard, Ramdas, McAuliffe and Sekhon, *Time-uniform,
nonparametric, nonasymptotic confidence sequences*, 2021): with k complex among n reviews and a Beta(a, b) mixture
the ratio R(q) = B(a + k, b + n - k) / B(a, b) / (q^k (1 - q)^(n - k)) is a martingale under the true share q, so
the shares with R(q) < 1/level hold the true one for all n together with a chance of at least 1 - level.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from scipy.optimize import brentq
from scipy.special import betaln, xlog1py, xlogy

MIXTURE = (0.5, 0.5)
"""Jeffreys' prior: no share is favoured."""

EDGE = 1e-12
"""As near to 0 and 1 as the search goes, where the ratio itself has no value."""


@dataclass(frozen=True)
class Between:
    """The least and the greatest share that the reviews leave open."""

    low: float
    high: float


def log_ratio(share: float, complex_cases: int, cases: int) -> float:
    """The logarithm of R at one share."""
    a, b = MIXTURE
    simple = cases - complex_cases
    mixed = betaln(a + complex_cases, b + simple) - betaln(a, b)
    return float(mixed - xlogy(complex_cases, share) - xlog1py(simple, -share))


def confidence_sequence(complex_cases: int, cases: int, confidence: float = 0.95) -> Between:
    """The interval after so many reviews; everything from 0 to 1 without any.

    Example:
        >>> between = confidence_sequence(4, 100)
        >>> round(between.low, 3), round(between.high, 3)
        (0.004, 0.14)
    """
    if cases == 0:
        return Between(0.0, 1.0)
    limit = -log(1 - confidence)
    middle = complex_cases / cases

    def beyond(share: float) -> float:
        return log_ratio(share, complex_cases, cases) - limit

    low = float(brentq(beyond, EDGE, middle)) if complex_cases > 0 else 0.0
    high = float(brentq(beyond, middle, 1 - EDGE)) if complex_cases < cases else 1.0
    return Between(low, high)
