"""Thresholds on effort, chosen together so that about a quarter of the fit part's cases is called complex."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from config.effort_rule import EffortRule, Threshold

WANTED_SHARE, LEAST_SHARE, MOST_SHARE = 0.25, 0.20, 0.30
HOURS_BELOW_DAYS = 3
FEWEST = {"handlers": 2, "rework": 1}
MOST_CUTS = 200


@dataclass(frozen=True)
class ChosenThresholds:
    """A rule and the share of the cases it was chosen on that it calls complex; None where no case can pass."""

    rule: EffortRule | None
    share: float

    @property
    def is_near(self) -> bool:
        """Whether the share lies in the wanted 20-30 %."""
        return LEAST_SHARE <= self.share <= MOST_SHARE


def choose_thresholds(efforts: pd.DataFrame, within_days: float) -> ChosenThresholds:
    """The combination of handlers, rework and days nearest 25 % complex; a measure nobody passes is left out.

    `efforts` (n, 4) as measured within `within_days`, of cases that have lived it. Candidates: handlers and rework
    at whole numbers; days above whole days (hours where the horizon is under 3 days) between a twentieth and .8 of
    it. Among combinations equally near, the one in which the rarest threshold is passed most often.
    """
    cuts = {
        "handlers": _whole_numbers(efforts["handlers"].to_numpy(), FEWEST["handlers"]),
        "rework": _whole_numbers(efforts["rework"].to_numpy(), FEWEST["rework"]),
        "days": _spans(efforts["days"].to_numpy(), within_days),
    }
    used = {name: values for name, values in cuts.items() if len(values)}
    if not used:
        return ChosenThresholds(None, 0.0)
    passed = [_cuts_passed(efforts[name].to_numpy(), values, name) for name, values in used.items()]
    union, rarest = _shares(passed, [len(values) for values in used.values()])
    distance = np.round(np.abs(union - WANTED_SHARE), 12)
    nearest = np.flatnonzero(distance == distance.min())
    best = np.unravel_index(nearest[np.argmax(rarest.flat[nearest])], union.shape)
    chosen = {name: float(values[at]) for (name, values), at in zip(used.items(), best, strict=True)}
    thresholds = tuple(_threshold(name, value) for name, value in chosen.items())
    return ChosenThresholds(EffortRule(within_days=float(within_days), any=thresholds), float(union[best]))


def _threshold(name: str, value: float) -> Threshold:
    operator = "above" if name == "days" else "at_least"
    return Threshold.model_validate({name: {operator: value}})


def _whole_numbers(values: NDArray[np.int64], fewest: int) -> NDArray[np.float64]:
    return np.arange(fewest, min(int(values.max(initial=0)), fewest + MOST_CUTS) + 1, dtype=np.float64)


def _spans(values: NDArray[np.float64], within_days: float) -> NDArray[np.float64]:
    """Days that somebody exceeds, whole or in hours, between a twentieth and .8 of the horizon."""
    per_day = 24 if within_days < HOURS_BELOW_DAYS else 1
    first, last = np.ceil(within_days * per_day / 20 - 1e-9), np.floor(0.8 * within_days * per_day + 1e-9)
    spans: NDArray[np.float64] = np.round(np.arange(max(first, 1), last + 1) / per_day, 4)
    exceeded: NDArray[np.float64] = spans[spans < values.max(initial=0.0)]
    return exceeded


def _cuts_passed(values: NDArray[np.float64], cuts: NDArray[np.float64], name: str) -> NDArray[np.intp]:
    """Shape (n,): how many of the ascending cuts a case passes: 0 none, len(cuts) all of them."""
    return np.searchsorted(cuts, values, side="left" if name == "days" else "right")


def _shares(passed: list[NDArray[np.intp]], sizes: list[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each combination of cuts: the share of cases that pass any, and the smallest share that passes one.

    Cases are counted once in a grid of how many cuts they pass; its cumulative sum holds, for every combination,
    those that pass none.
    """
    n = len(passed[0])
    grid = np.zeros([size + 1 for size in sizes])
    np.add.at(grid, tuple(passed), 1)
    for axis in range(len(sizes)):
        grid = np.cumsum(grid, axis=axis)
    none = grid[tuple(slice(0, size) for size in sizes)]
    singles = [1 - np.cumsum(np.bincount(p, minlength=s + 1))[:s] / n for p, s in zip(passed, sizes, strict=True)]
    rarest = singles[0]
    for single in singles[1:]:
        rarest = np.minimum(rarest[..., None], single)
    return 1 - none / n, rarest
