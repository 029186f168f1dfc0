"""Small boosted trees on the encoded facts, the same bits every time they are grown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from config.columns import Frame
from engine.encoding import days_since_1970, encode
from engine.feature import Feature
from engine.features import learn_features

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingClassifier

LEAVES = 8
MOST_TREE_WEIGHT = 5.0
"""Would-be drafts stand for many, but a tree that leans on few cases overfits them."""


@dataclass(frozen=True)
class TreeSettings:
    """What tuning chooses. A leaf holds at least `leaf_cases` cases; `l2` shrinks its value."""

    trees: int = 80
    learning_rate: float = 0.1
    leaf_cases: int = 40
    l2: float = 5.0


@dataclass(frozen=True)
class LabelledCases:
    """n labelled cases in time order: facts as the model may see them, derived candidates included.

    Attributes:
        visible: the masked facts.
        weight: (n,) 1 / sampling probability.
        derived: which columns of `visible` are derived candidates.
    """

    visible: Frame
    arrivals: NDArray[np.datetime64]
    is_complex: NDArray[np.bool_]
    weight: NDArray[np.float64]
    derived: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.visible)

    def take(self, rows: NDArray[np.intp] | slice) -> LabelledCases:
        """The rows named, in that order."""
        return LabelledCases(
            self.visible.take(rows), self.arrivals[rows], self.is_complex[rows], self.weight[rows], self.derived
        )

    def features(self, names: Sequence[str]) -> tuple[tuple[Feature, ...], dict[str, str]]:
        """What these cases say about the fields named; see `learn_features`."""
        return learn_features(names, self.visible, days_since_1970(self.arrivals), self.derived)


@dataclass(frozen=True)
class Grown:
    """Trees and the encoding they were grown on; without a classifier every case gets the raw score `level`."""

    features: tuple[Feature, ...]
    classifier: HistGradientBoostingClassifier | None
    level: float

    def raw(self, cases: LabelledCases) -> NDArray[np.float64]:
        """Shape (n,): log-odds of the cases."""
        if self.classifier is None:
            return np.full(len(cases), self.level)
        with one_thread():
            inputs = encode(self.features, cases.visible, cases.arrivals)
            return np.asarray(self.classifier.decision_function(inputs))


def grow(cases: LabelledCases, names: Sequence[str], settings: TreeSettings, *, seed: int) -> Grown:
    """Learn words and trees from these cases alone; one kind of case, or no field, gives a level score."""
    features, _ = cases.features(names)
    complex_cases = int(cases.is_complex.sum())
    level = float(np.log((complex_cases + 1) / (len(cases) - complex_cases + 1)))
    if not features or complex_cases in {0, len(cases)}:
        return Grown(features, None, level)
    inputs = encode(features, cases.visible, cases.arrivals)
    return Grown(features, grow_trees(inputs, cases.is_complex, cases.weight, settings, seed=seed), level)


def grow_trees(
    inputs: NDArray[np.float64],
    is_complex: NDArray[np.bool_],
    weight: NDArray[np.float64],
    settings: TreeSettings,
    *,
    seed: int,
) -> HistGradientBoostingClassifier:
    """Trees on inputs (n, p), on one thread: sums over several threads would differ in the last bits."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    classifier = HistGradientBoostingClassifier(
        max_iter=settings.trees,
        learning_rate=settings.learning_rate,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=settings.leaf_cases,
        l2_regularization=settings.l2,
        categorical_features=None,
        early_stopping=False,
        random_state=seed,
    )
    clipped = None if (weight == 1).all() else np.minimum(weight, MOST_TREE_WEIGHT)
    with one_thread():
        return classifier.fit(inputs, is_complex, sample_weight=clipped)


@contextmanager
def one_thread() -> Iterator[None]:
    """OpenMP on one thread inside the block."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1, user_api="openmp"):
        yield
