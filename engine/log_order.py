"""The order in which a log is read: cases by arrival, a case's events by time, equal times as in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.timestamps import Times


@dataclass(frozen=True)
class CaseOrder:
    """How the rows of a file become the events of n cases.

    Attributes:
        rows: (n_events,) rows of the file, in the order to be read.
        case_ids: (n,) str.
        case_of_event: (n_events,) the case's number, in the new order.
        first_events: (n,) the place of each case's first event in the new order.
    """

    rows: NDArray[np.intp]
    case_ids: NDArray[np.object_]
    case_of_event: NDArray[np.intp]
    first_events: NDArray[np.intp]


def order_by_case(case_ids: Any, times: Times) -> CaseOrder:
    """All events, by case and time; cases by arrival, ties by case id. `case_ids` holds no missing ones.

    Example:
        >>> import pyarrow as pa
        >>> times = np.array(["2024-01-02", "2024-01-01", "2024-01-03"], dtype="datetime64[us]")
        >>> order = order_by_case(pa.array(["a", "b", "a"]).dictionary_encode(), times)
        >>> order.case_ids.tolist(), order.rows.tolist()
        (['b', 'a'], [1, 0, 2])
    """
    codes, names = np.asarray(case_ids.indices, dtype=np.intp), _used_names(case_ids)
    arrivals = np.full(len(names), np.iinfo(np.int64).max)
    np.minimum.at(arrivals, codes, times.astype(np.int64))
    by_arrival = np.argsort(arrivals, kind="stable")
    if np.any(np.diff(arrivals[by_arrival]) == 0):
        alphabetical = np.argsort(names, kind="stable")
        by_arrival = alphabetical[np.argsort(arrivals[alphabetical], kind="stable")]
    used = by_arrival[arrivals[by_arrival] != np.iinfo(np.int64).max]
    rank = np.full(len(names), -1, dtype=np.intp)
    rank[used] = np.arange(len(used))
    rows = np.lexsort((times, rank[codes]))
    case_of_event = rank[codes][rows]
    return CaseOrder(rows, names[used], case_of_event, np.searchsorted(case_of_event, np.arange(len(used))))


def order_first_events(case_ids: Any, times: Times) -> CaseOrder:
    """Each case's first event alone, in the order in which cases appear in the file."""
    codes, names = np.asarray(case_ids.indices, dtype=np.intp), _used_names(case_ids)
    if len(names) == len(codes):
        rows = np.arange(len(codes))
    else:
        by_time = np.argsort(times, kind="stable")
        used, first = np.unique(codes[by_time], return_index=True)
        _, appears = np.unique(codes, return_index=True)
        rows = by_time[first][np.argsort(appears, kind="stable")]
        del used
    numbers = np.arange(len(rows))
    return CaseOrder(rows, names[codes[rows]], numbers, numbers)


def _used_names(case_ids: Any) -> NDArray[np.object_]:
    return np.asarray(case_ids.dictionary.to_numpy(zero_copy_only=False), dtype=object)
