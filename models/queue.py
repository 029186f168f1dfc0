"""The queue: what a team or a person can go on with, nearest deadline first, one page after the other by key.

A page reads one index from where the last one ended, so that it takes as long with a million cases as with ten. It
holds no score: what comes next is told by the deadline and the day the case came in.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from models.case_waiting import AWAITS_LETTER
from models.cases import QUEUED
from models.database import serialise
from models.handling import IS_CONFLICT
from models.tables import CASE_ACT, CASE_FILE, SIGN_IN

COLUMNS = (
    "case_type",
    "case_id",
    "received_at",
    "team",
    "priority",
    "contact_by",
    "queue_by",
    "assigned_to",
    "citizen_ref",
    "taken_up_at",
    "decide_by",
)
PLACE = ("queue_by", "received_at", "case_type", "case_id")
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class QueuedCase:
    """One row of the queue."""

    case_type: str
    case_id: str
    received_at: str
    team: str | None
    priority: str | None
    contact_by: str | None
    queue_by: str
    assigned_to: int | None
    citizen_ref: str | None
    taken_up_at: str | None = None
    decide_by: str | None = None

    @property
    def key(self) -> Key:
        """Where this row stands: the next page begins after it."""
        return (self.queue_by, self.received_at, self.case_type, self.case_id)


def team_queue(
    connection: sa.Connection, team: str, *, after: Key | None = None, limit: int = 50
) -> list[QueuedCase]:
    """A page of a team's open cases."""
    return page(connection, CASE_FILE.c.team == team, after, limit)


def own_queue(
    connection: sa.Connection, user_id: int, *, after: Key | None = None, limit: int = 50
) -> list[QueuedCase]:
    """A page of the open cases that one person has taken."""
    return page(connection, CASE_FILE.c.assigned_to == user_id, after, limit)


def page(
    connection: sa.Connection, whose: sa.ColumnElement[bool], after: Key | None, limit: int
) -> list[QueuedCase]:
    """A page of queued cases that wait for nobody."""
    query = sa.select(*(CASE_FILE.c[name] for name in COLUMNS)).where(whose, sa.text(QUEUED))
    query = query.where(CASE_FILE.c.queue_by.is_not(None))
    if after is not None:
        query = query.where(sa.tuple_(*(CASE_FILE.c[name] for name in PLACE)) > sa.tuple_(*after))
    ordered = query.order_by(*(CASE_FILE.c[name] for name in PLACE)).limit(limit)
    return [QueuedCase(**row._mapping) for row in connection.execute(ordered)]


def next_case(
    connection: sa.Connection, team: str, user_id: int, *, may_have_own: bool = True
) -> QueuedCase | None:
    """What a person should take up next: what they have taken already, else the team's first that nobody has.

    Without `may_have_own` it is known that they have taken nothing.
    """
    own = own_queue(connection, user_id, limit=1) if may_have_own else []
    if own:
        return own[0]
    may = (CASE_FILE.c.team == team) & CASE_FILE.c.assigned_to.is_(None) & ~declared_conflict(user_id)
    free = page(connection, may, None, 1)
    return free[0] if free else None


def take_case(connection: sa.Connection, case_type: str, case_id: str, user_id: int) -> bool:
    """Take an open case that nobody has (or keep one's own).

    False where somebody else was faster, where the case is decided and waits for its letter only, or where the
    person has declared a conflict of interest.
    """
    serialise(connection)
    same = (CASE_FILE.c.case_type == case_type) & (CASE_FILE.c.case_id == case_id) & (CASE_FILE.c.status == "open")
    free = CASE_FILE.c.assigned_to.is_(None) | (CASE_FILE.c.assigned_to == user_id)
    taken = (
        CASE_FILE.update()
        .where(same & free & ~AWAITS_LETTER & ~declared_conflict(user_id))
        .values(assigned_to=user_id, row_version=CASE_FILE.c.row_version + 1)
    )
    return connection.execute(taken).rowcount == 1


def declared_conflict(user_id: int) -> sa.ColumnElement[bool]:
    """SQL: the person has declared that they may take no part in the case."""
    same = (CASE_ACT.c.case_type == CASE_FILE.c.case_type) & (CASE_ACT.c.case_id == CASE_FILE.c.case_id)
    theirs = (SIGN_IN.c.id == CASE_ACT.c.sign_in_id) & (SIGN_IN.c.user_id == user_id)
    return sa.exists().where(same, theirs, sa.text(IS_CONFLICT))


def release_case(connection: sa.Connection, case_type: str, case_id: str, user_id: int) -> bool:
    """Give one's case back to the team; False where it was not one's own."""
    same = (CASE_FILE.c.case_type == case_type) & (CASE_FILE.c.case_id == case_id)
    mine = same & (CASE_FILE.c.assigned_to == user_id)
    given = CASE_FILE.update().where(mine).values(assigned_to=None, row_version=CASE_FILE.c.row_version + 1)
    return connection.execute(given).rowcount == 1


def case_file(connection: sa.Connection, case_type: str, case_id: str) -> dict[str, object] | None:
    """Everything in one case's file row, None where it is not on record."""
    same = (CASE_FILE.c.case_type == case_type) & (CASE_FILE.c.case_id == case_id)
    row = connection.execute(sa.select(CASE_FILE).where(same)).first()
    return None if row is None else dict(row._mapping)
