"""Who has a case's page before them just now, so that two people do not work on one case without knowing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from models.database import unit_of
from models.tables import PRESENCE, USER_ACCOUNT


@dataclass(frozen=True)
class Present:
    """Somebody who has a case's page before them."""

    user_id: int
    full_name: str
    first_seen_at: str
    seen_at: str


def be_present(connection: sa.Connection, user_id: int, case_type: str, case_id: str) -> None:
    """Say that a person has the case's page before them now.

    Raises:
        RefusedError: no such case is on record.
    """
    now = unit_of(connection).now
    seen = PRESENCE.update().where(one(user_id, case_type, case_id)).values(seen_at=now)
    if connection.execute(seen).rowcount == 0:
        key = {"user_id": user_id, "case_type": case_type, "case_id": case_id}
        connection.execute(PRESENCE.insert().values(**key, first_seen_at=now, seen_at=now))


def leave(connection: sa.Connection, user_id: int, case_type: str, case_id: str) -> None:
    """Say that a person has the page before them no more."""
    connection.execute(PRESENCE.delete().where(one(user_id, case_type, case_id)))


def leave_before(connection: sa.Connection, user_id: int, moment: str) -> None:
    """Forget the pages that a person has not had before them since a moment (stored text)."""
    connection.execute(PRESENCE.delete().where((PRESENCE.c.user_id == user_id) & (PRESENCE.c.seen_at < moment)))


def others_present(
    connection: sa.Connection, case_type: str, case_id: str, *, but: int, since: str
) -> list[Present]:
    """Everybody else who has had the page before them since a moment, who came first first."""
    columns = (PRESENCE.c.user_id, USER_ACCOUNT.c.full_name, PRESENCE.c.first_seen_at, PRESENCE.c.seen_at)
    here = (PRESENCE.c.case_type == case_type) & (PRESENCE.c.case_id == case_id) & (PRESENCE.c.seen_at >= since)
    query = (
        sa.select(*columns)
        .join(USER_ACCOUNT, USER_ACCOUNT.c.id == PRESENCE.c.user_id)
        .where(here, PRESENCE.c.user_id != but)
        .order_by(PRESENCE.c.first_seen_at, PRESENCE.c.user_id)
    )
    return [Present(**row._mapping) for row in connection.execute(query)]


def present_in(
    connection: sa.Connection, cases: Collection[tuple[str, str]], *, but: int, since: str
) -> dict[tuple[str, str], list[str]]:
    """The full names of everybody else who has had one of these cases before them since a moment, by case."""
    if not cases:
        return {}
    keys = {key for key, _ in cases}, {case_id for _, case_id in cases}
    of_cases = PRESENCE.c.case_type.in_(keys[0]) & PRESENCE.c.case_id.in_(keys[1])
    query = (
        sa.select(PRESENCE.c.case_type, PRESENCE.c.case_id, USER_ACCOUNT.c.full_name)
        .join(USER_ACCOUNT, USER_ACCOUNT.c.id == PRESENCE.c.user_id)
        .where(of_cases, PRESENCE.c.seen_at >= since, PRESENCE.c.user_id != but)
        .order_by(PRESENCE.c.first_seen_at, PRESENCE.c.user_id)
    )
    found: dict[tuple[str, str], list[str]] = {}
    for row in connection.execute(query):
        found.setdefault((row.case_type, row.case_id), []).append(row.full_name)
    return {case: names for case, names in found.items() if case in cases}


def one(user_id: int, case_type: str, case_id: str) -> sa.ColumnElement[bool]:
    """One person's row of one case."""
    of_case = (PRESENCE.c.case_type == case_type) & (PRESENCE.c.case_id == case_id)
    return (PRESENCE.c.user_id == user_id) & of_case
