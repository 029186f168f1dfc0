"""Where an open case stands in the queue: by its nearest deadline, which moves as its time does.

The place is stored with the case, so that a page of the queue is read from an index in order. It is set when the
case is assessed and after every act that may move its time; `place_open` puts whole case types right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from config.case_type import CaseType
from config.words import DANISH_TIME
from models.case_acts import CaseAct, acts_of_many
from models.case_waiting import of_case
from models.clock import FAR_FUTURE, stamp
from models.course import MOVES, course_ahead
from models.database import Database, serialise
from models.deciding_time import day_of, decide_by
from models.published_case_types import case_type_in_force
from models.reopenings import outcomes_looked_at
from models.tables import CASE_ACT, CASE_FILE

ENDS = "T22:59:59.999999Z"
"""The end of a day in Denmark in winter; in summer an hour late, which moves nothing between two days."""

DECIDED = f"coalesce(case_file.decide_by || '{ENDS}', '{FAR_FUTURE}')"
PLACED = (
    f"CASE WHEN case_file.contact_by <= {DECIDED} THEN case_file.contact_by"
    f" WHEN case_file.priority = 'high' THEN case_file.received_at ELSE {DECIDED} END"
)
"""SQL: a case comes by its contact deadline; of high priority and without one, by the day it came in; then others,
by the day on which they are to be decided."""
QUEUED_OPEN = (CASE_FILE.c.status == "open") & CASE_FILE.c.queue_by.is_not(None)


def place_cases(connection: sa.Connection, key: str, case_ids: Sequence[str]) -> None:
    """Put a few cases of one type where their deadlines say."""
    found = acts_of_many(connection, key, case_ids, MOVES)
    place_by_acts(connection, key, {case_id: found.get(case_id, ()) for case_id in case_ids})


def place_by_acts(connection: sa.Connection, key: str, acts: Mapping[str, Sequence[CaseAct]]) -> None:
    """The same where their acts are known: case id -> all of them, or those of `MOVES`."""
    case_type, outcomes = case_type_in_force(connection, key), outcomes_looked_at(connection, acts)
    for case_id, some in acts.items():
        place(connection, key, case_id, some, outcomes, case_type)


def place(
    connection: sa.Connection,
    key: str,
    case_id: str,
    acts: Sequence[CaseAct],
    outcomes: Mapping[int, str],
    case_type: CaseType | None,
) -> None:
    """Put one case where its acts say; one that is not queued, or closed, stays as it is.

    A contact is made once the citizen has been written to or spoken with; the hours that the law sets run on.
    """
    this = of_case(key, case_id) & QUEUED_OPEN
    received_at = connection.execute(sa.select(CASE_FILE.c.received_at).where(this)).scalar()
    if received_at is None:
        return
    course = course_ahead(acts, outcomes, received_at)
    day = decide_by(received_at, case_type, course)
    by_law = case_type is not None and case_type.deadlines.contact_within_hours is not None
    values: dict[str, Any] = {"decide_by": None if day is None else str(day)}
    if course.again is not None or (course.is_contacted and not by_law):
        values["contact_by"] = None
    connection.execute(CASE_FILE.update().where(this).values(**values))
    connection.execute(CASE_FILE.update().where(this).values(queue_by=sa.text(PLACED)))


def place_open(database: Database, key: str) -> int:
    """Put every queued case of one type that has no day to decide yet where it belongs; returns how many.

    Cases that nothing has moved are placed by the day they came, all of one day at once.
    """
    with database.read() as connection:
        case_type = case_type_in_force(connection, key)
        days = None if case_type is None else case_type.deadlines.decide_within_days
        if not (_moved(connection, key) if days is None else _days(connection, key)):
            return 0
    with database.write() as connection:
        serialise(connection)
        moved = _moved(connection, key)
        place_cases(connection, key, moved)
        if days is None:
            return len(moved)
        rest, given = _days(connection, key), timedelta(days=days)
        return len(moved) + sum(_place_day(connection, key, day, day + given) for day in rest)


def _unplaced(key: str) -> sa.ColumnElement[bool]:
    return (CASE_FILE.c.case_type == key) & QUEUED_OPEN & CASE_FILE.c.decide_by.is_(None)


def _days(connection: sa.Connection, key: str) -> list[date]:
    """The days from the first to the last on which a case without its place came."""
    came = CASE_FILE.c.received_at
    first, last = connection.execute(sa.select(sa.func.min(came), sa.func.max(came)).where(_unplaced(key))).one()
    if first is None:
        return []
    begins = day_of(first)
    return [begins + timedelta(days=number) for number in range((day_of(last) - begins).days + 1)]


def _moved(connection: sa.Connection, key: str) -> list[str]:
    """The cases without a place whose time may have moved."""
    same = (CASE_ACT.c.case_type == CASE_FILE.c.case_type) & (CASE_ACT.c.case_id == CASE_FILE.c.case_id)
    has_acts = sa.exists().where(same & CASE_ACT.c.kind.in_(sorted(MOVES)))
    return list(connection.execute(sa.select(CASE_FILE.c.case_id).where(_unplaced(key), has_acts)).scalars())


def _place_day(connection: sa.Connection, key: str, day: date, last: date) -> int:
    """Place those of one type that came on a day and are to be decided by `last`; returns how many."""
    begins, ends = (stamp(datetime.combine(one, time(), DANISH_TIME)) for one in (day, day + timedelta(days=1)))
    came = (CASE_FILE.c.received_at >= begins) & (CASE_FILE.c.received_at < ends)
    those = _unplaced(key) & came
    found = connection.execute(CASE_FILE.update().where(those).values(decide_by=str(last))).rowcount
    if found:
        same = (CASE_FILE.c.case_type == key) & QUEUED_OPEN & came & (CASE_FILE.c.decide_by == str(last))
        connection.execute(CASE_FILE.update().where(same).values(queue_by=sa.text(PLACED)))
    return found
