"""Learn from the fit part alone: features that help, trees, probabilities and what counts as novel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from config.errors import InputError
from engine.boosting import LabelledCases, TreeSettings, grow, one_thread
from engine.calibration import Calibrator, calibrate
from engine.contributions.exact import Contributions, exact_contributions
from engine.contributions.oracle import check_against_shap
from engine.encoding import encode
from engine.feature import Feature
from engine.material import Material
from engine.novelty import Novelty, learn_novelty
from engine.siblings import with_siblings
from engine.splits import time_folds
from engine.tuning import choose_derived, choose_settings

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingClassifier

CASES_CHECKED_AGAINST_SHAP = 200


@dataclass(frozen=True)
class Learnt:
    """What the fit part taught.

    Attributes:
        out_of_fold: (n_learn,) raw score of each case learnt from, by trees that had not seen its time fold.
        left_out: derived candidates and fields that became no feature -> why.
    """

    features: tuple[Feature, ...]
    classifier: HistGradientBoostingClassifier
    tables: Contributions
    settings: TreeSettings
    calibrator: Calibrator
    novelty: Novelty
    out_of_fold: NDArray[np.float64]
    left_out: Mapping[str, str]


def learn(material: Material, *, seed: int) -> Learnt:
    """Choose features and settings on later windows inside the fit part, then learn from all of it.

    Raises:
        InputError: all cases are of one kind, or no field says anything.
        RefusedError: the tabulated contributions differ from shap's.
    """
    cases = material.labelled(material.split.learn)
    _refuse_one_kind(cases)
    kept, dropped = choose_derived(cases, material.names, material.horizon, seed=seed)
    names = [*material.names, *kept]
    settings = choose_settings(cases, names, material.horizon, seed=seed)
    grown = grow(cases, names, settings, seed=seed)
    _, empty = cases.features(names)
    left_out = {**material.left_out, **empty, **dropped}
    if grown.classifier is None:
        raise InputError(f"no field is left to learn from: {_in_words(left_out)}; declare facts known at intake")
    out_of_fold = scores_out_of_fold(cases, names, settings, seed=seed)
    tables = exact_contributions(grown.classifier)
    sample = np.linspace(0, len(cases) - 1, min(len(cases), CASES_CHECKED_AGAINST_SHAP)).astype(np.intp)
    some = cases.take(sample)
    with one_thread():
        check_against_shap(tables, grown.classifier, encode(grown.features, some.visible, some.arrivals))
    return Learnt(
        features=with_siblings(grown.features, encode(grown.features, cases.visible, cases.arrivals)),
        classifier=grown.classifier,
        tables=tables,
        settings=settings,
        calibrator=calibrate(out_of_fold, cases.is_complex, cases.weight),
        novelty=learn_novelty(cases, grown.features),
        out_of_fold=out_of_fold,
        left_out=left_out,
    )


def scores_out_of_fold(
    cases: LabelledCases, names: Sequence[str], settings: TreeSettings, *, seed: int
) -> NDArray[np.float64]:
    """Shape (n,): each case's raw score by trees grown without its contiguous time fold."""
    fold, raw = time_folds(len(cases)), np.empty(len(cases))
    for number in np.unique(fold):
        held_out, others = np.flatnonzero(fold == number), np.flatnonzero(fold != number)
        raw[held_out] = grow(cases.take(others), names, settings, seed=seed).raw(cases.take(held_out))
    return raw


def _refuse_one_kind(cases: LabelledCases) -> None:
    complex_cases = int(cases.is_complex.sum())
    if complex_cases in {0, len(cases)}:
        kind, change = ("complex", "raise") if complex_cases else ("simple", "lower")
        raise InputError(
            f"all {len(cases)} cases to learn from are {kind}, so there is nothing to tell apart; "
            f"{change} the thresholds of `complexity` in the case type"
        )


def _in_words(left_out: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {why}" for name, why in left_out.items()) or "the case type declares none"
