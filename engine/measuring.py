"""Measure the promise on scored cases: who is asked, what is proved, and what the untouched cases say to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import Column
from engine.contributions.exact import Contributions
from engine.encoding import encode
from engine.feature import Feature
from engine.groups import in_cell
from engine.guarantee import Evidence, FitScores, Guarantee, Population, Promise, Why, prove
from engine.material import Material
from engine.novelty import Novelty
from engine.splits import time_folds
from engine.training_report import GroupFigures, GuaranteeFigures

LABELS_CAME_TOO_LATE = Why(
    "Too few labels were known when the first calibration case arrived: {known} of the {fit} earlier cases. The "
    "model could be measured, but nothing can be proved."
)


class Scorer(Protocol):
    """What scoring labelled cases asks of a model, just learnt or trained long ago."""

    @property
    def features(self) -> tuple[Feature, ...]:
        """The model's input."""

    @property
    def tables(self) -> Contributions:
        """Raw scores."""

    @property
    def novelty(self) -> Novelty:
        """What is unlike the cases learnt from."""


@dataclass(frozen=True)
class Terms:
    """On which terms the promise is measured; see `train` for `in_population` (n,), `attempt` and `alarms`."""

    promise: Promise
    population: Population
    in_population: NDArray[np.bool_] | None = None
    attempt: int = 1
    alarms: tuple[str, ...] = ()

    def asks(self, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Which of the cases at `rows` belong to the population, novel or not."""
        return np.ones(len(rows), dtype=np.bool_) if self.in_population is None else self.in_population[rows]


@dataclass(frozen=True)
class ScoredCases:
    """n labelled cases with their raw scores, in time order.

    Attributes:
        in_population: (n,) the case passes the gates of the promise's population as published, and is not novel.
        novel: (n,) unlike the cases learnt from.
        weight: (n,) 1 / sampling probability.
        single_event: (n,) nothing was ever done on the case.
        groups: columns of the fields that the promise holds within.
    """

    raw: NDArray[np.float64]
    is_complex: NDArray[np.bool_]
    weight: NDArray[np.float64]
    novel: NDArray[np.bool_]
    in_population: NDArray[np.bool_]
    single_event: NDArray[np.bool_]
    groups: Mapping[str, Column]

    @property
    def evidence(self) -> Evidence:
        """The cases of the population, as the promise is tested on them."""
        return Evidence(self.raw, self.is_complex, self.weight, self.groups).take(self.in_population)


def scored(
    case_type: CaseType, material: Material, model: Scorer, terms: Terms, rows: NDArray[np.intp]
) -> ScoredCases:
    """The labelled cases at `rows` of the material, scored by the model."""
    cases, labels = material.labelled(rows), material.labels
    inputs = encode(model.features, cases.visible, cases.arrivals)
    _, raw = model.tables.contributions(inputs)
    novel = model.novelty.is_novel(inputs)
    declared = [name for name in terms.promise.also_within if name in case_type.fields]
    return ScoredCases(
        raw=raw,
        is_complex=cases.is_complex,
        weight=cases.weight,
        novel=novel,
        in_population=terms.asks(rows) & ~novel,
        single_event=labels.single_event[rows],
        groups={
            name: cases.visible.columns[name]
            for name in declared
            if name in cases.visible.columns and not case_type.fields[name].protected
        },
    )


def measure_promise(
    terms: Terms,
    material: Material,
    out_of_fold: NDArray[np.float64],
    calibration: ScoredCases,
    untouched: ScoredCases,
) -> Guarantee:
    """Test the promise on the population's calibration cases; its newest untouched cases can only veto.

    `out_of_fold` (n_learn,) fixes the start. Where labels came too late for the model, nothing is tested.
    """
    split, promise = material.split, terms.promise
    if not split.labels_were_known:
        in_time = material.history.arrivals[split.fit] + material.horizon <= material.cuts[0]
        why = Why(LABELS_CAME_TOO_LATE.sentence, {"known": int(in_time.sum()), "fit": len(split.fit)})
        level = promise.level(terms.attempt)
        return Guarantee(promise, terms.population, terms.attempt, level, (), promise.also_within, why)
    asked = terms.asks(split.learn)
    is_complex = material.labels.is_complex[split.learn]
    return prove(
        promise,
        fit=FitScores(out_of_fold[asked], is_complex[asked], time_folds(len(asked))[asked]),
        calibration=calibration.evidence,
        newest=untouched.evidence,
        population=terms.population,
        attempt=terms.attempt,
        alarms=terms.alarms,
    )


def figures_of(guarantee: Guarantee, calibration: ScoredCases, untouched: ScoredCases) -> GuaranteeFigures:
    """What the guarantee yields on the untouched cases, whatever gates other than novelty say."""
    simple = guarantee.below(untouched.raw, untouched.groups) & ~untouched.novel
    worked = ~untouched.single_event
    return GuaranteeFigures(
        max_complex_share=guarantee.promise.max_complex_share,
        confidence=guarantee.promise.confidence,
        population=guarantee.population,
        threshold=guarantee.threshold,
        reason=None if guarantee.why is None else str(guarantee.why),
        simple_share=share_of(simple, untouched.weight) or 0.0,
        simple_share_worked=share_of(simple[worked], untouched.weight[worked]) or 0.0,
        holdout_cases=len(untouched.raw),
        holdout_complex_share=share_of(untouched.is_complex[simple], untouched.weight[simple]),
        groups=_group_figures(guarantee, calibration, untouched, simple),
    )


def share_of(rows: NDArray[np.bool_], weight: NDArray[np.float64]) -> float | None:
    """Weighted share of the cases in which `rows` (n,) is true; None without cases."""
    return float(np.average(rows, weights=weight)) if len(rows) else None


def _group_figures(
    guarantee: Guarantee, calibration: ScoredCases, untouched: ScoredCases, simple: NDArray[np.bool_]
) -> dict[str, dict[str, GroupFigures]]:
    """Per field and value, over all cells of the promise that have the value; the lowest threshold of these."""
    figures: dict[str, dict[str, GroupFigures]] = {}
    for name, value in sorted({pair for group in guarantee.groups for pair in group.cell}, key=str):
        cell = ((name, value),)
        thresholds = [g.threshold for g in guarantee.groups if (name, value) in g.cell and g.threshold is not None]
        rows = in_cell(cell, untouched.groups, len(untouched.raw))
        drafted = rows & simple
        figures.setdefault(name, {})["" if value is None else str(value)] = GroupFigures(
            n=int((in_cell(cell, calibration.groups, len(calibration.raw)) & calibration.in_population).sum()),
            threshold=min(thresholds) if thresholds and guarantee.why is None else None,
            simple_share=share_of(simple[rows], untouched.weight[rows]) or 0.0,
            holdout_complex_share=share_of(untouched.is_complex[drafted], untouched.weight[drafted]),
        )
    return figures
