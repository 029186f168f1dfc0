"""The open cases that a person has been asked to read along in and has not answered, the oldest request first.

A request ends with its answer, and with a later request in its place, which is about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.queue import declared_conflict
from models.tables import CASE_ACT, CASE_FILE, SIGN_IN, USER_ACCOUNT

ASKED, READ = "second_reader_asked", "second_read"
asked, later, asking = CASE_ACT.alias("asked"), CASE_ACT.alias("later"), SIGN_IN.alias("asking")


@dataclass(frozen=True)
class ToRead:
    """One request; `by` is who asked, `content` what they wrote, as stored."""

    id: int
    case_type: str
    case_id: str
    citizen_ref: str | None
    at: str
    by: str
    content: str


def ever_asked(user_id: int) -> sa.Select[Any]:
    """SQL: one row for each time that a person was asked to read along, whatever became of it."""
    return sa.select(sa.literal(1)).where(asked.c.to_user == user_id, asked.c.kind == ASKED)


def asked_to_read(connection: sa.Connection, user_id: int, team: str, limit: int = 25) -> list[ToRead]:
    """What one person is asked to read, of the cases that lie with their team; one stretch of an index."""
    act, file = asked.c, CASE_FILE.c
    same = (file.case_type == act.case_type) & (file.case_id == act.case_id)
    of_case = (later.c.case_type == act.case_type) & (later.c.case_id == act.case_id)
    ended = sa.exists().where(of_case, later.c.kind.in_((READ, ASKED)), later.c.about_act == act.id)
    query = (
        sa.select(
            act.id, act.case_type, act.case_id, file.citizen_ref, act.at, USER_ACCOUNT.c.full_name.label("by"),
            act.content,
        )
        .select_from(asked)
        .join(CASE_FILE, same)
        .join(asking, asking.c.id == act.sign_in_id)
        .join(USER_ACCOUNT, USER_ACCOUNT.c.id == asking.c.user_id)
        .where(act.to_user == user_id, act.kind == ASKED, file.status == "open", file.team == team)
        .where(~ended, ~declared_conflict(user_id))
    )  # fmt: skip
    return [ToRead(**row._mapping) for row in connection.execute(query.order_by(act.id).limit(limit))]
