"""What applications say of facts that a register also gives: stated values beside the facts, typed alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import Frame
from engine.log import EventLog
from engine.log_columns import STATED
from engine.typed_facts import frame_from_json, read_column


def stated_in_log(log: EventLog, case_type: CaseType) -> Frame | None:
    """What each case's first event states, in the columns `case:stated:FIELD`; None where there are none.

    Raises InputError, naming file, line, column, case and value, where a value is not of the field's type.
    """
    columns = {
        name: read_column(log, STATED + name, name, case_type.fields[name])
        for name in _fields_named(log)
        if name in case_type.fields
    }
    return Frame(log.case_ids, columns) if columns else None


def undeclared_stated(log: EventLog, case_type: CaseType) -> list[str]:
    """One sentence for each `case:stated:FIELD` whose field the case type does not declare."""
    return [
        f"column '{STATED}{name}' is left out, for {case_type.key} declares no field '{name}'"
        for name in _fields_named(log)
        if name not in case_type.fields
    ]


def stated_from_json(
    case_ids: NDArray[np.object_], stated_json: Sequence[str | None], case_type: CaseType
) -> Frame | None:
    """Stated values of n cases as stored; None where nothing was stated in any."""
    if not any(stated_json):
        return None
    return frame_from_json(case_ids, [text or "{}" for text in stated_json], case_type)


def _fields_named(log: EventLog) -> list[str]:
    return [name.removeprefix(STATED) for name in log.source.table.column_names if name.startswith(STATED)]
