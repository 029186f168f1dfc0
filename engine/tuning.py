"""Choices made on rolling windows inside the fit part: how the trees grow, and which derived candidates stay."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.boosting import LabelledCases, TreeSettings, grow
from engine.measures import auc
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
MOST_MISSING_SHARE = 0.5


def choose_settings(
    cases: LabelledCases, names: Sequence[str], horizon: np.timedelta64, *, seed: int
) -> TreeSettings:
    """The most cautious settings whose mean AUC over later windows is within .002 of the best."""
    means = [_mean(window_aucs(cases, names, horizon, settings, seed=seed)) for settings in FROM_MOST_CAUTIOUS]
    good_enough = max(means) - AUC_WORTH_A_BOLDER_MODEL
    return next(s for s, mean in zip(FROM_MOST_CAUTIOUS, means, strict=True) if mean >= good_enough)


def choose_derived(
    cases: LabelledCases, names: Sequence[str], horizon: np.timedelta64, *, seed: int
) -> tuple[list[str], dict[str, str]]:
    """The derived candidates that raise the AUC on later windows, and for each other one why it was dropped.

    A candidate must gain .003 on average and lose on no window; on real logs most hurt under time order.
    """
    settings = TreeSettings()
    without = window_aucs(cases, names, horizon, settings, seed=seed)
    gains, dropped = {}, {}
    for candidate in sorted(cases.derived):
        if missing_later(cases, candidate) > MOST_MISSING_SHARE:
            dropped[candidate] = "missing in more than half of the later cases"
            continue
        gain = _gain(without, window_aucs(cases, [*names, candidate], horizon, settings, seed=seed))
        if gain >= AUC_WORTH_A_DERIVED_FEATURE:
            gains[candidate] = gain
        else:
            dropped[candidate] = "does not help on later cases"
    kept = sorted(gains)
    if len(kept) > 1:
        together = _gain(without, window_aucs(cases, [*names, *kept], horizon, settings, seed=seed))
        best = max(kept, key=lambda name: gains[name])
        if together < gains[best]:
            dropped |= {name: f"adds nothing to {best}" for name in kept if name != best}
            kept = [best]
    return kept, dropped


def window_aucs(
    cases: LabelledCases, names: Sequence[str], horizon: np.timedelta64, settings: TreeSettings, *, seed: int
) -> NDArray[np.float64]:
    """AUC on each later window of trees grown on what was known before it; NaN where a window has one kind."""
    aucs = []
    for earlier, later in rolling_windows(len(cases)):
        judged = cases.take(later)
        if len(judged) == 0:
            aucs.append(np.nan)
            continue
        past = known_before(cases.take(earlier), judged.arrivals[0], horizon)
        value = auc(grow(past, names, settings, seed=seed).raw(judged), judged.is_complex, judged.weight)
        aucs.append(np.nan if value is None else value)
    return np.array(aucs)


def known_before(cases: LabelledCases, when: np.datetime64, horizon: np.timedelta64) -> LabelledCases:
    """The cases whose labels were known at `when`; all of them where those are too few to learn from."""
    known = np.flatnonzero(cases.arrivals + horizon <= when)
    enough = len(known) >= max(FEWEST_KNOWN_CASES, FEWEST_KNOWN_SHARE * len(cases))
    return cases.take(known) if enough else cases


def missing_later(cases: LabelledCases, name: str) -> float:
    """Share of the newest quarter of the cases in which a candidate is missing."""
    newest = cases.visible.columns[name].missing[len(cases) * 3 // 4 :]
    return float(newest.mean()) if len(newest) else 1.0


def _mean(aucs: NDArray[np.float64]) -> float:
    return float(np.nanmean(aucs)) if not np.isnan(aucs).all() else 0.5


def _gain(without: NDArray[np.float64], with_it: NDArray[np.float64]) -> float:
    """Mean gain over the windows, or minus infinity where one of them loses."""
    gains = (with_it - without)[~np.isnan(with_it - without)]
    return float(gains.mean()) if len(gains) and gains.min() >= 0 else -np.inf
