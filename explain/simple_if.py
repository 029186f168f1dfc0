"""What would have made a case simple: the smallest change of facts that can change, tried on the model itself.

Only facts that the case type's file calls changeable are tried, only with values that training cases had, and only
where the case so changed is like those that the model has learnt from. It says what goes together with less work
among such cases, and is no promise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from config.case_type import CaseType
from engine.feature import Feature
from explain.ranking import grouped

MOST_CHANGES = 3
MOST_TRIED = 20_000
LEAST_GAIN = 0.05
"""Less than five cases of a hundred are not worth a sentence."""

Score = Callable[[NDArray[np.float64]], tuple[NDArray[np.float64], NDArray[np.bool_]]]
"""Complexity (n,) and novelty (n,) of cases with these inputs (n, p)."""


@dataclass(frozen=True)
class SimpleIf:
    """A change and what it goes together with.

    Attributes:
        changes: position of a feature -> the value it would have, as the model sees it.
        complexity: the complexity of the case so changed.
        is_enough: that is no more than was sought.
    """

    changes: Mapping[int, float]
    complexity: float
    is_enough: bool


def changeable(
    inputs: NDArray[np.float64], features: Sequence[Feature], case_type: CaseType
) -> dict[int, tuple[float, ...]]:
    """Position of each fact that can change -> the other values it could have, among those seen in training.

    A fact that nearly repeats another is left out, for it would not change alone; so is one that is hidden.
    """
    alone = {group[0] for group in grouped(features) if len(group) == 1}
    found = {}
    for position, feature in enumerate(features):
        declared = case_type.fields.get(feature.field)
        if declared is None or declared.protected or not declared.can_change or position not in alone:
            continue
        if np.isnan(inputs[position]) and declared.model_use != "always":
            continue
        values = tuple(one for one in values_seen(feature) if one != inputs[position])
        if values:
            found[position] = values
    return found


def values_seen(feature: Feature) -> tuple[float, ...]:
    """Values that training cases had: every word that is not rare, yes and no, the usual number; no dates.

    Example:
        >>> channel, single = Feature("channel", "category", levels=("a", "b", "c")), Feature("single", "boolean")
        >>> values_seen(channel), values_seen(single)
        ((0.0, 1.0, 2.0), (0.0, 1.0))
    """
    if feature.levels:
        return tuple(float(code) for code in range(len(feature.levels)))
    if feature.kind == "boolean":
        return (0.0, 1.0)
    is_number = feature.kind in ("number", "integer") and isinstance(feature.usual, float)
    return (float(feature.usual or 0.0),) if is_number else ()


def simplest_change(
    inputs: NDArray[np.float64],
    could_be: Mapping[int, Sequence[float]],
    score: Score,
    *,
    complexity: float,
    sought: float,
) -> SimpleIf | None:
    """The fewest changes of a case with these `inputs` (p,) that bring it from `complexity` down to `sought`.

    Where none is enough it is the one that goes together with least work; None where none gains five of a hundred.
    Of equals the first in the order of the features is taken.
    """
    best: SimpleIf | None = None
    for number in range(1, min(MOST_CHANGES, len(could_be)) + 1):
        changes = list(combined(could_be, number))[:MOST_TRIED]
        tried = np.repeat(inputs[np.newaxis], len(changes), axis=0)
        for row, change in enumerate(changes):
            tried[row, list(change)] = list(change.values())
        found, is_novel = score(tried)
        found = np.where(is_novel, np.inf, found)
        place = int(found.argmin())
        lowest = float(found[place])
        if lowest > (complexity if best is None else best.complexity) - LEAST_GAIN:
            continue
        best = SimpleIf(changes[place], lowest, is_enough=lowest <= sought)
        if best.is_enough:
            return best
    return best


def combined(could_be: Mapping[int, Sequence[float]], number: int) -> Iterator[dict[int, float]]:
    """Every way to change so many facts."""
    for places in combinations(could_be, number):
        for values in product(*(could_be[place] for place in places)):
            yield dict(zip(places, values, strict=True))
