"""What a log says of a case besides its facts: the citizen's answers, when they were given, when it was closed."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from config.errors import InputError
from engine.log_columns import CONSENT
from engine.log_order import CaseOrder
from engine.log_table import LogTable, as_words
from engine.timestamps import LOOKS_LIKE, Times, parse_column, refuse_mixed_offsets

ANSWERS = {"yes": 1, "ja": 1, "true": 1, "no": 0, "nej": 0, "false": 0}
UNREADABLE = 9


def answers(log: LogTable, order: CaseOrder) -> dict[str, NDArray[np.int8]]:
    """For each field with a `case:consent:FIELD`: int8 (n,), 1 yes, 0 no, -1 not answered; the last given counts.

    Raises InputError, naming line, column, case and value, for an answer that is neither yes nor no.
    """
    names = [name for name in log.table.column_names if name.startswith(CONSENT)]
    return {name.removeprefix(CONSENT): _answers_of(log, name, order) for name in names}


def _answers_of(log: LogTable, name: str, order: CaseOrder) -> NDArray[np.int8]:
    column = as_words(log.table[name].chunk(0))
    meanings = [ANSWERS.get(level.lower(), UNREADABLE) for level in column.dictionary.to_pylist()]
    given = np.array([*meanings, -1], dtype=np.int8)[np.asarray(pc.fill_null(column.indices, -1))]
    wrong = np.flatnonzero(given == UNREADABLE)
    if len(wrong):
        row = int(wrong[0])
        case = order.case_ids[order.case_of_event[row]]
        sentence = f"'{column[row].as_py()}' in column '{name}' of case '{case}' is neither yes nor no"
        raise InputError(f"{sentence}; write yes, no, or leave it empty", log.place(row))
    return np.append(given, np.int8(-1))[_last_given(given >= 0, order)]


def case_times(log: LogTable, name: str, order: CaseOrder) -> Times | None:
    """Shape (n,): the last time given for each case in a column, NaT where none; None without such a column."""
    if name not in log.table.column_names:
        return None
    column = log.table[name].chunk(0)
    parsed = parse_column(column)
    wrong = np.flatnonzero(parsed.is_wrong)
    if len(wrong):
        row = int(wrong[0])
        case = order.case_ids[order.case_of_event[row]]
        sentence = f"'{column[row].as_py()}' in column '{name}' of case '{case}' is not a timestamp; {LOOKS_LIKE}"
        raise InputError(sentence, log.place(row))
    refuse_mixed_offsets(parsed, name, log)
    return np.append(parsed.times, np.datetime64("NaT", "us"))[_last_given(~np.isnat(parsed.times), order)]


def _last_given(given: NDArray[np.bool_], order: CaseOrder) -> NDArray[np.intp]:
    """Shape (n,): the row of each case's last event with a value, -1 where no event has one."""
    last = np.full(len(order.case_ids), -1, dtype=np.intp)
    rows = np.flatnonzero(given)
    last[order.case_of_event[rows]] = rows
    return last
