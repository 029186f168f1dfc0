"""Effort of a case, measured on its completed events within so many days of its first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from config.effort_rule import EffortRule

MEASURES = ("events", "handlers", "rework", "days")
DAY_IN_MICROSECONDS = 86_400_000_000


@dataclass(frozen=True)
class EffortClock:
    """Events prepared so that effort within any horizon is a count over them.

    Attributes:
        case_ids: (n,) in the order in which cases first appear.
        case_of_event: (n_events,) case numbers.
        days: (n_events,) days since the case's first event.
        new_handler, new_activity: (n_events,) bool: the case's first event with that handler, with that activity.
    """

    case_ids: NDArray[np.object_]
    case_of_event: NDArray[np.intp]
    days: NDArray[np.float64]
    new_handler: NDArray[np.bool_]
    new_activity: NDArray[np.bool_]

    def within(self, days: float) -> pd.DataFrame:
        """Per case (n, 4): events, handlers, rework and days of the events within `days` of its first."""
        inside = self.days <= days
        n = len(self.case_ids)
        case = self.case_of_event[inside]
        events = np.bincount(case, minlength=n)
        last = np.zeros(n)
        np.maximum.at(last, case, self.days[inside])
        columns = {
            "events": events,
            "handlers": np.bincount(case, self.new_handler[inside], minlength=n).astype(np.int64),
            "rework": events - np.bincount(case, self.new_activity[inside], minlength=n).astype(np.int64),
            "days": last,
        }
        return pd.DataFrame(columns, index=pd.Index(self.case_ids, dtype=object, name="case_id"))


def effort_clock(events: pd.DataFrame) -> EffortClock:
    """Prepare completed events (case_id, activity, timestamp, resource; any order) for `EffortClock.within`."""
    case, names = pd.factorize(events["case_id"])
    microseconds = events["timestamp"].dt.tz_localize(None).to_numpy().astype("datetime64[us]").astype(np.int64)
    arrivals = np.full(len(names), np.iinfo(np.int64).max)
    np.minimum.at(arrivals, case, microseconds)
    since = microseconds - arrivals[case]
    in_time = np.lexsort((since, case))
    return EffortClock(
        np.asarray(names, dtype=object),
        case[in_time],
        since[in_time] / DAY_IN_MICROSECONDS,
        _first_of_its_case(case[in_time], pd.factorize(events["resource"])[0][in_time]),
        _first_of_its_case(case[in_time], pd.factorize(events["activity"])[0][in_time]),
    )


def _first_of_its_case(case: NDArray[np.intp], code: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Shape (n_events,): the first event of a case that bears this code; a missing code (-1) never is."""
    pair = case * (int(code.max(initial=-1)) + 2) + code + 1
    _, first = np.unique(pair, return_index=True)
    is_first = np.zeros(len(case), dtype=np.bool_)
    is_first[first] = True
    return is_first & (code >= 0)


def measure(events: pd.DataFrame, within_days: float) -> pd.DataFrame:
    """Effort of each case (index case_id, columns events, handlers, rework, days), as FORMATS defines them.

    `events` is their number, `handlers` the distinct non-missing resources, `rework` events minus distinct
    activities, `days` last minus first timestamp; all of completed events within `within_days` of the first.

    Example:
        >>> at = pd.to_datetime(["2024-01-01", "2024-01-03", "2024-06-01"], utc=True)
        >>> log = pd.DataFrame({"case_id": "a", "activity": "x", "timestamp": at, "resource": ["u", None, "v"]})
        >>> measure(log, 30).loc["a"].tolist()
        [2.0, 1.0, 1.0, 2.0]
    """
    return effort_clock(events).within(within_days)


def is_complex(efforts: pd.DataFrame, rule: EffortRule) -> NDArray[np.bool_]:
    """Shape (n,): whether each case's effort passes any (or all) of the rule's thresholds."""
    passed = []
    for threshold in rule.thresholds:
        values = efforts[threshold.measure].to_numpy()
        passed.append(values >= threshold.value if threshold.operator == "at_least" else values > threshold.value)
    combined: NDArray[np.bool_] = (np.any if rule.combine == "any" else np.all)(passed, axis=0)
    return combined
