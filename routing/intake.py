"""From a log to cases that can be stored: facts typed, cases closed, values without the yes they need left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import CODED, Column, Frame
from config.errors import InputError, Place
from engine.log import EventLog
from engine.log_citizens import LogCitizens, citizens_of_log, newest_of_each
from engine.log_consents import case_times
from engine.log_order import CaseOrder
from engine.stated import stated_in_log, undeclared_stated
from engine.timestamps import Times
from engine.typed_facts import absent_columns, facts, facts_as_json
from models.arriving import Arriving
from models.citizens import ToldOfCitizens
from models.consent_answers import StoredAnswers

CHANNEL = "channel"


@dataclass(frozen=True)
class Intake:
    """Cases ready to be stored, and what a person should know of them.

    Attributes:
        values_left_out: field -> how many values were not taken, for the citizen has not said yes.
    """

    arriving: Arriving
    values_left_out: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def intake(
    log: EventLog,
    case_type: CaseType,
    *,
    all_closed: bool = False,
    closed_column: str | None = None,
    on_record: Mapping[str, StoredAnswers] | None = None,
) -> Intake:
    """The log's cases as the case type sees them.

    A case is closed at the time in `closed_column` (usually `case:closed_at`), with `all_closed` at its last
    event, else it is open. `on_record` are answers stored before; the latest answer counts.

    Raises:
        InputError: a value is not of its declared type, or the column of closing is not there or holds no times.
    """
    known, whose, answers = facts(log, case_type), citizens_of_log(log), _latest_answers(log, on_record or {})
    allowed, left_out = without_refused(known, case_type, answers)
    said, stated_left_out = _stated(log, case_type, answers)
    channel = known.columns.get(CHANNEL)
    arriving = Arriving(
        case_ids=log.case_ids.tolist(),
        received_at=log.arrivals,
        case_of_event=log.case_of_event,
        event_times=log.times,
        activities=log.events["activity"].tolist(),
        resources=log.events["resource"].tolist(),
        facts=facts_as_json(allowed),
        closed_at=_closed_at(log, all_closed, closed_column),
        channels=None if channel is None or channel.kind not in CODED else _words(channel),
        citizen_refs=None if whose is None else whose.refs.tolist(),
        citizens=None if whose is None else _told(whose),
        stated=None if said is None else facts_as_json(said),
        consents=log.consents,
        consent_at=log.consent_at,
    )
    about_citizens = () if whose is None else whose.notes
    columns = (*absent_columns(log, case_type), *undeclared_stated(log, case_type))
    left_out_in_all = dict(Counter(left_out) + Counter(stated_left_out))
    return Intake(arriving, left_out_in_all, (*log.notes, *columns, *about_citizens))


def _stated(
    log: EventLog, case_type: CaseType, answers: Mapping[str, NDArray[np.int8]]
) -> tuple[Frame | None, Mapping[str, int]]:
    """What the applications state; what is not stored without a yes is not stored as a statement either."""
    said = stated_in_log(log, case_type)
    return (None, {}) if said is None else without_refused(said, case_type, answers)


def _told(whose: LogCitizens) -> ToldOfCitizens | None:
    """What the file tells of each citizen, by their newest case; None where it only names them."""
    if not whose.told:
        return None
    rows = newest_of_each(whose.refs)
    told = {name: values[rows].tolist() for name, values in whose.told.items()}
    return ToldOfCitizens(whose.refs[rows].tolist(), told)


def without_refused(
    frame: Frame, case_type: CaseType, answers: Mapping[str, NDArray[np.int8]]
) -> tuple[Frame, dict[str, int]]:
    """The facts without values collected with consent where nobody said yes, and how many of each field went.

    `answers` are int8 (n,), 1 for yes; a field without answers has no yes at all.
    """
    kept, left_out = dict(frame.columns), {}
    for name, declared in case_type.fields.items():
        if declared.collected_with != "consent" or name not in kept:
            continue
        refused = answers.get(name, np.full(len(frame), -1, dtype=np.int8)) != 1
        left_out[name] = int((refused & ~kept[name].missing).sum())
        kept[name] = _emptied(kept[name], refused)
    return Frame(frame.case_ids, kept), {name: count for name, count in left_out.items() if count}


def _emptied(column: Column, where: NDArray[np.bool_]) -> Column:
    """The column with the values in `where` gone, and with no trace of words that only they had."""
    if column.kind not in CODED:
        return Column(column.kind, np.where(where, np.nan, column.values))
    codes = np.where(where, np.int32(-1), column.values)
    used = np.unique(codes[codes >= 0])
    renumbered = np.full(len(column.levels) + 1, -1, dtype=np.int32)
    renumbered[used] = np.arange(len(used), dtype=np.int32)
    return Column(column.kind, renumbered[codes], tuple(column.levels[int(code)] for code in used))


def _latest_answers(log: EventLog, on_record: Mapping[str, StoredAnswers]) -> dict[str, NDArray[np.int8]]:
    """For each field int8 (n,): the file's answer, or the one on record where it is later or the only one."""
    latest = dict(log.consents)
    given_at = log.arrivals if log.consent_at is None else log.consent_at
    given_at = np.where(np.isnat(given_at), log.arrivals, given_at)
    for name, stored in on_record.items():
        told = latest.get(name, np.full(len(log), -1, dtype=np.int8))
        is_later = (stored.answers >= 0) & ((told < 0) | (stored.answered_at > given_at))
        latest[name] = np.where(is_later, stored.answers, told).astype(np.int8)
    return latest


def _closed_at(log: EventLog, all_closed: bool, closed_column: str | None) -> Times | None:
    """Shape (n,): when each case was closed, NaT where it is open; None where all are."""
    closed_at = log.closed_at if closed_column is None else _times_in(log, closed_column)
    if not all_closed:
        return closed_at
    last = np.full(len(log), np.iinfo(np.int64).min)
    np.maximum.at(last, log.case_of_event, log.times.astype(np.int64))
    at_last_event: Times = last.astype("datetime64[us]")
    return at_last_event if closed_at is None else np.where(np.isnat(closed_at), at_last_event, closed_at)


def _times_in(log: EventLog, column: str) -> Times:
    order = CaseOrder(np.arange(len(log.times)), log.case_ids, log.case_of_event, log.first_events)
    for name in (column, f"case:{column}"):
        found = case_times(log.source, name, order)
        if found is not None:
            return found
    there = ", ".join(repr(name) for name in log.source.table.column_names)
    raise InputError(f"there is no column '{column}'; the columns are {there}", Place(log.file))


def _words(column: Column) -> list[str | None]:
    words = np.array([*column.levels, None], dtype=object)
    found: list[str | None] = words[column.values.astype(np.intp)].tolist()
    return found
