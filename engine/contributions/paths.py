"""The way from the root to each leaf, as conditions on binned values: the form in which a case meets a tree.

A value's bin is the number of the model's thresholds on that feature that lie below it, so `value <= threshold k`
is `bin <= k`, exactly. A missing value has no bin, and goes with
the side that each split gives it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.contributions.trees import Ensemble, Tree


@dataclass(frozen=True)
class Condition:
    """A feature's bin lies in `low..high`, or the value is missing and `missing` says that it may be.

    Attributes:
        low, high: bins, both included; where low > high only a missing value can hold.
    """

    feature: int
    low: int
    high: int
    missing: bool

    def __and__(self, other: Condition) -> Condition:
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Condition(self.feature, low, high, self.missing and other.missing)


@dataclass(frozen=True)
class Step:
    """One edge of a path: at a split, to the left or not, as `share` of the training cases there did."""

    split: Condition
    to_left: bool
    last_bin: int
    share: float

    @property
    def condition(self) -> Condition:
        """What a case must meet to take this edge."""
        if self.to_left:
            return self.split
        return Condition(self.split.feature, self.split.high + 1, self.last_bin, not self.split.missing)


@dataclass(frozen=True)
class Path:
    """The steps from the root to one leaf, and what the leaf adds."""

    steps: tuple[Step, ...]
    value: float

    @property
    def features(self) -> list[int]:
        """The distinct features on the path, ascending."""
        return sorted({step.split.feature for step in self.steps})

    def share(self, feature: int) -> float:
        """Share of training cases that take all of the path's edges of `feature`."""
        return float(np.prod([step.share for step in self.steps if step.split.feature == feature]))


def thresholds_by_feature(ensemble: Ensemble) -> list[NDArray[np.float64]]:
    """For each feature the model's distinct thresholds, ascending; equal splits of several trees share one."""
    found: list[set[float]] = [set() for _ in range(ensemble.n_features)]
    for tree in ensemble.trees:
        for feature, threshold in zip(tree.feature.tolist(), tree.threshold.tolist(), strict=True):
            if feature >= 0:
                found[feature].add(threshold)
    return [np.array(sorted(of_feature), dtype=np.float64) for of_feature in found]


def leaf_paths(tree: Tree, thresholds: list[NDArray[np.float64]]) -> list[Path]:
    """The tree's leaves from left to right, each with the way to it."""
    paths: list[Path] = []
    waiting: list[tuple[int, tuple[Step, ...]]] = [(0, ())]
    while waiting:
        node, steps = waiting.pop()
        if tree.is_leaf(node):
            paths.append(Path(steps, float(tree.value[node])))
            continue
        feature = int(tree.feature[node])
        number = int(np.searchsorted(thresholds[feature], tree.threshold[node]))
        split = Condition(feature, 0, number, bool(tree.missing_left[node]))
        for child, to_left in ((int(tree.right[node]), False), (int(tree.left[node]), True)):
            share = float(tree.cases[child] / tree.cases[node])
            waiting.append((child, (*steps, Step(split, to_left, len(thresholds[feature]), share))))
    return paths
