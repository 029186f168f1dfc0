"""What the queue asks the records beside its rows: free cases, counts up to a limit, names, a search by number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from config.words import DANISH_TIME
from models.cases import QUEUED, UNROUTED, WAITING
from models.queue import Key, QueuedCase, page
from models.tables import CASE_FILE, DECISION, SIGN_IN, USER_ACCOUNT

MOST_COUNTED = 99
IS_QUEUED = sa.and_(sa.text(QUEUED), CASE_FILE.c.queue_by.is_not(None))
IS_WAITING = sa.text(WAITING)
"""SQL: as the indexes of the lists have it."""
MOST_FOUND = 20
FOUND_COLUMNS = ("case_type", "case_id", "received_at", "status", "citizen_ref")
LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True)
class FoundCase:
    """A case found by its number, or decided by the visitor; `outcome` is None while it is open."""

    case_type: str
    case_id: str
    received_at: str
    status: str
    citizen_ref: str | None = None
    at: str | None = None
    outcome: str | None = None


def free_queue(
    connection: sa.Connection, team: str, *, after: Key | None = None, limit: int = 50
) -> list[QueuedCase]:
    """A page of a team's open cases that nobody has taken."""
    return page(connection, (CASE_FILE.c.team == team) & CASE_FILE.c.assigned_to.is_(None), after, limit)


def queued(which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """SQL: one row for each of some cases that somebody can go on with, in the order of the list's index."""
    return sa.select(sa.literal(1)).select_from(CASE_FILE).where(which, IS_QUEUED).order_by(CASE_FILE.c.queue_by)


def waiting(which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """SQL: the same of cases that wait."""
    those = sa.select(sa.literal(1)).select_from(CASE_FILE).where(which, IS_WAITING)
    return those.order_by(CASE_FILE.c.awaiting_until)


def unrouted() -> sa.Select[Any]:
    """SQL: one row for each case that no rule has been asked about yet."""
    those = sa.select(sa.literal(1)).select_from(CASE_FILE).where(sa.text(UNROUTED))
    return those.order_by(CASE_FILE.c.case_type)


def counted_up_to(
    connection: sa.Connection, lists: Mapping[str, sa.Select[Any]], most: int = MOST_COUNTED
) -> dict[str, int]:
    """How many rows each of some selects has, at most `most` + 1: the database stops counting there.

    A list is counted in its own order, so that PostgreSQL reads its index and not every case up to the last.
    """
    if not lists:
        return {}
    counts = []
    for name, those in lists.items():
        few = those.limit(most + 1).subquery()
        counts.append(sa.select(sa.func.count()).select_from(few).scalar_subquery().label(name))
    return dict(connection.execute(sa.select(*counts)).one()._mapping)


def some_wait(connection: sa.Connection, team: str) -> bool:
    """Whether any case of a team waits."""
    query = sa.select(sa.literal(1)).select_from(CASE_FILE).where(CASE_FILE.c.team == team, IS_WAITING).limit(1)
    return connection.execute(query).first() is not None


def names_of(connection: sa.Connection, user_ids: Iterable[int | None]) -> dict[int, str]:
    """Full names of users by their number."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    if not wanted:
        return {}
    query = sa.select(USER_ACCOUNT.c.id, USER_ACCOUNT.c.full_name).where(USER_ACCOUNT.c.id.in_(wanted))
    return {row.id: row.full_name for row in connection.execute(query)}


def cases_by_number(
    connection: sa.Connection, team: str, case_types: Sequence[str], number: str
) -> list[FoundCase]:
    """The team's cases, open or closed, whose number begins as written; at most `MOST_FOUND` + 1."""
    columns = [CASE_FILE.c[name] for name in FOUND_COLUMNS]
    begins = (CASE_FILE.c.case_id >= number) & (CASE_FILE.c.case_id < number + LAST_CHARACTER)
    query = sa.select(*columns).where(CASE_FILE.c.case_type.in_(case_types), begins, CASE_FILE.c.team == team)
    ordered = query.order_by(CASE_FILE.c.case_type, CASE_FILE.c.case_id).limit(MOST_FOUND + 1)
    return [FoundCase(**row._mapping) for row in connection.execute(ordered)]


def decided_since(connection: sa.Connection, user_id: int, since: str, limit: int) -> list[FoundCase]:
    """The cases that one person has decided since a moment, the newest first."""
    mine = sa.select(SIGN_IN.c.id).where(SIGN_IN.c.user_id == user_id, SIGN_IN.c.expires_at >= since)
    same = (CASE_FILE.c.case_type == DECISION.c.case_type) & (CASE_FILE.c.case_id == DECISION.c.case_id)
    query = (
        sa.select(
            DECISION.c.case_type,
            DECISION.c.case_id,
            CASE_FILE.c.received_at,
            CASE_FILE.c.status,
            CASE_FILE.c.citizen_ref,
            DECISION.c.decided_at.label("at"),
            DECISION.c.outcome,
        )
        .join(CASE_FILE, same)
        .where(DECISION.c.sign_in_id.in_(mine), DECISION.c.decided_at >= since)
        .order_by(DECISION.c.decided_at.desc())
        .limit(limit)
    )
    return [FoundCase(**row._mapping) for row in connection.execute(query)]


def monday(now: datetime) -> datetime:
    """The beginning of the week in Denmark."""
    today = now.astimezone(DANISH_TIME)
    start = today - timedelta(days=today.weekday())
    return start.replace(hour=0, minute=0, second=0, microsecond=0)
