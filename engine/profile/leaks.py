"""Left out because it gives the outcome away: it moves with what happens after the arrival. Found by behaviour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from config.columns import CODED
from engine.profile.arrival_copies import days_from_arrival
from engine.profile.rank import rank_correlation, single_field_auc
from engine.profile.seen import SeenCases, SeenColumn

LEAK_CORRELATION = 0.8
LASTING_DAYS = 2
NEAR_THE_END_DAYS, NEAR_THE_END_SHARE = 1.5, 0.8
FEWEST_CASES = 20
PARTLY_MISSING = 0.005
REGULAR_SHARE = 0.5
DETERMINED_SHARE, NOT_DETERMINED_SHARE = 0.95, 0.85
LEAK_AUC, LEAK_AUC_LEAD = 0.85, 0.15
MEASURED = {
    "events": "the number of events",
    "handlers": "the number of caseworkers",
    "rework": "the number of repeated steps",
    "days": "the number of days the case takes",
}
UNKNOWN_YET = "which nobody knows at the arrival"


def leak(column: SeenColumn, cases: SeenCases) -> str | None:
    """A number or date that goes with the final effort or the end, or a category that the last step gives.

    Whole numbers taken as names are asked both ways: a final total in round hundreds looks like a code.
    """
    if column.kind == "date":
        return _moves_with_effort(days_from_arrival(column, cases), cases) or _date_leak(column, cases)
    if column.kind not in CODED:
        return _moves_with_effort(column.first.values.astype(np.float64), cases)
    if column.kind == "category":
        as_numbers = _moves_with_effort(_numbers(column), cases) if column.is_coded else None
        return as_numbers or _given_by_the_last_activity(column, cases)
    return None


def _numbers(column: SeenColumn) -> NDArray[np.float64]:
    """Shape (n,): the whole numbers behind a coded column, NaN where missing."""
    by_code = np.array([*(float(word) for word in column.first.levels), np.nan])
    return by_code[np.asarray(column.first.values, dtype=np.intp)]


def _moves_with_effort(values: NDArray[np.float64], cases: SeenCases) -> str | None:
    found = {name: rank_correlation(values, cases.efforts[name].to_numpy(dtype=float)) for name in MEASURED}
    name = max(found, key=lambda measure: abs(found[measure]))
    if abs(found[name]) <= LEAK_CORRELATION:
        return None
    return f"leaks the outcome: it goes with {MEASURED[name]} (rank correlation {found[name]:.2f}), {UNKNOWN_YET}"


def _date_leak(column: SeenColumn, cases: SeenCases) -> str | None:
    since = days_from_arrival(column, cases)
    return _near_the_end(since, cases) or _irregular_and_partly_missing(since)


def _near_the_end(since: NDArray[np.float64], cases: SeenCases) -> str | None:
    """Moves with the end, among cases of more than two days, so that a day more or less does not blur it."""
    lasting = cases.efforts["days"].to_numpy()
    looked_at = (lasting > LASTING_DAYS) & ~np.isnan(since)
    if looked_at.sum() < FEWEST_CASES:
        return None
    from_arrival, to_end = since[looked_at], since[looked_at] - lasting[looked_at]
    found = rank_correlation(from_arrival, lasting[looked_at])
    near = float(np.mean(np.abs(to_end) <= NEAR_THE_END_DAYS))
    holds_to_the_end = _spread(to_end) < _spread(from_arrival) / 2
    if abs(found) > LEAK_CORRELATION:
        return f"leaks the outcome: it goes with the case's end (rank correlation {found:.2f}), {UNKNOWN_YET}"
    if near >= NEAR_THE_END_SHARE and holds_to_the_end:
        return f"leaks the outcome: it lies near the case's last event in {near:.0%} of cases, {UNKNOWN_YET}"
    return None


def _spread(values: NDArray[np.float64]) -> float:
    """Median absolute deviation from the median."""
    return float(np.median(np.abs(values - np.median(values))))


def _irregular_and_partly_missing(since: NDArray[np.float64]) -> str | None:
    given = ~np.isnan(since)
    missing = 1 - given.mean()
    if missing <= PARTLY_MISSING or given.sum() < FEWEST_CASES:
        return None
    after = float(np.mean(since[given] > 0))
    _, counts = np.unique(np.round(since[given]), return_counts=True)
    if after <= 0.5 or counts.max() / counts.sum() >= REGULAR_SHARE:
        return None
    return (
        f"leaks the outcome: a date after the arrival in {after:.0%} of cases, at no regular distance and missing"
        f" in {missing:.0%}, as if it were filled in when something happens"
    )


def _given_by_the_last_activity(column: SeenColumn, cases: SeenCases) -> str | None:
    values = np.asarray(column.first.values, dtype=np.intp) + 1
    last, first = _determined(values, cases.last_activity), _determined(values, cases.first_activity)
    commonest = np.bincount(values).max() / len(values)
    if last < DETERMINED_SHARE or first >= NOT_DETERMINED_SHARE or commonest >= NOT_DETERMINED_SHARE:
        return None
    return f"leaks the outcome: the case's last activity gives its value in {last:.0%} of cases"


def _determined(values: NDArray[np.intp], by: NDArray[np.intp]) -> float:
    """Share of cases that have the commonest value among those with the same `by`."""
    table = np.zeros((by.max() + 1, values.max() + 1))
    np.add.at(table, (by, values), 1)
    return float(table.max(axis=1).sum() / len(values))


def too_good_alone(columns: Sequence[SeenColumn], cases: SeenCases) -> dict[str, str]:
    """The one column, if any, whose AUC alone is above .85 and .15 above the next, with its sentence."""
    label = cases.is_complex[cases.has_label]
    rows = np.flatnonzero(cases.has_label)
    areas = {
        c.name: single_field_auc(c.first.take(rows), label) for c in columns if c.kind != "text" and len(rows)
    }
    ranked = sorted(areas, key=lambda name: -areas[name])
    if not ranked or areas[ranked[0]] <= LEAK_AUC:
        return {}
    best, rest = areas[ranked[0]], areas[ranked[1]] if len(ranked) > 1 else 0.5
    if best - rest <= LEAK_AUC_LEAD:
        return {}
    sentence = f"leaks the outcome, it seems: alone it tells complex cases (AUC {best:.2f}; the next {rest:.2f})"
    return {ranked[0]: f"{sentence}; keep it if it is known at the arrival"}
