"""The cases that wait, by the day their waiting ends, and those that somebody wanted to look after on a day."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from models.cases import WAITING
from models.queue import Key
from models.tables import CASE_FILE

PLACE = ("awaiting_until", "received_at", "case_type", "case_id")
COLUMNS = (
    "case_type",
    "case_id",
    "received_at",
    "team",
    "assigned_to",
    "citizen_ref",
    "awaiting",
    "awaiting_until",
    "contact_by",
    "taken_up_at",
    "decide_by",
)
FOLLOWED = ("case_type", "case_id", "received_at", "status", "citizen_ref", "follow_up_on")


@dataclass(frozen=True)
class WaitingCase:
    """A case that waits: for what (`awaiting`), and the last day that it does."""

    case_type: str
    case_id: str
    received_at: str
    team: str | None
    assigned_to: int | None
    citizen_ref: str | None
    awaiting: str
    awaiting_until: str
    contact_by: str | None = None
    taken_up_at: str | None = None
    decide_by: str | None = None

    @property
    def key(self) -> Key:
        """Where this row stands: the next page begins after it."""
        return (self.awaiting_until, self.received_at, self.case_type, self.case_id)


@dataclass(frozen=True)
class FollowUp:
    """A case, open or closed, that its holder wanted to look after on a day."""

    case_type: str
    case_id: str
    received_at: str
    status: str
    citizen_ref: str | None
    follow_up_on: str


def waiting_queue(
    connection: sa.Connection,
    *,
    team: str | None = None,
    user_id: int | None = None,
    after: Key | None = None,
    limit: int = 50,
) -> list[WaitingCase]:
    """A page of the cases of a team, or of one person, that wait; whose waiting ends first comes first."""
    whose = CASE_FILE.c.team == team if user_id is None else CASE_FILE.c.assigned_to == user_id
    query = sa.select(*(CASE_FILE.c[name] for name in COLUMNS)).where(whose, sa.text(WAITING))
    if after is not None:
        query = query.where(sa.tuple_(*(CASE_FILE.c[name] for name in PLACE)) > sa.tuple_(*after))
    ordered = query.order_by(*(CASE_FILE.c[name] for name in PLACE)).limit(limit)
    return [WaitingCase(**row._mapping) for row in connection.execute(ordered)]


def to_follow_up(user_id: int, today: str) -> sa.ColumnElement[bool]:
    """SQL: the case is one that a person holds and wanted to look after on this day or before."""
    due = (CASE_FILE.c.assigned_to == user_id) & (CASE_FILE.c.follow_up_on <= today)
    return due & sa.text("follow_up_on IS NOT NULL")


def follow_ups(connection: sa.Connection, user_id: int, today: str, limit: int = 50) -> list[FollowUp]:
    """The cases that one person holds and wanted to look after on this day or before; the oldest day first."""
    query = sa.select(*(CASE_FILE.c[name] for name in FOLLOWED)).where(to_follow_up(user_id, today))
    ordered = query.order_by(*(CASE_FILE.c[name] for name in ("follow_up_on", "case_type", "case_id")))
    return [FollowUp(**row._mapping) for row in connection.execute(ordered.limit(limit))]
