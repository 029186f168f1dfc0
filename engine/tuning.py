"""Choices made on rolling windows inside the fit part: how the trees grow, and which derived candidates stay."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.boosting import LabelledCases, TreeSettings, grow
from engine.measures import auc, auc_difference
from engine.splits import FEWEST_KNOWN_CASES, FEWEST_KNOWN_SHARE, rolling_windows

FROM_MOST_CAUTIOUS: tuple[TreeSettings, ...] = (
    TreeSettings(trees=40, learning_rate=0.05, leaf_cases=80, l2=20.0),
    TreeSettings(trees=80, learning_rate=0.05, leaf_cases=40, l2=5.0),
    TreeSettings(trees=80, learning_rate=0.1, leaf_cases=40, l2=5.0),
    TreeSettings(trees=150, learning_rate=0.05, leaf_cases=20, l2=1.0),
    TreeSettings(trees=150, learning_rate=0.1, leaf_cases=20, l2=1.0),
)
AUC_WORTH_A_BOLDER_MODEL = 0.002
AUC_WORTH_A_DERIVED_FEATURE = 0.003
STANDARD_ERRORS = 2.0
MOST_MISSING_SHARE = 0.5
MISSING = "missing in more than half of the later cases"
NO_HELP = "does not help on later cases"


def choose_settings(
    cases: LabelledCases, names: Sequence[str], horizon: np.timedelta64, *, seed: int
) -> TreeSettings:
    """The most cautious settings whose mean AUC over later windows is within .002 of the best."""
    windows = later_windows(cases, horizon)
    means = [mean_auc(windows, scores_on(windows, names, one, seed=seed)) for one in FROM_MOST_CAUTIOUS]
    good_enough = max(means) - AUC_WORTH_A_BOLDER_MODEL
    return next(s for s, mean in zip(FROM_MOST_CAUTIOUS, means, strict=True) if mean >= good_enough)


def choose_derived(
    cases: LabelledCases, names: Sequence[str], horizon: np.timedelta64, *, seed: int
) -> tuple[list[str], dict[str, str]]:
    """The derived candidates that raise the AUC on later windows, and for each other one why it was dropped.

    A candidate must gain .003 and two standard errors: of eight, one or the other helps by chance, and on real logs
    most hurt under time order. Of those that do, the best stays, and the next while it still adds.
    """
    windows = later_windows(cases, horizon)
    dropped = {name: MISSING for name in cases.derived if missing_later(cases, name) > MOST_MISSING_SHARE}
    kept: list[str] = []
    current = scores_on(windows, names, TreeSettings(), seed=seed)
    while left := sorted(cases.derived - set(kept) - set(dropped)):
        trials = {name: scores_on(windows, [*names, *kept, name], TreeSettings(), seed=seed) for name in left}
        gains = {name: sure_gain(windows, current, scores) for name, scores in trials.items()}
        best = max(left, key=lambda name: gains[name])
        if gains[best] < AUC_WORTH_A_DERIVED_FEATURE:
            dropped |= dict.fromkeys(left, NO_HELP)
            break
        kept.append(best)
        current = trials[best]
        dropped |= {name: NO_HELP for name in left if gains[name] < AUC_WORTH_A_DERIVED_FEATURE}
    return kept, dropped


def later_windows(cases: LabelledCases, horizon: np.timedelta64) -> list[tuple[LabelledCases, LabelledCases]]:
    """Pairs (what was known before, what came then), for each window in which both kinds of case came."""
    windows = []
    for earlier, later in rolling_windows(len(cases)):
        judged = cases.take(later)
        if 0 < judged.is_complex.sum() < len(judged):
            windows.append((known_before(cases.take(earlier), judged.arrivals[0], horizon), judged))
    return windows


def scores_on(
    windows: Sequence[tuple[LabelledCases, LabelledCases]],
    names: Sequence[str],
    settings: TreeSettings,
    *,
    seed: int,
) -> list[NDArray[np.float64]]:
    """Raw scores of each window's cases by trees grown on what was known before."""
    return [grow(past, names, settings, seed=seed).raw(judged) for past, judged in windows]


def mean_auc(
    windows: Sequence[tuple[LabelledCases, LabelledCases]], scores: Sequence[NDArray[np.float64]]
) -> float:
    """Mean AUC over the windows; .5 where there is none to judge by."""
    aucs = [auc(raw, judged.is_complex, judged.weight) for raw, (_, judged) in zip(scores, windows, strict=True)]
    return float(np.mean([value for value in aucs if value is not None])) if aucs else 0.5


def sure_gain(
    windows: Sequence[tuple[LabelledCases, LabelledCases]],
    without: Sequence[NDArray[np.float64]],
    with_it: Sequence[NDArray[np.float64]],
) -> float:
    """Mean gain in AUC over the windows, minus infinity where it is below two standard errors."""
    pairs = zip(with_it, without, windows, strict=True)
    told = [auc_difference(more, less, judged.is_complex) for more, less, (_, judged) in pairs]
    differences = np.array([difference for difference in told if difference is not None]).reshape(-1, 2)
    if not len(differences):
        return -np.inf
    gain = float(differences[:, 0].mean())
    error = float(np.sqrt((differences[:, 1] ** 2).sum())) / len(differences)
    return gain if gain >= STANDARD_ERRORS * error else -np.inf


def known_before(cases: LabelledCases, when: np.datetime64, horizon: np.timedelta64) -> LabelledCases:
    """The cases whose labels were known at `when`; all of them where those are too few to learn from."""
    known = np.flatnonzero(cases.arrivals + horizon <= when)
    enough = len(known) >= max(FEWEST_KNOWN_CASES, FEWEST_KNOWN_SHARE * len(cases))
    return cases.take(known) if enough else cases


def missing_later(cases: LabelledCases, name: str) -> float:
    """Share of the newest quarter of the cases in which a candidate is missing."""
    newest = cases.visible.columns[name].missing[len(cases) * 3 // 4 :]
    return float(newest.mean()) if len(newest) else 1.0
