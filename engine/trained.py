"""A trained complexity: everything that is needed to score cases, and nothing that is not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from config.columns import Kind


@dataclass(frozen=True)
class Feature:
    """One column of the model's input. A date enters as days from arrival, a category as ordinal codes.

    Attributes:
        field: the case type's field, or the derived feature's own name (`is_derived`).
        levels: the words behind the codes 0..len-1 of a category; rare and unseen levels share one more code.
        usual: median of a number, commonest word of a category, in training cases; None where all are missing.
        usual_share: share of training cases with the usual word; None for a number.
    """

    field: str
    kind: Kind
    levels: tuple[str, ...] = ()
    usual: float | str | None = None
    usual_share: float | None = None
    is_derived: bool = False


@dataclass(frozen=True)
class Scores:
    """Scores of n cases on p features. `contributions.sum(1) + base_value == raw` within 1e-6 where `adds_up`.

    Attributes:
        raw: (n,) log-odds as the trees give it; the threshold of the promise compares with this.
        complexity: (n,) calibrated probability.
        contributions: (n, p) exact Shapley values in log-odds.
        novel: (n,) bool: unlike the cases the model has learnt from.
    """

    raw: NDArray[np.float64]
    complexity: NDArray[np.float64]
    contributions: NDArray[np.float64]
    base_value: float
    adds_up: NDArray[np.bool_]
    novel: NDArray[np.bool_]
