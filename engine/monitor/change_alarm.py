"""The alarm for sudden change: the same evidence as the stop test's, begun anew wherever it has sunk below 1.

A promise that was long kept has banked evidence in its favour, and the stop test must first use that up: after 500
good reviews it needs about 870 more to notice twice the promise, this alarm about 260. It is the CUSUM e-detector
of Shin, Ramdas and Rinaldo (*E-detectors: a nonparametric framework for sequential change detection*, 2024):
M_n = max(1, M_(n-1)) times the factor of review n. While the promise is kept, the mean number of reviews until M
reaches c is at least c. So it is an alarm for people and a veto on new promises; by itself it stops nothing.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.monitor.stop_test import log_evidence

REVIEWS_BETWEEN_FALSE_ALARMS = 1000
"""c above: a kept promise rings at most once in so many reviews, on average."""


def log_detector(is_complex: NDArray[np.bool_], promise: float) -> NDArray[np.float64]:
    """Shape (n,): the logarithm of M after each review; `is_complex` (n,) as labels became known.

    M_n is the greatest evidence of any stretch that ends with review n, so with S the summed logarithms it is
    S_n less the least of S_0 ... S_(n-1).
    """
    total = np.concatenate([[0.0], log_evidence(is_complex, promise)])
    return total[1:] - np.minimum.accumulate(total)[:-1]


def log_detector_step_by_step(is_complex: NDArray[np.bool_], promise: float) -> NDArray[np.float64]:
    """The same by its definition, one review after the other."""
    total = [0.0, *log_evidence(is_complex, promise).tolist()]
    found = [0.0]
    for before, after in pairwise(total):
        found.append(max(0.0, found[-1]) + after - before)
    return np.array(found[1:])


def is_ringing(is_complex: NDArray[np.bool_], promise: float) -> bool:
    """Whether the alarm is open now.

    Example:
        >>> good, bad = np.zeros(500, dtype=bool), np.ones(10, dtype=bool)
        >>> is_ringing(good, promise=0.05), is_ringing(np.concatenate([good, bad]), promise=0.05)
        (False, True)
    """
    detector = log_detector(is_complex, promise)
    return bool(len(detector) and detector[-1] >= np.log(REVIEWS_BETWEEN_FALSE_ALARMS))
