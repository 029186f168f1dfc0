"""Features that say nearly the same, so that people are given one reason for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from engine.feature import Feature

SAME_ABOVE = 0.9
"""Absolute rank correlation (Spearman) above which two features make one reason."""
FEWEST_TOGETHER = 30


def with_siblings(features: Sequence[Feature], inputs: NDArray[np.float64]) -> tuple[Feature, ...]:
    """The features, each naming the first one that it says nearly the same as, over any number of steps.

    `inputs` (n, p) is the model's input of the cases it learns from; two features are compared on the cases that
    have both, if these are at least `FEWEST_TOGETHER`.

    Example:
        >>> random = np.random.default_rng(0)
        >>> due = random.normal(size=100)
        >>> inputs = np.column_stack([due, random.normal(size=100), -due])
        >>> [one.sibling_of for one in with_siblings([Feature(n, "number") for n in "abc"], inputs)]
        [None, None, 'a']
    """
    table = pd.DataFrame(inputs)
    likeness = table.corr(method="spearman", min_periods=FEWEST_TOGETHER).abs().to_numpy() > SAME_ABOVE
    first = list(range(len(features)))
    for later in range(len(features)):
        for earlier in range(later):
            if likeness[later, earlier]:
                joined = {first[later], first[earlier]}
                first = [min(joined) if group in joined else group for group in first]
    return tuple(
        replace(feature, sibling_of=None if first[position] == position else features[first[position]].field)
        for position, feature in enumerate(features)
    )
