"""What a log tells of the citizens: whose each case is, and who they are. None of it is a fact of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from config.errors import InputError, Place
from engine.log import EventLog, as_objects
from engine.log_columns import CITIZEN, CITIZEN_REF
from engine.log_consents import ANSWERS, UNREADABLE
from engine.log_table import as_words

TEXTS = ("name", "cpr", "street", "town", "phone")
YES_OR_NO = ("protected_address", "digital_post")
MOST_NAMED = 5
UNSAID = -1
NO_YES_UNSAID = np.array([False, True, None], dtype=object)


@dataclass(frozen=True)
class LogCitizens:
    """Whose the n cases of a log are, from each case's first event.

    Attributes:
        refs: (n,) the municipality's own reference to the citizen, None where the log gives none.
        told: column -> (n,) text or None, for `protected_address` and `digital_post` bool or None; without columns
            that the log lacks.
        notes: sentences that a person should read; none of them says more of a citizen than a case number.
    """

    refs: NDArray[np.object_]
    told: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def citizens_of_log(log: EventLog) -> LogCitizens | None:
    """The citizens of a log's cases; None where it has no column about them.

    Raises:
        InputError: it tells of citizens and has no `case:citizen_ref`, or a yes or no is neither.
    """
    names = [name for name in log.source.table.column_names if name.startswith(CITIZEN)]
    refs = citizen_refs(log)
    if refs is None:
        if names:
            sentence = f"column '{names[0]}' tells of citizens and there is no column '{CITIZEN_REF}'"
            raise InputError(f"{sentence}; add your own reference to the citizen of each case", Place(log.file))
        return None
    known = {f"{CITIZEN}{name}": name for name in (*TEXTS, *YES_OR_NO)}
    told = {known[name]: _told(log, name, known[name]) for name in names if name in known}
    notes = [
        *(f"column '{name}' is none of a citizen's and is left out" for name in names if name not in known),
        *(note for name in (CITIZEN_REF, *(n for n in names if n in known)) for note in _changes(log, name)),
        *_without_reference(log, refs, told),
        *_several_answers(refs, told),
        *_impossible_numbers(log, told.get("cpr")),
    ]
    return LogCitizens(refs, told, tuple(notes))


def citizen_refs(log: EventLog) -> NDArray[np.object_] | None:
    """Whose each case is (n,), None where the log does not say; None where it has no such column."""
    return _first_of_each(log, CITIZEN_REF) if CITIZEN_REF in log.source.table.column_names else None


def newest_of_each(refs: NDArray[np.object_]) -> NDArray[np.intp]:
    """The row of each citizen's newest case, in the order of these rows; cases stand by arrival."""
    last = {ref: row for row, ref in enumerate(refs.tolist()) if ref is not None}
    return np.array(sorted(last.values()), dtype=np.intp)


def _counted(log: EventLog, rows: NDArray[np.intp]) -> str:
    """How many cases stand in these rows, and the first few by number: `2 cases (a, b)`."""
    listed = ", ".join(str(log.case_ids[row]) for row in rows[:MOST_NAMED])
    more = f" and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
    return f"{len(rows)} case{'s' if len(rows) > 1 else ''} ({listed}{more})"


def _column(log: EventLog, name: str) -> pa.DictionaryArray:
    return as_words(log.source.table[name].chunk(0))


def _first_of_each(log: EventLog, name: str) -> NDArray[np.object_]:
    return as_objects(_column(log, name).take(pa.array(log.first_events)))


def _told(log: EventLog, column: str, name: str) -> NDArray[np.object_]:
    """What each case's first event says, (n,); a yes or no is asked of every event."""
    if name in TEXTS:
        return _first_of_each(log, column)
    words = _column(log, column)
    meanings = [ANSWERS.get(word.lower(), UNREADABLE) for word in words.dictionary.to_pylist()]
    answers = np.array([*meanings, UNSAID])[np.asarray(pc.fill_null(words.indices, -1))]
    if (answers == UNREADABLE).any():
        row = int(np.flatnonzero(answers == UNREADABLE)[0])
        case = log.case_ids[log.case_of_event[row]]
        sentence = f"column '{column}' of case '{case}' says neither yes nor no; write yes, no, or leave it empty"
        raise InputError(sentence, log.source.place(row))
    found: NDArray[np.object_] = NO_YES_UNSAID[answers[log.first_events]]
    return found


def _changes(log: EventLog, name: str) -> list[str]:
    """A sentence where the events of one case say different things; an empty cell says nothing."""
    codes = np.asarray(pc.fill_null(_column(log, name).indices, -1))
    first = codes[log.first_events][log.case_of_event]
    rows = np.unique(log.case_of_event[(codes != first) & (codes >= 0)])
    if not len(rows):
        return []
    return [f"column '{name}' changes within {_counted(log, rows)}; what the first event says counts"]


def _without_reference(
    log: EventLog, refs: NDArray[np.object_], told: Mapping[str, NDArray[np.object_]]
) -> list[str]:
    says_something = np.zeros(len(refs), dtype=np.bool_)
    for values in told.values():
        says_something |= ~pd.isna(values)
    rows = np.flatnonzero(pd.isna(refs) & says_something)
    if not len(rows):
        return []
    return [f"{_counted(log, rows)} tell of a citizen without a '{CITIZEN_REF}'; what they tell is left out"]


def _several_answers(refs: NDArray[np.object_], told: Mapping[str, NDArray[np.object_]]) -> list[str]:
    """A sentence where two cases of one citizen tell different things of them."""
    seen: dict[Any, tuple[Any, ...]] = {}
    differing = set()
    for ref, *values in zip(refs.tolist(), *(column.tolist() for column in told.values()), strict=True):
        if ref is not None and seen.setdefault(ref, tuple(values)) != tuple(values):
            differing.add(ref)
    if not differing:
        return []
    citizens = f"{len(differing)} citizen{'s' if len(differing) > 1 else ''}"
    return [f"several cases of {citizens} tell different things of them; what the newest case says counts"]


def _impossible_numbers(log: EventLog, numbers: NDArray[np.object_] | None) -> list[str]:
    """A sentence about CPR numbers whose form or date cannot be; they are kept, and never repeated here.

    The check digit is not asked for: since 1 October 2007 valid numbers may fail it (cpr.dk).
    """
    if numbers is None:
        return []
    from stdnum.dk import cpr

    validity = {number: cpr.is_valid(number) for number in set(numbers.tolist()) if number is not None}
    rows = np.flatnonzero([not validity.get(number, True) for number in numbers.tolist()])
    if not len(rows):
        return []
    return [f"the CPR number of {_counted(log, rows)} cannot be one, by its form or date; it is kept: check it"]
