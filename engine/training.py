"""Train a case type, and measure its promise then and again: the one page on which all steps stand in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from config.case_type import CaseType
from engine.calibration import Calibrator
from engine.guarantee import Guarantee, Population, Promise
from engine.history import History
from engine.learning import Learnt, learn, scores_out_of_fold
from engine.material import Material, prepare
from engine.measures import auc, average_precision, brier, calibration_error
from engine.measuring import ScoredCases, Terms, figures_of, measure_promise, scored, share_of
from engine.trained import TrainedComplexity
from engine.training_report import GuaranteeFigures, TrainingReport

FIFTHS = 5


def train(
    case_type: CaseType,
    history: History,
    *,
    promise: Promise,
    population: Population = "could_draft",
    in_population: NDArray[np.bool_] | None = None,
    citizens: NDArray[np.object_] | None = None,
    attempt: int = 1,
    alarms: Sequence[str] = (),
    seed: int = 0,
) -> TrainedComplexity:
    """Learn the complexity of one case type and measure the promise; the same input gives the same bits.

    Args:
        in_population: (n,) cases that pass the gates rule, criteria, consent and outcome as published; None for
            all. Novel cases are taken out here.
        citizens: (n,) whose case each is, None where nobody says.
        attempt: the how-many-th test this is on these calibration cases, from 1.
        alarms: open alarms in words; each vetoes.

    Raises:
        RefusedError: a heavy case type.
        InputError: too few labelled cases, only one kind of case, or nothing to learn from.
    """
    material = prepare(case_type, history, citizens=citizens)
    learnt = learn(material, seed=seed)
    terms = Terms(promise, population, in_population, attempt, tuple(alarms))
    calibration, untouched = _judges(case_type, material, learnt, terms)
    guarantee = measure_promise(terms, material, learnt.out_of_fold, calibration, untouched)
    figures = figures_of(guarantee, calibration, untouched)
    return TrainedComplexity(
        case_type=case_type.key,
        features=learnt.features,
        classifier=learnt.classifier,
        tables=learnt.tables,
        calibrator=learnt.calibrator,
        novelty=learnt.novelty,
        settings=learnt.settings,
        seed=seed,
        cuts=material.cuts,
        guarantee=guarantee,
        report=_report(case_type, material, learnt, untouched, figures),
    )


def measure_again(
    trained: TrainedComplexity,
    case_type: CaseType,
    history: History,
    *,
    promise: Promise,
    population: Population,
    in_population: NDArray[np.bool_] | None = None,
    citizens: NDArray[np.object_] | None = None,
    attempt: int,
    alarms: Sequence[str] = (),
) -> tuple[Guarantee, GuaranteeFigures]:
    """Test the promise of a trained model for another population, or with newer untouched cases.

    The model, its cuts and its settings stay; arguments and errors are those of `train`. Scores out of fold are
    computed anew, so that no model file needs to hold anybody's label.
    """
    material = prepare(case_type, history, citizens=citizens, cuts=trained.cuts)
    terms = Terms(promise, population, in_population, attempt, tuple(alarms))
    calibration, untouched = _judges(case_type, material, trained, terms)
    names = [feature.field for feature in trained.features]
    learnt_from = material.labelled(material.split.learn)
    out_of_fold = scores_out_of_fold(learnt_from, names, trained.settings, seed=trained.seed)
    guarantee = measure_promise(terms, material, out_of_fold, calibration, untouched)
    return guarantee, figures_of(guarantee, calibration, untouched)


def _judges(
    case_type: CaseType, material: Material, model: Learnt | TrainedComplexity, terms: Terms
) -> tuple[ScoredCases, ScoredCases]:
    """The calibration cases and the untouched ones, scored."""
    calibrate, untouched = material.split.calibrate, material.split.untouched
    return scored(case_type, material, model, terms, calibrate), scored(
        case_type, material, model, terms, untouched
    )


def _report(
    case_type: CaseType, material: Material, learnt: Learnt, untouched: ScoredCases, figures: GuaranteeFigures
) -> TrainingReport:
    known = np.flatnonzero(material.labels.known)
    is_complex, weight = material.labels.is_complex[known], material.labels.weight[known]
    raw, happened, counts_for = untouched.raw, untouched.is_complex, untouched.weight
    complexity = learnt.calibrator.complexity(raw)
    fifths = zip(np.array_split(is_complex, FIFTHS), np.array_split(weight, FIFTHS), strict=True)
    return TrainingReport(
        case_type=case_type.key,
        cases=len(material.history),
        cases_labelled=len(known),
        base_rate=share_of(is_complex, weight) or 0.0,
        base_rate_by_fifth=tuple(share_of(part, its_weight) or 0.0 for part, its_weight in fifths),
        horizon_days=case_type.complexity.within_days if case_type.complexity else 0.0,
        features=tuple(feature.field for feature in learnt.features),
        left_out=learnt.left_out,
        auc=auc(raw, happened, counts_for),
        average_precision=average_precision(raw, happened, counts_for),
        brier=brier(complexity, happened, counts_for),
        calibration_error=calibration_error(complexity, happened, counts_for),
        guarantee=figures,
        settings=asdict(learnt.settings),
        false_alarms=learnt.novelty.false_alarms,
        holdout_novel_share=share_of(untouched.novel, counts_for),
        notes=_notes(material, learnt.calibrator),
    )


def _notes(material: Material, calibrator: Calibrator) -> tuple[str, ...]:
    notes = []
    if np.isnat(material.cuts[0]):
        notes.append("All labelled cases arrived at the same moment, so nothing later could judge the model.")
    if calibrator.is_level:
        notes.append(
            "On cases that the trees had not seen, higher scores did not mean more work: all get one complexity."
        )
    return tuple(notes)
