"""Which features make reasons, strongest first: the same arithmetic for one case and for a million."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.feature import Feature


@dataclass(frozen=True)
class Ranked:
    """The reasons of n cases in numbers; sibling features are summed to G groups.

    Attributes:
        groups: positions of the features in each group.
        sums: (n, G) log-odds of each group.
        lead: (n, G) position of the feature that weighs most in the group.
        named: (n, k) groups, strongest first; -1 where fewer than k do anything.
        remainder: (n,) log-odds of all that is not named.
        others: (n,) how many features that is.
    """

    groups: tuple[tuple[int, ...], ...]
    sums: NDArray[np.float64]
    lead: NDArray[np.intp]
    named: NDArray[np.intp]
    remainder: NDArray[np.float64]
    others: NDArray[np.intp]


def grouped(features: Sequence[Feature]) -> tuple[tuple[int, ...], ...]:
    """Positions of the features that make one reason each: siblings do, in the order they first appear."""
    places: dict[str, list[int]] = {}
    for position, feature in enumerate(features):
        places.setdefault(feature.sibling_of or feature.field, []).append(position)
    return tuple(tuple(group) for group in places.values())


def ranked(contributions: NDArray[np.float64], groups: tuple[tuple[int, ...], ...], most: int) -> Ranked:
    """Rank the groups of n cases; `contributions` is (n, p). Sums are taken from left to right, so they are exact
    to the bit whatever else is in the frame; of equals the first named field comes first.
    """
    n_cases = len(contributions)
    sums = np.zeros((n_cases, len(groups)))
    lead = np.zeros((n_cases, len(groups)), dtype=np.intp)
    for number, group in enumerate(groups):
        for position in group:
            sums[:, number] += contributions[:, position]
        strongest = np.abs(contributions[:, list(group)]).argmax(axis=1)
        lead[:, number] = np.array(group, dtype=np.intp)[strongest]
    order = np.argsort(-np.abs(sums), axis=1, kind="stable")[:, :most]
    does_something = np.take_along_axis(sums, order, axis=1) != 0.0
    is_named = np.zeros(sums.shape, dtype=np.bool_)
    np.put_along_axis(is_named, order, does_something, axis=1)
    remainder, others = np.zeros(n_cases), np.zeros(n_cases, dtype=np.intp)
    for number, group in enumerate(groups):
        remainder += np.where(is_named[:, number], 0.0, sums[:, number])
        others += np.where(is_named[:, number], 0, len(group))
    return Ranked(groups, sums, lead, np.where(does_something, order, -1), remainder, others)
