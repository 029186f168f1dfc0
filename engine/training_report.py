"""The figures of one training, as `train --json`, the model card and the record of the model tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class GroupFigures:
    """One group of the promise, counted on the untouched fifth; `n` calibration cases."""

    n: int
    threshold: float | None
    simple_share: float
    holdout_complex_share: float | None


@dataclass(frozen=True)
class GuaranteeFigures:
    """The promise and what it yields. `threshold` is a raw score; shares have all untouched cases below them.

    Attributes:
        simple_share: below the threshold and not novel; `simple_share_worked` leaves single-event cases out.
        groups: field -> value -> figures; the value "" stands for cases without one.
    """

    max_complex_share: float
    confidence: float
    population: str
    threshold: float | None
    reason: str | None
    simple_share: float
    simple_share_worked: float
    holdout_cases: int
    holdout_complex_share: float | None
    groups: Mapping[str, Mapping[str, GroupFigures]]


@dataclass(frozen=True)
class TrainingReport:
    """What `train --json` tells, but for the version that recording gives the model and the seconds it took.

    Attributes:
        auc, average_precision, brier, calibration_error: on the untouched fifth; None where it cannot tell.
        base_rate: share of complex among all labelled cases; `base_rate_by_fifth` in time order.
        left_out: field or derived candidate -> why it is no feature.
        settings: how the trees grew.
        false_alarms: share of the fit part's later window that novelty's earlier tables called novel.
        holdout_novel_share: share of the untouched fifth that is novel.
        notes: what else a reader should know, in sentences.
    """

    case_type: str
    cases: int
    cases_labelled: int
    base_rate: float
    base_rate_by_fifth: tuple[float, ...]
    horizon_days: float
    features: tuple[str, ...]
    left_out: Mapping[str, str]
    auc: float | None
    average_precision: float | None
    brier: float | None
    calibration_error: float | None
    guarantee: GuaranteeFigures
    settings: Mapping[str, float]
    false_alarms: float
    holdout_novel_share: float | None
    notes: tuple[str, ...] = ()

    def as_json(self, *, model_version: str | int, seconds: float) -> dict[str, Any]:
        """The document of `train --json`."""
        told = asdict(self)
        return {
            "case_type": told.pop("case_type"),
            "model_version": model_version,
            **told,
            "base_rate_by_fifth": list(self.base_rate_by_fifth),
            "features": list(self.features),
            "notes": list(self.notes),
            "seconds": seconds,
        }
