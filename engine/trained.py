"""A trained complexity: everything that is needed to score cases, and nothing that is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from config.columns import Frame
from engine.arrivals import CaseFlow, with_derived
from engine.boosting import TreeSettings
from engine.calibration import Calibrator
from engine.contributions.exact import Contributions
from engine.encoding import encode
from engine.feature import Feature
from engine.guarantee import Guarantee
from engine.novelty import Novelty
from engine.training_report import TrainingReport

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingClassifier

__all__ = ["Feature", "Scores", "TrainedComplexity"]

ADDS_UP_WITHIN = 1e-6


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


@dataclass(frozen=True)
class TrainedComplexity:
    """A model of one case type and what was measured of it; `model_state` writes it as plain values.

    Attributes:
        case_type: key of the case type it was trained for.
        features: the p columns of the model's input, in order.
        settings, seed: how the trees grew.
        cuts: arrivals from which on a case calibrates, and stays untouched (NaT where all arrived at one moment).
        guarantee: the promise as measured at training; a later measuring does not change the model.
        report: the figures of `train --json`.
    """

    case_type: str
    features: tuple[Feature, ...]
    classifier: HistGradientBoostingClassifier
    tables: Contributions
    calibrator: Calibrator
    novelty: Novelty
    settings: TreeSettings
    seed: int
    cuts: tuple[np.datetime64, np.datetime64]
    guarantee: Guarantee
    report: TrainingReport

    @property
    def derived(self) -> tuple[str, ...]:
        """The features that are derived from the flow of cases."""
        return tuple(feature.field for feature in self.features if feature.is_derived)

    def inputs(
        self,
        visible: Frame,
        arrivals: NDArray[np.datetime64],
        *,
        flow: CaseFlow | None = None,
        citizens: NDArray[np.object_] | None = None,
    ) -> NDArray[np.float64]:
        """The model's input (n, p) of cases as `visible_to_model` shows them; it is stored with the assessment."""
        known = with_derived(visible, self.derived, flow, arrivals, citizens) if self.derived else visible
        return encode(self.features, known, arrivals)

    def score(self, inputs: NDArray[np.float64]) -> Scores:
        """Scores of n cases from their `inputs` (n, p); each case has the same bits alone and among a million."""
        contributions, raw = self.tables.contributions(inputs)
        gap = np.abs(contributions.sum(axis=1) + self.tables.base_value - raw)
        return Scores(
            raw=raw,
            complexity=self.calibrator.complexity(raw),
            contributions=contributions,
            base_value=self.tables.base_value,
            adds_up=gap <= ADDS_UP_WITHIN,
            novel=self.novelty.is_novel(inputs),
        )
