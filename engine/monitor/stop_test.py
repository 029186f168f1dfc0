"""The stop test: whether blind reviews say that the promise is broken, valid at whatever moment one looks.

The evidence after n reviews is the likelihood ratio of two Bernoulli shares, twice the promise p against p itself
(Wald, *Sequential tests of statistical hypotheses*, 1945): E_n = product of 2p/p for a complex case and of
(1 - 2p)/(1 - p) for a simple one. If the true share is p or less, E_n is a supermartingale that starts at 1, so by
Ville's inequality it ever reaches 1/level with a probability of at most `level`, however often it is looked at.
A weekly binomial test has no such bound: it stops 30 % of promises that are kept (QUALITY.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STOP_LEVEL = 0.05
"""The chance that a kept promise is ever stopped; what is left over at each crossing makes it 4 % in truth."""


@dataclass(frozen=True)
class StopTest:
    """What n reviews of one sequence say.

    Attributes:
        log_evidence: natural logarithm of E_n as it stands now; 0 without reviews.
        stopped_after: the number of reviews after which E first reached 1/level, None where it never did.
    """

    log_evidence: float
    stopped_after: int | None

    @property
    def is_silent(self) -> bool:
        """Whether drafting may go on."""
        return self.stopped_after is None


def broken_share(promise: float) -> float:
    """The share that the test is made to notice: twice the promise, and never nearer to 1 than half-way.

    Example:
        >>> broken_share(0.05), broken_share(0.5)
        (0.1, 0.75)
    """
    return min(2 * promise, (1 + promise) / 2)


def log_steps(promise: float) -> tuple[float, float]:
    """What one complex and one simple case add to the logarithm of the evidence.

    Example:
        >>> [round(step, 4) for step in log_steps(0.05)]
        [0.6931, -0.0541]
    """
    broken = broken_share(promise)
    return float(np.log(broken / promise)), float(np.log((1 - broken) / (1 - promise)))


def log_evidence(is_complex: NDArray[np.bool_], promise: float) -> NDArray[np.float64]:
    """Shape (n,): the logarithm of the evidence after each review; `is_complex` (n,) as labels became known."""
    for_complex, for_simple = log_steps(promise)
    return np.cumsum(np.where(is_complex, for_complex, for_simple))


def stop_test(is_complex: NDArray[np.bool_], promise: float, level: float = STOP_LEVEL) -> StopTest:
    """Test one sequence of reviews; `is_complex` (n,) stands in the order in which the labels became known.

    Example:
        >>> stop_test(np.array([True] * 5), promise=0.05).stopped_after
        5
        >>> stop_test(np.array([True] * 4), promise=0.05).is_silent
        True
    """
    evidence = log_evidence(is_complex, promise)
    crossed = np.flatnonzero(evidence >= np.log(1 / level))
    now = float(evidence[-1]) if len(evidence) else 0.0
    return StopTest(now, int(crossed[0]) + 1 if len(crossed) else None)
