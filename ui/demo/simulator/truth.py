"""What is true about the invented cases and no data of a municipality could tell: probabilities, and how well even
somebody who knew them could tell complex cases from simple ones.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ui.demo.simulator.kind import Drawn, probability


def probability_known(drawn: Drawn) -> NDArray[np.float64]:
    """Shape (n,): of complex effort, by all that the simulator knows."""
    return probability(drawn.difficulty if drawn.hidden is None else drawn.difficulty + drawn.hidden)


def probability_at_intake(drawn: Drawn) -> NDArray[np.float64]:
    """Shape (n,): of complex effort, by all that anybody could know at intake: the hidden cause averaged out."""
    if drawn.hidden is None:
        return probability(drawn.difficulty)
    causes, counts = np.unique(drawn.hidden, return_counts=True)
    each = [probability(drawn.difficulty + cause) * count for cause, count in zip(causes, counts, strict=True)]
    return np.asarray(np.sum(each, axis=0) / counts.sum())


def area_under_roc(score: NDArray[np.float64], is_complex: NDArray[np.bool_]) -> float | None:
    """How often a complex case has a higher score than a simple one, ties counted half; None without both kinds.

    Mann and Whitney (1947).

    Example:
        >>> area_under_roc(np.array([0.1, 0.4, 0.4, 0.9]), np.array([False, False, True, True]))
        0.875
    """
    hard, easy = np.sort(score[is_complex]), np.sort(score[~is_complex])
    if not len(hard) or not len(easy):
        return None
    below = np.searchsorted(easy, hard, side="left")
    not_above = np.searchsorted(easy, hard, side="right")
    return float((below + not_above).sum() / (2 * len(hard) * len(easy)))
