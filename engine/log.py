"""A case log, checked: events by case and time, attributes as they stood, consents apart, nothing guessed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from config.errors import InputError, Place
from config.fields import LogColumns
from engine.log_checks import (
    LIFECYCLE,
    completed,
    leave_out_rows_without_case,
    refuse_missing_activity,
    with_columns,
)
from engine.log_columns import CLOSED_AT, CONSENT, CONSENT_AT, is_about_the_citizen
from engine.log_consents import answers, case_times
from engine.log_order import CaseOrder, order_by_case, order_first_events
from engine.log_table import LogTable, as_words
from engine.timestamps import Times, event_times

ENDINGS = (".csv", ".csv.gz", ".parquet", ".xes", ".xes.gz")


@dataclass(frozen=True)
class EventLog:
    """The completed events of n cases, by case and time; cases by arrival, ties by case id.

    Read with `first_events_only` it holds one event a case, cases in the order of the file.

    Attributes:
        columns: the columns the four things were found in.
        events: case_id, activity, timestamp (UTC), resource (None where missing): (n_events, 4).
        attributes: every other column, row for row beside `events`, in the file's order, save those about the
            citizen (`log_columns.py`). Words are dictionary<int32, string>, null is missing; Parquet's numbers and
            dates keep their type.
        source: the same rows as they stood in the file, to name lines in errors.
        case_ids: (n,) str.
        first_events: (n,) the row of each case's first event.
        case_of_event: (n_events,) each event's case, as a number.
        times: (n_events,) datetime64[us], UTC, the same as in `events`.
        consents: field name -> int8 (n,): 1 yes, 0 no, -1 not answered.
        consent_at, closed_at: datetime64[us] (n,), NaT where not given; None where the file has no such column.
        rows_without_case: how many rows had no case id and were left out.
        notes: sentences that a person should read: what was left out, how times were read.
    """

    file: Path
    columns: LogColumns
    events: pd.DataFrame
    attributes: pa.Table
    source: LogTable
    case_ids: NDArray[np.object_]
    first_events: NDArray[np.intp]
    case_of_event: NDArray[np.intp]
    times: Times
    consents: dict[str, NDArray[np.int8]] = field(default_factory=dict)
    consent_at: Times | None = None
    closed_at: Times | None = None
    rows_without_case: int = 0
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.case_ids)

    @property
    def arrivals(self) -> Times:
        """Shape (n,): datetime64[us], UTC: each case's first event."""
        return self.times[self.first_events]

    @property
    def observed_until(self) -> np.datetime64:
        """The last event of all: what happened later has not been seen."""
        return np.datetime64(self.times.max(), "us")


def read_log(path: str | Path, columns: LogColumns | None = None, *, first_events_only: bool = False) -> EventLog:
    """Read and check a log; `first_events_only` keeps each case's first event, all that is known at intake.

    Raises InputError, naming line, column or case, for whatever a log may not be.
    """
    log, found = with_columns(_read_file(Path(path)), columns or LogColumns())
    log, without_case, notes = leave_out_rows_without_case(log, found.case_id)
    log, lifecycle_notes = completed(log)
    times, read_as_utc = event_times(log, found.timestamp)
    if read_as_utc:
        notes.append(f"column '{found.timestamp}' says no offset from UTC, so its times are read as UTC")
    case_ids = as_words(log.table[found.case_id].chunk(0))
    order = (order_first_events if first_events_only else order_by_case)(case_ids, times)
    log, times = log.take(order.rows), times[order.rows]
    return EventLog(
        file=log.file,
        columns=found,
        events=_events(log, found, times, order),
        attributes=_attributes(log, found),
        source=log,
        case_ids=order.case_ids,
        first_events=order.first_events,
        case_of_event=order.case_of_event,
        times=times,
        consents=answers(log, order),
        consent_at=case_times(log, CONSENT_AT, order),
        closed_at=case_times(log, CLOSED_AT, order),
        rows_without_case=without_case,
        notes=(*log.notes, *notes, *lifecycle_notes),
    )


def _read_file(path: Path) -> LogTable:
    name = path.name.lower()
    if name.endswith((".csv", ".csv.gz")):
        from engine.log_csv import read_csv

        return read_csv(path)
    if name.endswith(".parquet"):
        from engine.log_parquet import read_parquet

        return read_parquet(path)
    if name.endswith((".xes", ".xes.gz")):
        from engine.log_xes import read_xes

        return read_xes(path)
    raise InputError(f"the name ends in none of {', '.join(ENDINGS)}; export the log as one of these", Place(path))


def _events(log: LogTable, columns: LogColumns, times: Times, order: CaseOrder) -> pd.DataFrame:
    activity = as_objects(refuse_missing_activity(log, columns.activity))
    resource = np.full(len(log), None, dtype=object)
    if columns.resource is not None:
        resource = as_objects(as_words(log.table[columns.resource].chunk(0)))
    return pd.DataFrame(
        {
            "case_id": pd.Series(order.case_ids[order.case_of_event], dtype=object),
            "activity": pd.Series(activity, dtype=object),
            "timestamp": pd.Series(times).dt.tz_localize("UTC"),
            "resource": pd.Series(resource, dtype=object),
        }
    )


def _attributes(log: LogTable, columns: LogColumns) -> pa.Table:
    apart = {
        columns.case_id,
        columns.activity,
        columns.timestamp,
        columns.resource,
        LIFECYCLE,
        CONSENT_AT,
        CLOSED_AT,
    }
    there = [name for name in log.table.column_names if name not in apart]
    return log.table.select(
        [name for name in there if not name.startswith(CONSENT) and not is_about_the_citizen(name)]
    )


def as_objects(words: Any) -> NDArray[np.object_]:
    """Words as Python strings, None where missing: one string object a level, so that millions stay cheap."""
    levels = np.array([*words.dictionary.to_pylist(), None], dtype=object)
    objects: NDArray[np.object_] = levels[np.asarray(pc.fill_null(words.indices, -1))]
    return objects
