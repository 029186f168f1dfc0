"""The promise: among the cases the machine drafts, at most this share is complex, with this confidence.

Fixed-sequence testing (Angelopoulos, Bates, Candès, Jordan and Lei, *Learn then Test*, 2021) of exact binomial
hypotheses over the 1 % quantiles of the calibration cases' raw scores, from the safest up. The start is fixed
before any calibration label is seen. Nothing here knows rules or fields: routing hands in a population.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from config.columns import Column
from engine.exact_test import (
    Count,
    effective_cases,
    effective_count,
    fewest_cases,
    lower_bound,
    most_complex_that_pass,
    passes,
)
from engine.groups import Cell, cells_of, in_cell

Population = Literal["could_draft", "in_force"]

GRID_PERCENT = np.arange(1, 101)
LEAST_POWER = 0.05
"""Below this chance of passing, testing would only use up the confidence."""


@dataclass(frozen=True)
class Promise:
    """What routing.yaml promises. `also_within` names fields whose every group must keep the promise too."""

    max_complex_share: float = 0.05
    confidence: float = 0.95
    also_within: tuple[str, ...] = ()

    def level(self, attempt: int) -> float:
        """The level of the k-th measurement on the same calibration cases; together they spend 1 - confidence.

        Example:
            >>> [round(Promise().level(k), 5) for k in (1, 2, 3)]
            [0.025, 0.00833, 0.00417]
        """
        return (1 - self.confidence) / (attempt * (attempt + 1))


@dataclass(frozen=True)
class FitScores:
    """Out-of-fold raw scores (n,) of the fit part, their labels, and the number of their contiguous time fold."""

    raw: NDArray[np.float64]
    is_complex: NDArray[np.bool_]
    fold: NDArray[np.int_]


@dataclass(frozen=True)
class Evidence:
    """Labelled cases (n,) of the promise's population: raw score, verdict, weight 1/share, and their groups."""

    raw: NDArray[np.float64]
    is_complex: NDArray[np.bool_]
    weight: NDArray[np.float64]
    groups: Mapping[str, Column] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.raw)

    def take(self, rows: NDArray[np.bool_]) -> Evidence:
        """The cases where `rows` (n,) is true."""
        where = np.flatnonzero(rows)
        groups = {name: column.take(where) for name, column in self.groups.items()}
        return Evidence(self.raw[rows], self.is_complex[rows], self.weight[rows], groups)


@dataclass(frozen=True)
class Why:
    """Why there is no threshold: an English sentence with named places, and the values to put there."""

    sentence: str
    values: Mapping[str, float | int | str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


@dataclass(frozen=True)
class GroupResult:
    """One group's own sequence. A case of the group is below the promise where its raw score < `threshold`."""

    cell: Cell
    cases: int
    threshold: float | None
    why: Why | None


@dataclass(frozen=True)
class Guarantee:
    """What was proved. `threshold` is the lowest of the groups', None (with `why`) where nothing was proved."""

    promise: Promise
    population: Population
    attempt: int
    level: float
    groups: tuple[GroupResult, ...]
    ungrouped: tuple[str, ...]
    why: Why | None

    @property
    def threshold(self) -> float | None:
        """The lowest raw-score threshold in force, None where there is none."""
        proved = [group.threshold for group in self.groups if group.threshold is not None]
        return min(proved) if proved and self.why is None else None

    def below(self, raw: NDArray[np.float64], groups: Mapping[str, Column]) -> NDArray[np.bool_]:
        """Shape (n,): the case is below its own group's threshold; a case of an unproved group never is."""
        below = np.zeros(len(raw), dtype=np.bool_)
        if self.why is None:
            for group in self.groups:
                if group.threshold is not None:
                    below |= in_cell(group.cell, groups, len(raw)) & (raw < group.threshold)
        return below


NO_CASES = Why("There are no calibration cases of the kind that the machine could draft.")
TOO_FEW = "{cases} calibration cases are too few to prove at most {share:.0%} complex: {needed} are needed."
TOO_LITTLE = (
    "There is too little to prove: even the most promising cut among {cases} calibration cases would show at most "
    "{share:.0%} complex with a chance of {power:.0%} only."
)
NOT_PROVED = "At the cut chosen beforehand {complex_cases} of {cases} calibration cases were complex: not proved."
DRIFT = (
    "Among the newest cases below the threshold {complex_cases} of {cases} were complex, surely more than "
    "{share:.0%}: the cases have drifted."
)
ALARM = "An alarm is open: {alarm}"


def prove(
    promise: Promise,
    *,
    fit: FitScores,
    calibration: Evidence,
    newest: Evidence,
    population: Population,
    attempt: int = 1,
    alarms: Sequence[str] = (),
) -> Guarantee:
    """Measure the promise on calibration cases that no model, calibrator or start has seen the labels of.

    `newest` is the untouched newest fifth: it can only veto. `attempt` counts measurements of this model version
    on these calibration cases, from 1. Fields of `also_within` that the case type lacks are named in `ungrouped`.
    """
    level = promise.level(attempt)
    fields = tuple(name for name in promise.also_within if name in calibration.groups)
    ungrouped = tuple(name for name in promise.also_within if name not in calibration.groups)
    groups = _prove_groups(promise, level, fit, calibration, fields)
    result = Guarantee(promise, population, attempt, level, groups, ungrouped, _why_none(groups))
    if result.why is None:
        veto = _veto(result, newest, alarms)
        if veto is not None:
            return Guarantee(promise, population, attempt, level, groups, ungrouped, veto)
    return result


def _prove_groups(
    promise: Promise, level: float, fit: FitScores, calibration: Evidence, fields: tuple[str, ...]
) -> tuple[GroupResult, ...]:
    cells = cells_of(calibration.groups, fields)
    members = [in_cell(cell, calibration.groups, len(calibration)) for cell in cells]
    worth = [effective_cases(calibration.weight[rows]) for rows in members]
    tested = _groups_to_test(worth, promise.max_complex_share, level)
    shared = level / max(len(tested), 1)
    results = []
    for number, (cell, rows) in enumerate(zip(cells, members, strict=True)):
        if number in tested:
            group = _sequence(cell, calibration.take(rows), fit, promise.max_complex_share, shared)
        else:
            group = _too_small(cell, worth[number], promise.max_complex_share, shared)
        results.append(group)
    return tuple(results)


def _groups_to_test(worth: Sequence[int], share: float, level: float) -> set[int]:
    """The largest groups that can share the level: G of them, each big enough to be tested at level / G."""
    largest = sorted(range(len(worth)), key=lambda number: -worth[number])
    for groups in range(len(worth), 0, -1):
        if worth[largest[groups - 1]] >= fewest_cases(share, level / groups):
            return set(largest[:groups])
    return set()


def _too_small(cell: Cell, cases: int, share: float, level: float) -> GroupResult:
    values = {"cases": cases, "share": share, "needed": fewest_cases(share, level)}
    return GroupResult(cell, cases, None, Why(TOO_FEW, values) if cases else NO_CASES)


def _sequence(cell: Cell, cases: Evidence, fit: FitScores, share: float, level: float) -> GroupResult:
    cuts = np.quantile(cases.raw, GRID_PERCENT / 100, method="inverted_cdf")
    worth = np.array([effective_cases(cases.weight[cases.raw <= cut]) for cut in cuts])
    power = chance_of_passing(fit, worth, share, level)
    start = int(np.argmax(power))
    if power[start] < LEAST_POWER:
        values = {"cases": len(cases), "share": share, "power": float(power[start])}
        return GroupResult(cell, len(cases), None, Why(TOO_LITTLE, values))
    proved: float | None = None
    for cut in cuts[start:]:
        count = _count_at(cases, cut)
        if not passes(count, share, level):
            break
        proved = float(np.nextafter(cut, np.inf))
    if proved is None:
        first = _count_at(cases, cuts[start])
        return GroupResult(cell, len(cases), None, Why(NOT_PROVED, vars(first)))
    return GroupResult(cell, len(cases), proved, None)


def _count_at(cases: Evidence, cut: float) -> Count:
    rows = cases.raw <= cut
    return effective_count(cases.is_complex[rows], cases.weight[rows])


def chance_of_passing(fit: FitScores, cases: NDArray[np.int64], share: float, level: float) -> NDArray[np.float64]:
    """Shape (100,): the chance that the exact test passes at each grid point, by the fit part's own shares.

    `cases` (100,) is what the calibration cases at or below each cut are worth. Scores of different folds come
    from different models, so the folds are matched with the grid by quantile, not by score.
    """
    complex_share = out_of_fold_shares(fit)
    allowed = most_complex_that_pass(cases, share, level)
    return np.where(allowed >= 0, stats.binom.cdf(allowed, cases, complex_share), 0.0)


def out_of_fold_shares(fit: FitScores) -> NDArray[np.float64]:
    """Shape (100,): complex share among the safest 1 %, 2 %, ... 100 % of each fold, all folds together.

    (k + 1) / (n + 2), Laplace's rule: a plain share is 0 where the fit part happens to hold no complex case, and
    would draw the start to so small a cut that one early complex case ends the sequence.
    """
    complex_cases = np.zeros(len(GRID_PERCENT))
    cases = np.zeros(len(GRID_PERCENT))
    for number in np.unique(fit.fold):
        rows = fit.fold == number
        ordered = fit.is_complex[rows][np.argsort(fit.raw[rows], kind="stable")]
        taken = np.ceil(len(ordered) * GRID_PERCENT / 100).astype(int)
        complex_cases += np.cumsum(ordered)[taken - 1]
        cases += taken
    return (complex_cases + 1) / (cases + 2)


def _why_none(groups: Sequence[GroupResult]) -> Why | None:
    if any(group.threshold is not None for group in groups):
        return None
    return groups[0].why if groups else NO_CASES


def _veto(result: Guarantee, newest: Evidence, alarms: Sequence[str]) -> Why | None:
    if alarms:
        return Why(ALARM, {"alarm": alarms[0]})
    rows = result.below(newest.raw, newest.groups)
    count = effective_count(newest.is_complex[rows], newest.weight[rows])
    if lower_bound(count) > result.promise.max_complex_share:
        return Why(DRIFT, {**vars(count), "share": result.promise.max_complex_share})
    return None
