"""Assesses cases: those that are open in the workspace, or those of a file; stores what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from engine.log import EventLog
from engine.log_citizens import citizen_refs
from engine.stated import stated_from_json, stated_in_log, undeclared_stated
from engine.typed_facts import absent_columns, facts, frame_from_json
from models import audit
from models.assessment_store import store_assessments
from models.case_reader import Status, StoredCases, cases_assessed_before, cases_to_assess, load_cases
from models.case_type_states import state_of
from models.case_waiting import bring_back_passed
from models.database import Database
from models.queue_place import place_open
from models.training_store import measurements_of
from routing.assessed import Assessed
from routing.assessed_parquet import parquet_out
from routing.assessed_rows import assessment_rows
from routing.batch import Sink, Tally, blocks_of, carried, poured
from routing.history_of import citizens_of, history_of
from routing.in_force import Model
from routing.intake import without_refused
from routing.kept_draws import kept_shares
from routing.lanes import open_lanes
from routing.publishing import Opened
from routing.relay import Cases, Standard
from routing.standards import standard_of


@dataclass(frozen=True)
class Run:
    """How to assess: where to write, whether to store, and on how many workers."""

    out: Path | None = None
    store: bool = True
    workers: int = 1
    scheduler: str | None = None
    actor: str = audit.SYSTEM


@dataclass
class AssessedNow:
    """What a run has come to; `unchanged` cases have an assessment that still counts, so none was added.

    `why_no_model` is a sentence where nothing was scored.
    """

    tally: Tally = field(default_factory=Tally)
    stored: int = 0
    unchanged: int = 0
    seconds: float = 0.0
    why_no_model: str | None = None
    notes: tuple[str, ...] = ()


def assess_open_cases(
    opened: Opened, name: str, run: Run | None = None, *, case_ids: Sequence[str] | None = None
) -> AssessedNow:
    """Assess the open cases of the workspace, or those named, and store an assessment where something has changed
    that counts: facts, consents, model, promise, rules, case type or state. Run again, it completes what was cut
    short. Cases whose last day of waiting has passed come back to the queue first.

    Raises:
        InputError, TamperError: no such case type, or its model file is not the one on record.
    """
    chosen, begun, made_at = run or Run(), perf_counter(), opened.database.now
    bring_back_passed(opened.database)
    with opened.database.read() as connection:
        standard, model = standard_of(opened, connection, name)
        cases, stored = load_open(connection, standard, case_ids)
        due = set(due_cases(connection, standard, model))
    is_due = np.array([case_id in due for case_id in stored.case_ids], dtype=np.bool_)
    queue = opened.in_force.states[name].status == "live"
    keep = keeping(opened.database, stored, is_due, made_at=made_at, actor=chosen.actor, queue=queue)
    now = _run(cases, standard, chosen, [keep] if chosen.store else [])
    if chosen.store and queue:
        place_open(opened.database, name)
    now.stored = int(is_due.sum()) if chosen.store else 0
    now.unchanged = int((~is_due).sum())
    now.why_no_model = model.why_none
    now.seconds = perf_counter() - begun
    return now


def assess_log(opened: Opened, name: str, log: EventLog, run: Run) -> AssessedNow:
    """Assess the cases of a file from each one's first event; nothing is stored (import them for that).

    Raises:
        InputError, TamperError: as above, or a value of the file is not of its declared type.
    """
    begun = perf_counter()
    with opened.database.read() as connection:
        standard, model = standard_of(opened, connection, name)
        cases = cases_of_log(connection, log, standard)
    now = _run(cases, standard, run, [])
    now.why_no_model = model.why_none
    of_type = standard.case_type
    now.notes = (*log.notes, *absent_columns(log, of_type), *undeclared_stated(log, of_type))
    now.seconds = perf_counter() - begun
    return now


def load_open(
    connection: sa.Connection,
    standard: Standard,
    case_ids: Sequence[str] | None = None,
    status: Status | None = "open",
) -> tuple[Cases, StoredCases]:
    """Open cases (of those named) as the relay takes them, and as they are stored, in the same order.

    `status` None takes closed cases too.
    """
    case_type = standard.case_type
    stored = load_cases(connection, case_type.key, status, case_ids)
    flow = None
    if standard.trained is not None and standard.trained.derived:
        flow = history_of(connection, case_type).flow
    known = frame_from_json(stored.case_ids, stored.facts, case_type)
    said = stated_from_json(stored.case_ids, stored.stated, case_type)
    alone = case_ids is not None and len(stored) == 1
    kept = kept_shares(connection, case_type.key, stored.case_ids.tolist(), alone=alone)
    cases = Cases(
        known, stored.received_at, stored.consents, flow, citizens_of(stored), stated=said, kept_shares=kept
    )
    return cases, stored


def cases_of_log(connection: sa.Connection, log: EventLog, standard: Standard) -> Cases:
    """A file's cases; values collected with consent are left out where nobody said yes."""
    from engine.arrivals import with_file

    case_type = standard.case_type
    known, _ = without_refused(facts(log, case_type), case_type, log.consents)
    flow = None
    if standard.trained is not None and standard.trained.derived:
        past = history_of(connection, case_type)
        on_record = set(past.history.facts.case_ids)
        is_new = np.array([case_id not in on_record for case_id in log.case_ids], dtype=np.bool_)
        flow = with_file(past.flow, log.arrivals[is_new])
    stated = stated_in_log(log, case_type)
    return Cases(known, log.arrivals, log.consents, flow, citizen_refs(log), stated=stated)


def due_cases(connection: sa.Connection, standard: Standard, model: Model) -> Iterable[str]:
    """Open cases whose newest assessment no longer says what would be said now."""
    name = standard.case_type.key
    yield from cases_to_assess(
        connection,
        name,
        model_version=model.version,
        rules_version=standard.versions.rules,
        case_type_version=standard.versions.case_type,
    )
    since = changed_at(connection, name, model.version)
    yield from cases_assessed_before(connection, name, since)


def changed_at(connection: sa.Connection, name: str, model_version: str | None) -> str:
    """When the case type's state, or the promise of its model, was last set: assessments before that are old."""
    state = state_of(connection, name)
    moments = ["" if state is None else state.since]
    if model_version is not None:
        moments += [str(one["measured_at"]) for one in measurements_of(connection, name, model_version)]
    return max(moments)


def keeping(
    database: Database, stored: StoredCases, is_due: NDArray[np.bool_], *, made_at: str, actor: str, queue: bool
) -> Sink:
    """A sink that stores each block's due cases in one unit of work; `stored`, `is_due` (n,) follow the blocks."""
    begun_at = 0

    def keep(_: Cases, assessed: Assessed) -> None:
        nonlocal begun_at
        block = slice(begun_at, begun_at + len(assessed))
        begun_at = block.stop
        rows = np.flatnonzero(is_due[block])
        if len(rows):
            versions = stored.facts_versions[block][rows].astype(np.int64)
            table = assessment_rows(assessed.take(rows), made_at=made_at, facts_versions=versions)
            store_assessments(database, table, actor=actor, queue=queue)

    return keep


def _run(cases: Cases, standard: Standard, run: Run, sinks: Iterable[Sink]) -> AssessedNow:
    now = AssessedNow()
    with ExitStack() as open_things:
        into = [now.tally.add, *sinks]
        if run.out is not None:
            features = () if standard.trained is None else standard.trained.features
            into.append(open_things.enter_context(parquet_out(run.out, features, standard.case_type)))
        lanes = open_things.enter_context(open_lanes(run.workers, run.scheduler))
        for _ in poured(carried(blocks_of(cases), standard, lanes=lanes), into):
            pass
    return now
