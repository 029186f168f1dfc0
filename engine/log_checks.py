"""What must hold of a file before it is a log: the four columns, a case for each row, completed events."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from config.errors import InputError, Place
from config.fields import LogColumns
from engine.log_table import LogTable, as_words, joined

LIFECYCLE = "lifecycle:transition"
MOST_ROWS_WITHOUT_CASE = 0.01


USUAL = LogColumns()
XES_STANDARD = LogColumns(
    case_id="case:concept:name", activity="concept:name", timestamp="time:timestamp", resource="org:resource"
)


def with_columns(log: LogTable, columns: LogColumns) -> tuple[LogTable, LogColumns]:
    """The same log with every column in one piece, and where the four were found.

    The standard names of XES stand in for names that nobody chose. Raises InputError, naming what is there and the
    flag to give, where a column is missing.
    """
    there = set(log.table.column_names)
    found: dict[str, str | None] = {}
    for part in ("case_id", "activity", "timestamp", "resource"):
        name, usual, standard = (getattr(named, part) for named in (columns, USUAL, XES_STANDARD))
        if name is None or name in there:
            found[part] = name
        elif name == usual and standard in there:
            found[part] = standard
        elif part == "resource" and name == usual and found["activity"] == XES_STANDARD.activity:
            found[part] = None
        else:
            raise _no_such_column(log, name, "--" + part.replace("_", "-"))
    whole = pa.table({name: joined(log.table[name]) for name in log.table.column_names})
    return replace(log, table=whole), LogColumns.model_validate(found)


def _no_such_column(log: LogTable, name: str, flag: str) -> InputError:
    listed = ", ".join(repr(column) for column in log.table.column_names)
    sentence = f"there is no column '{name}'; the columns are {listed}: name the right one with {flag}"
    return InputError(sentence, Place(log.file))


def leave_out_rows_without_case(log: LogTable, column: str) -> tuple[LogTable, int, list[str]]:
    """The rows that have a case id, how many have none, and the sentence that names them.

    Raises InputError where more than 1 % have none.
    """
    cases = as_words(log.table[column].chunk(0))
    without = np.flatnonzero(np.asarray(pc.is_null(cases)))
    if not len(without):
        return log, 0, []
    lines = ", ".join(str(int(log.lines[row])) for row in without[:10])
    more = f" and {len(without) - 10} more" if len(without) > 10 else ""
    where = f"{log.counts}{'s' if len(without) > 1 else ''} {lines}{more}"
    said = f"{len(without)} of {len(log)} rows have no case id in column '{column}' ({where})"
    if len(without) > MOST_ROWS_WITHOUT_CASE * len(log):
        raise InputError(f"{said}; at most 1 % may be without: give them one, or remove them", Place(log.file))
    kept = np.delete(np.arange(len(log)), without)
    return log.take(kept), len(without), [f"{said} and are left out"]


def completed(log: LogTable) -> tuple[LogTable, list[str]]:
    """Only completed events, where the log tells them apart, and the sentence that counts the others.

    An event that does not say counts as completed, as the XES standard has it.
    """
    if LIFECYCLE not in log.table.column_names:
        return log, []
    steps = as_words(log.table[LIFECYCLE].chunk(0))
    level_is_complete = np.array([level.lower() == "complete" for level in steps.dictionary.to_pylist()] + [True])
    keep = level_is_complete[np.asarray(pc.fill_null(steps.indices, -1))]
    if not keep.any():
        raise InputError(f"no event has {LIFECYCLE} 'complete'; export the completed events", Place(log.file))
    if keep.all():
        return log, []
    note = f"{int((~keep).sum())} events that {LIFECYCLE} does not call complete are left out"
    return log.take(np.flatnonzero(keep)), [note]


def refuse_missing_activity(log: LogTable, column: str) -> pa.DictionaryArray:
    """The activities as words; raises InputError, naming the line, where one is missing."""
    activity = as_words(log.table[column].chunk(0))
    if activity.null_count:
        row = int(np.flatnonzero(np.asarray(pc.is_null(activity)))[0])
        sentence = f"the activity in column '{column}' is missing ({log.spot(row)}); every event needs one"
        raise InputError(sentence, log.place(row))
    return activity
