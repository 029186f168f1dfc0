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


def area_under_roc(
    score: NDArray[np.float64], is_complex: NDArray[np.bool_] | NDArray[np.float64]
) -> float | None:
    """How often a complex case has a higher score than a simple one, ties counted half; None without both kinds.

    Where `is_complex` is a probability, the average over all that could have happened: no luck is in it. Mann and
    Whitney (1947).

    Example:
        >>> area_under_roc(np.array([0.1, 0.4, 0.4, 0.9]), np.array([False, False, True, True]))
        0.875
        >>> area_under_roc(np.array([1.0, 2.0]), np.array([0.5, 0.5]))
        0.5
    """
    weight = is_complex.astype(np.float64)
    _, level = np.unique(score, return_inverse=True)
    hard, easy = np.bincount(level, weight), np.bincount(level, 1 - weight)
    pairs = hard.sum() * easy.sum()
    if pairs == 0:
        return None
    below = np.cumsum(easy) - easy
    return float((hard * (below + easy / 2)).sum() / pairs)
