"""Left out because it repeats the arrival, which every case has anyway."""

from __future__ import annotations

import numpy as np

from engine.profile.rank import rank_correlation
from engine.profile.seen import SeenCases, SeenColumn

COPY_SHARE = 0.99
COPY_WITHIN_DAYS = 1.0
RUNNING_NUMBER = 0.99


def arrival_copy(column: SeenColumn, cases: SeenCases) -> str | None:
    """A date within a day of the arrival in 99 % of cases, or a number that runs with the arrivals."""
    given = ~column.first.missing
    if column.kind == "date" and given.any():
        distance = np.abs(days_from_arrival(column, cases)[given])
        share = float(np.mean(distance <= COPY_WITHIN_DAYS))
        return f"copy of the arrival: within a day of it in {share:.0%} of cases" if share >= COPY_SHARE else None
    if column.kind in {"number", "integer"}:
        found = rank_correlation(
            column.first.values.astype(np.float64), cases.arrivals.astype(np.int64).astype(np.float64)
        )
        if abs(found) > RUNNING_NUMBER:
            return f"copy of the arrival: it runs with the arrivals (rank correlation {found:.2f})"
    return None


def days_from_arrival(column: SeenColumn, cases: SeenCases) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Shape (n,): how many days a date column's first value lies after the arrival, NaN where missing."""
    arrivals = cases.arrivals.astype("datetime64[us]").astype(np.int64) / 86_400_000_000
    since: np.ndarray[tuple[int], np.dtype[np.float64]] = column.first.values - arrivals
    return since
