"""Unlike what was learnt from: words never seen, values out of range, pairs that never met; by look-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from engine.boosting import LabelledCases
from engine.encoding import encode
from engine.feature import Feature

MOST_FALSE_ALARMS = 0.05
FALSE_ALARMS_FROM_RANGES = 0.025
EARLY_SHARE = 0.75
EXPECTED_TOGETHER = (8.0, 16.0, 32.0, 64.0)
"""Two words that chance alone would bring together so often, and that never met, are a novel pair."""
MOST_PAIRS = 12
CASES_IN_A_BLOCK = 4096


@dataclass(frozen=True)
class Pair:
    """Two features, and which of their codes never met: `never_met` is (codes of first + 1, codes of second + 1).

    The last row and column, to which a missing or unseen word points, are all False.
    """

    first: int
    second: int
    never_met: NDArray[np.bool_]


@dataclass(frozen=True)
class Novelty:
    """Look-up tables over the model's input of p features.

    Attributes:
        low, high: (p,) a value below or above is novel; for a category `high` is the code of rare words.
        may_be_missing: (p,) whether a training case lacked the value; if none did, a case that lacks it is novel,
            because the model never learnt what its absence means.
        false_alarms: share of the fit part's later window that the earlier part's tables called novel.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    may_be_missing: NDArray[np.bool_]
    pairs: tuple[Pair, ...]
    false_alarms: float

    def is_novel(self, inputs: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Shape (n,): the case in this row of `inputs` (n, p) is novel."""
        novel = np.empty(len(inputs), dtype=np.bool_)
        for start in range(0, len(inputs), CASES_IN_A_BLOCK):
            block = slice(start, start + CASES_IN_A_BLOCK)
            novel[block] = self._is_novel(inputs[block])
        return novel

    def _is_novel(self, inputs: NDArray[np.float64]) -> NDArray[np.bool_]:
        outside = (inputs < self.low) | (inputs > self.high)
        outside |= np.isnan(inputs) & ~self.may_be_missing
        novel = np.asarray(outside.any(axis=1))
        for pair in self.pairs:
            first = _codes(inputs[:, pair.first], pair.never_met.shape[0] - 1)
            second = _codes(inputs[:, pair.second], pair.never_met.shape[1] - 1)
            novel |= pair.never_met[first, second]
        return novel


def learn_novelty(cases: LabelledCases, features: Sequence[Feature]) -> Novelty:
    """Tables from all training cases, with margins that the later quarter of them showed to be needed.

    The earlier three quarters say what is usual, the later quarter how far values grow: margins leave at most
    2.5 % false alarms there, and pairs are asked for more evidence until all together raise at most 5 %. An unseen
    word always counts, so where new words keep coming `false_alarms` is above that, and says so.
    """
    inputs = encode(features, cases.visible, cases.arrivals)
    if len(cases) < 8:
        return _tables(inputs, features, np.zeros((2, len(features))), np.inf, 0.0)
    cut = int(EARLY_SHARE * len(cases))
    earlier, later = cases.take(slice(0, cut)), cases.take(slice(cut, None))
    kept, _ = earlier.features([feature.field for feature in features])
    past, coming = (encode(kept, part.visible, part.arrivals) for part in (earlier, later))
    margins = _margins(past, coming, kept)
    alarms, expected = 0.0, np.inf
    for expected in (*EXPECTED_TOGETHER, np.inf):
        alarms = float(_tables(past, kept, margins, expected, 0.0).is_novel(coming).mean())
        if alarms <= MOST_FALSE_ALARMS:
            break
    place = {feature.field: position for position, feature in enumerate(kept)}
    at = [place.get(feature.field) for feature in features]
    wide = np.array([[0.0 if p is None else margins[side, p] for p in at] for side in (0, 1)])
    return _tables(inputs, features, wide.reshape(2, len(features)), expected, alarms)


def _tables(
    inputs: NDArray[np.float64],
    features: Sequence[Feature],
    margins: NDArray[np.float64],
    expected_together: float,
    false_alarms: float,
) -> Novelty:
    low, high = _seen_range(inputs, features)
    may_be_missing = np.isnan(inputs).any(axis=0) | np.array([f.is_derived for f in features], dtype=np.bool_)
    pairs = _pairs(inputs, features, expected_together)
    return Novelty(low - margins[0], high + margins[1], may_be_missing, pairs, false_alarms)


def _seen_range(
    inputs: NDArray[np.float64], features: Sequence[Feature]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lowest and highest value (p,) that is not novel. How busy the office was is never novel about a case."""
    low, high = np.full(len(features), -np.inf), np.full(len(features), np.inf)
    for position, feature in enumerate(features):
        if feature.levels:
            high[position] = feature.rare_code
        elif not feature.is_derived and not np.isnan(inputs[:, position]).all():
            low[position] = np.nanmin(inputs[:, position])
            high[position] = np.nanmax(inputs[:, position])
    return low, high


def _margins(
    past: NDArray[np.float64], coming: NDArray[np.float64], features: Sequence[Feature]
) -> NDArray[np.float64]:
    """Shape (2, p): how far below and above the past range values must be let, 0 where nothing grew."""
    low, high = _seen_range(past, features)
    sides = 2 * sum(not feature.levels for feature in features)
    margins = np.zeros((2, len(features)))
    for position, feature in enumerate(features):
        values = coming[:, position][~np.isnan(coming[:, position])]
        if feature.levels or not len(values):
            continue
        allowed = int(FALSE_ALARMS_FROM_RANGES / sides * len(coming))
        for side, beyond in enumerate((low[position] - values, values - high[position])):
            if allowed < len(beyond):
                margins[side, position] = max(0.0, np.sort(beyond)[-1 - allowed])
    return np.where(np.isfinite(margins), margins, 0.0)


def _pairs(inputs: NDArray[np.float64], features: Sequence[Feature], expected_together: float) -> tuple[Pair, ...]:
    coded = [p for p, f in enumerate(features) if (f.levels or f.kind == "boolean") and not f.many_levels]
    found = []
    for first, second in combinations(coded if np.isfinite(expected_together) else [], 2):
        sizes = [len(features[p].levels) + 1 if features[p].levels else 2 for p in (first, second)]
        rows, columns = _codes(inputs[:, first], sizes[0]), _codes(inputs[:, second], sizes[1])
        met = np.zeros((sizes[0] + 1, sizes[1] + 1))
        np.add.at(met, (rows, columns), 1)
        chance = met.sum(axis=1, keepdims=True) * met.sum(axis=0, keepdims=True) / max(len(inputs), 1)
        never_met = (met == 0) & (chance >= expected_together)
        never_met[-1, :] = never_met[:, -1] = False
        if never_met.any():
            found.append((float(chance[never_met].sum()), Pair(first, second, never_met)))
    found.sort(key=lambda item: (-item[0], item[1].first, item[1].second))
    return tuple(pair for _, pair in found[:MOST_PAIRS])


def _codes(values: NDArray[np.float64], size: int) -> NDArray[np.intp]:
    """Whole codes of an input column, `size` where the value is missing; an unseen word has the rare code."""
    codes = np.where(np.isnan(values), float(size), np.clip(values, 0.0, float(size)))
    return codes.astype(np.intp)
