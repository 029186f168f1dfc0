"""Choices made on rolling windows inside the fit part: how the trees grow, and which derived candidates stay."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from engine.boosting import LabelledCases, TreeSettings, grow
from engine.left_out import MISSING_LATER, NO_HELP
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
LEVEL_FOR_DERIVED = 0.05
WINDOWS_FOR_SETTINGS = 3
WINDOWS_FOR_DERIVED = 5
FEWEST_WINDOWS = 3
MOST_MISSING_SHARE = 0.5


def choose_settings(
    cases: LabelledCases, names: Sequence[str], horizon: np.timedelta64, *, seed: int
) -> TreeSettings:
    """The most cautious settings, or bolder ones whose AUC on later windows is surely above what they replace."""
    windows = later_windows(cases, horizon, WINDOWS_FOR_SETTINGS)
    chosen, *bolder = FROM_MOST_CAUTIOUS
    current = scores_on(windows, names, chosen, seed=seed)
    for settings in bolder:
        scores = scores_on(windows, names, settings, seed=seed)
        gain, error = mean_gain(windows, current, scores)
        if gain >= max(AUC_WORTH_A_BOLDER_MODEL, STANDARD_ERRORS * error):
            chosen, current = settings, scores
    return chosen


def choose_derived(
    cases: LabelledCases, names: Sequence[str], horizon: np.timedelta64, *, seed: int
) -> tuple[list[str], dict[str, str]]:
    """The derived candidates that raise the AUC on later windows, and for each other one why it was dropped.

    The best stays, and the next while it still adds. Cases of one week share their load, so the windows, not the
    cases, are what a gain is tested on, at a level shared among the candidates: on real logs most hurt later.
    """
    windows = later_windows(cases, horizon, WINDOWS_FOR_DERIVED)
    dropped = {name: MISSING_LATER for name in cases.derived if missing_later(cases, name) > MOST_MISSING_SHARE}
    left = sorted(cases.derived - set(dropped))
    kept: list[str] = []
    current = window_aucs(windows, names, seed=seed)
    while left:
        trials = {name: window_aucs(windows, [*names, *kept, name], seed=seed) for name in left}
        helping = [name for name in left if surely_helps(trials[name] - current, len(cases.derived))]
        if not helping:
            break
        best = max(helping, key=lambda name: float(trials[name].mean()))
        kept.append(best)
        current, left = trials[best], [name for name in helping if name != best]
    return kept, dropped | dict.fromkeys(sorted(cases.derived - set(kept) - set(dropped)), NO_HELP)


def surely_helps(gains: NDArray[np.float64], candidates: int) -> bool:
    """Whether the mean gain over windows (k,) is worth it and passes Student's one-sided test at .05 / candidates.

    Example:
        >>> surely_helps(np.array([0.04, 0.05, 0.05, 0.04, 0.06]), 8), surely_helps(np.array([0.1, 0.0, 0.02]), 8)
        (True, False)
    """
    if len(gains) < FEWEST_WINDOWS or gains.mean() < AUC_WORTH_A_DERIVED_FEATURE:
        return False
    error = float(gains.std(ddof=1)) / np.sqrt(len(gains))
    return bool(gains.mean() >= error * stats.t.ppf(1 - LEVEL_FOR_DERIVED / candidates, len(gains) - 1))


Windows = Sequence[tuple[LabelledCases, LabelledCases]]


def later_windows(cases: LabelledCases, horizon: np.timedelta64, number: int) -> Windows:
    """Pairs (what was known before, what came then), for each window in which both kinds of case came."""
    windows = []
    for earlier, later in rolling_windows(len(cases), number):
        judged = cases.take(later)
        if 0 < judged.is_complex.sum() < len(judged):
            windows.append((known_before(cases.take(earlier), judged.arrivals[0], horizon), judged))
    return windows


def scores_on(
    windows: Windows, names: Sequence[str], settings: TreeSettings, *, seed: int
) -> list[NDArray[np.float64]]:
    """Raw scores of each window's cases by trees grown on what was known before."""
    return [grow(past, names, settings, seed=seed).raw(judged) for past, judged in windows]


def window_aucs(windows: Windows, names: Sequence[str], *, seed: int) -> NDArray[np.float64]:
    """AUC on each window with the usual settings."""
    scores = scores_on(windows, names, TreeSettings(), seed=seed)
    judged = [auc(raw, later.is_complex, later.weight) for raw, (_, later) in zip(scores, windows, strict=True)]
    return np.array([value for value in judged if value is not None])


def mean_gain(
    windows: Windows, without: Sequence[NDArray[np.float64]], with_it: Sequence[NDArray[np.float64]]
) -> tuple[float, float]:
    """Mean gain in AUC over the windows and its standard error; (0, infinity) without a window."""
    pairs = zip(with_it, without, windows, strict=True)
    told = [auc_difference(more, less, judged.is_complex) for more, less, (_, judged) in pairs]
    differences = np.array([difference for difference in told if difference is not None]).reshape(-1, 2)
    if not len(differences):
        return 0.0, np.inf
    error = float(np.sqrt((differences[:, 1] ** 2).sum())) / len(differences)
    return float(differences[:, 0].mean()), error


def known_before(cases: LabelledCases, when: np.datetime64, horizon: np.timedelta64) -> LabelledCases:
    """The cases whose labels were known at `when`; all of them where those are too few to learn from."""
    known = np.flatnonzero(cases.arrivals + horizon <= when)
    enough = len(known) >= max(FEWEST_KNOWN_CASES, FEWEST_KNOWN_SHARE * len(cases))
    return cases.take(known) if enough else cases


def missing_later(cases: LabelledCases, name: str) -> float:
    """Share of the newest quarter of the cases in which a candidate is missing."""
    newest = cases.visible.columns[name].missing[len(cases) * 3 // 4 :]
    return float(newest.mean()) if len(newest) else 1.0
