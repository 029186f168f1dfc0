"""What a team notes in a month: proposals for the rules, and what a case type should know. It names no citizen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from config.errors import InputError
from models.database import unit_of
from models.tables import SIGN_IN, TEAM_NOTE, USER_ACCOUNT

NoteKind = Literal["rule_proposal", "case_type_note"]


@dataclass(frozen=True)
class TeamNote:
    """One note; `month` such as `2026-11`, `by` whoever wrote it last, `case_type` what it is about."""

    id: int
    team: str
    month: str
    kind: str
    text: str
    at: str
    by: str
    by_id: int
    case_type: str | None = None


def write_team_note(
    connection: sa.Connection,
    *,
    team: str,
    month: str,
    kind: NoteKind,
    text: str,
    sign_in_id: int,
    case_type: str | None = None,
) -> TeamNote:
    """Keep a new note; one in a case type names it.

    Raises:
        InputError: a note in a case type that names none.
        RefusedError: no such kind, month or sign-in.
    """
    if kind == "case_type_note" and case_type is None:
        raise InputError("a note in a case type names the case type")
    about = {"team": team, "month": month, "kind": kind, "case_type": case_type}
    values = {**about, "text": text, "sign_in_id": sign_in_id}
    written = TEAM_NOTE.insert().values(**values, at=unit_of(connection).now)
    key = connection.execute(written).inserted_primary_key
    assert key is not None
    return notes_where(connection, TEAM_NOTE.c.id == int(key[0]))[0]


def change_team_note(
    connection: sa.Connection, note_id: int, team: str, *, text: str | None, sign_in_id: int
) -> bool:
    """Write a team's note anew, or take it away with None; False where the team has no such note."""
    which = (TEAM_NOTE.c.id == note_id) & (TEAM_NOTE.c.team == team)
    if text is None:
        return connection.execute(TEAM_NOTE.delete().where(which)).rowcount == 1
    values = {"text": text, "sign_in_id": sign_in_id, "at": unit_of(connection).now}
    return connection.execute(TEAM_NOTE.update().where(which).values(**values)).rowcount == 1


def team_notes(connection: sa.Connection, team: str, month: str) -> list[TeamNote]:
    """A team's notes of one month, first written first."""
    return notes_where(connection, (TEAM_NOTE.c.team == team) & (TEAM_NOTE.c.month == month))


def notes_in_case_type(connection: sa.Connection, case_type: str) -> list[TeamNote]:
    """What all teams have noted in a case type, last written first."""
    which = (TEAM_NOTE.c.case_type == case_type) & (TEAM_NOTE.c.kind == "case_type_note")
    return notes_where(connection, which)[::-1]


def notes_where(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[TeamNote]:
    """The notes named, first written first."""
    people = (USER_ACCOUNT.c.full_name.label("by"), USER_ACCOUNT.c.id.label("by_id"))
    query = (
        sa.select(*(column for column in TEAM_NOTE.c if column.name != "sign_in_id"), *people)
        .join(SIGN_IN, SIGN_IN.c.id == TEAM_NOTE.c.sign_in_id)
        .join(USER_ACCOUNT, USER_ACCOUNT.c.id == SIGN_IN.c.user_id)
        .where(which)
        .order_by(TEAM_NOTE.c.id)
    )
    return [TeamNote(**row._mapping) for row in connection.execute(query)]
