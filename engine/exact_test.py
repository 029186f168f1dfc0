"""The exact binomial test behind the promise, and the bound behind its veto (Clopper and Pearson, 1934)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats


@dataclass(frozen=True)
class Count:
    """`complex_cases` among `cases`; for weighted cases the effective whole numbers (see `effective_count`)."""

    cases: int
    complex_cases: int


ROUNDING = 1e-9
"""Keeps whole sums of weights whole."""


def effective_cases(weight: NDArray[np.float64]) -> int:
    """What weighted cases are worth: n = floor((sum w)^2 / sum w^2) (Kish, 1965); 0 for no cases."""
    squares = float((weight**2).sum())
    return int(np.floor(float(weight.sum()) ** 2 / squares + ROUNDING)) if squares > 0 else 0


def effective_count(is_complex: NDArray[np.bool_], weight: NDArray[np.float64]) -> Count:
    """Whole numbers that weighted cases are worth: n as above, k = ceil(n sum(wy) / sum w).

    Rounding down the cases and up the complex ones keeps the test on the safe side.

    Example:
        >>> effective_count(np.array([True, False, False]), np.ones(3))
        Count(cases=3, complex_cases=1)
        >>> effective_count(np.array([True, False, False]), np.array([20.0, 1.0, 1.0]))
        Count(cases=1, complex_cases=1)
    """
    cases = effective_cases(weight)
    if cases == 0:
        return Count(0, 0)
    share = float(weight[is_complex].sum()) / float(weight.sum())
    return Count(cases, int(np.ceil(cases * share - ROUNDING)))


def passes(count: Count, share: float, level: float) -> bool:
    """Whether so few complex cases would be rarer than `level` if the true share were `share` or more.

    Example:
        >>> passes(Count(59, 0), share=0.05, level=0.05), passes(Count(58, 0), share=0.05, level=0.05)
        (True, False)
    """
    return count.cases > 0 and bool(stats.binom.cdf(count.complex_cases, count.cases, share) <= level)


def most_complex_that_pass(cases: NDArray[np.int64], share: float, level: float) -> NDArray[np.int64]:
    """Shape as `cases`: the largest k with P(Binomial(n, share) <= k) <= level, -1 where not even 0 passes."""
    quantile = np.asarray(stats.binom.ppf(level, cases, share), dtype=np.int64)
    return np.where(stats.binom.cdf(quantile, cases, share) <= level, quantile, quantile - 1)


def fewest_cases(share: float, level: float) -> int:
    """The smallest n at which the test can pass at all, with no complex case among them.

    Example:
        >>> fewest_cases(share=0.05, level=0.05)
        59
    """
    return int(np.ceil(np.log(level) / np.log1p(-share) - 1e-12))


def lower_bound(count: Count, confidence: float = 0.95) -> float:
    """One-sided lower Clopper-Pearson bound of the complex share; 0 where there is nothing to go by."""
    if count.complex_cases == 0:
        return 0.0
    k, n = count.complex_cases, count.cases
    return float(stats.beta.ppf(1 - confidence, k, n - k + 1))
