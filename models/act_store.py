"""Records what people do to a case: the act, what follows from it for the case, and its audit entry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError

from config.errors import InputError
from models import audit
from models.act_kinds import KINDS, Kind
from models.audit import canonical
from models.case_acts import CaseAct, acts_of
from models.case_salts import case_subject
from models.case_waiting import follow
from models.course import MOVES
from models.database import serialise
from models.decision_store import actor_of, refuse_missing_case
from models.queue_place import place_by_acts
from models.recording import record_row
from models.tables import ASSESSMENT, CASE_ACT, DECISION, DOCUMENT, LETTER, USER_ACCOUNT

NAMED: Mapping[str, sa.Table] = {
    "assessment_id": ASSESSMENT,
    "decision_id": DECISION,
    "letter_id": LETTER,
    "document_id": DOCUMENT,
}
"""What an act's content names of its case, and where that stands."""


def record_act(
    connection: sa.Connection,
    *,
    case_type: str,
    case_id: str,
    sign_in_id: int | None,
    kind: str,
    content: Mapping[str, Any],
    about_act: int | None = None,
    to_user: int | None = None,
    until: str | None = None,
) -> CaseAct:
    """Store an act, do to the case what follows from it, and append the audit entry, all or nothing.

    `content` holds the keys of the kind's model; `about_act` the earlier act that this one answers, `to_user` whom
    it goes to, `until` the last day (`2026-12-07`) that the case waits.

    Raises:
        InputError: no such case or kind, or the content is not what this kind says.
        RefusedError: the database refuses it: no live sign-in, no right, the case not open, an act about another.
    """
    asked = kind_named(kind)
    text = checked_content(asked, kind, content)
    refuse_no_day(until)
    unit = serialise(connection)
    refuse_missing_case(connection, case_type, case_id)
    refuse_others(connection, case_type, case_id, json.loads(text))
    refuse_absent(connection, to_user)
    row, _ = record_row(
        connection,
        CASE_ACT,
        {
            "case_type": case_type,
            "case_id": case_id,
            "sign_in_id": sign_in_id,
            "at": unit.now,
            "kind": kind,
            "about_act": about_act,
            "to_user": to_user,
            "until": until,
            "content": text,
        },
        actor=audit.SYSTEM if sign_in_id is None else actor_of(connection, sign_in_id),
        action="case.acted",
        subject=case_subject(connection, case_type, case_id),
        payload={"case_type": case_type, "kind": kind, "sign_in": sign_in_id},
    )
    acts = acts_of(connection, case_type, case_id)
    stored = next(act for act in acts if act.id == row["id"])
    follow(connection, stored, acts)
    if kind in MOVES:
        place_by_acts(connection, case_type, {case_id: acts})
    return stored


def kind_named(kind: str) -> Kind:
    """The kind of that name."""
    if kind not in KINDS:
        raise InputError(f"no act is called {kind!r}; there are {', '.join(KINDS)}")
    return KINDS[kind]


def checked_content(asked: Kind, kind: str, content: Mapping[str, Any]) -> str:
    """The content as JSON, with every key that its kind has."""
    try:
        return canonical(asked.content.model_validate(dict(content)).model_dump())
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "its content"
        raise InputError(f"{kind}: {place}: {first['msg'].removeprefix('Value error, ')}") from None


def refuse_no_day(until: str | None) -> None:
    """The last day is a day."""
    try:
        if until is None or str(date.fromisoformat(until)) == until:
            return
    except ValueError:
        pass
    raise InputError(f"{until!r} is no day; write it such as 2026-12-07")


def refuse_others(connection: sa.Connection, case_type: str, case_id: str, content: Mapping[str, Any]) -> None:
    """What the content names by its number belongs to the same case."""
    for field, table in NAMED.items():
        if content.get(field) is None:
            continue
        same = (table.c.case_type == case_type) & (table.c.case_id == case_id) & (table.c.id == content[field])
        if connection.execute(sa.select(table.c.id).where(same)).first() is None:
            raise InputError(f"case {case_id} has no {table.name.replace('_', ' ')} with number {content[field]}")


def refuse_absent(connection: sa.Connection, to_user: int | None) -> None:
    """A colleague who has been shut out takes nothing over."""
    if to_user is None:
        return
    here = (
        (USER_ACCOUNT.c.id == to_user) & (USER_ACCOUNT.c.kind == "person") & USER_ACCOUNT.c.disabled_at.is_(None)
    )
    if connection.execute(sa.select(USER_ACCOUNT.c.id).where(here)).first() is None:
        raise InputError("this colleague no longer works here; choose another")
