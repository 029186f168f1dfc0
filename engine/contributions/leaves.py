"""One leaf as a game: who of its path's features holds the case back, and what each is then worth.

Without the features outside a set S a case reaches the leaf with the share of training cases that take the
path's edges of those features (Lundberg et al. 2020, algorithm 1). A leaf's value v with path features 1..d is so
the game `v * prod(holds_j if j in S else share_j)`: its Shapley values depend on the case only through the d
truths `holds_j`. The tree's contributions are the sum over its leaves.
"""

from __future__ import annotations

from math import factorial

import numpy as np
from numpy.typing import NDArray


def leaf_shapley(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shapley values of a leaf of value 1, for each pattern of truths.

    With `e_k` the sum over the sets S of k other features of prod(holds in S) * prod(share outside S),
    `phi_j = (holds_j - share_j) * sum_k k! (d - k - 1)! / d! * e_k`. Only sums and products of non-negative
    numbers, so nothing cancels; no BLAS, so the bits are the same on every machine.

    Args:
        shares: (d,) in (0, 1]: the product of cover ratios over the path's edges of each feature.

    Returns:
        (d, 2**d); bit j of the pattern is set where the case meets all of the path's conditions on feature j.

    Example:
        >>> leaf_shapley(np.array([0.25])).tolist()
        [[-0.25, 0.75]]
    """
    d = len(shares)
    patterns = np.arange(2**d)
    holds = ((patterns >> np.arange(d)[:, None]) & 1).astype(np.float64)
    values = np.empty((d, 2**d))
    for j in range(d):
        coalitions = _sums_over_coalitions(np.delete(holds, j, axis=0), np.delete(shares, j))
        weighted = np.zeros(2**d)
        for size in range(d):
            weighted += factorial(size) * factorial(d - size - 1) / factorial(d) * coalitions[size]
        values[j] = (holds[j] - shares[j]) * weighted
    return values


def _sums_over_coalitions(holds: NDArray[np.float64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """`e_k` for k = 0..d, shape (d + 1, n_patterns): coefficients of prod(share_i + holds_i * t) in t."""
    sums = np.zeros((len(shares) + 1, holds.shape[1]))
    sums[0] = 1.0
    for number, (held, share) in enumerate(zip(holds, shares, strict=True), start=1):
        sums[1 : number + 1] = sums[1 : number + 1] * share + sums[:number] * held
        sums[0] *= share
    return sums
