"""Reads what people did to a case: notes, questions, hearings, hand-overs and the rest.

Each act is a row of its own that nothing changes; an answer is a later act about the earlier one.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.tables import CASE_ACT, SIGN_IN, USER_ACCOUNT

IDS_AT_A_TIME = 500


@dataclass(frozen=True)
class CaseAct:
    """An act as stored; `content` is of its kind (`act_contents.py`), `by` None where the machine did it."""

    id: int
    case_type: str
    case_id: str
    sign_in_id: int | None
    at: str
    kind: str
    about_act: int | None
    to_user: int | None
    until: str | None
    content: Mapping[str, Any]
    by: str | None
    by_id: int | None


def acts_of(connection: sa.Connection, case_type: str, case_id: str) -> list[CaseAct]:
    """Every act of one case, first done first."""
    return acts_where(connection, (CASE_ACT.c.case_type == case_type) & (CASE_ACT.c.case_id == case_id))


def acts_of_many(
    connection: sa.Connection, case_type: str, ids: Sequence[str], kinds: Collection[str]
) -> dict[str, list[CaseAct]]:
    """Acts of some kinds of many cases: case id -> acts, first done first; a case without any is not there."""
    found: dict[str, list[CaseAct]] = {}
    wanted = (CASE_ACT.c.case_type == case_type) & CASE_ACT.c.kind.in_(sorted(kinds))
    for start in range(0, len(ids), IDS_AT_A_TIME):
        some = CASE_ACT.c.case_id.in_(list(ids[start : start + IDS_AT_A_TIME]))
        for act in acts_where(connection, wanted & some):
            found.setdefault(act.case_id, []).append(act)
    return found


def acts_where(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[CaseAct]:
    """The acts named, first done first."""
    people = (USER_ACCOUNT.c.full_name.label("by"), USER_ACCOUNT.c.id.label("by_id"))
    query = (
        sa.select(*(column for column in CASE_ACT.c if column.name != "audit_batch"), *people)
        .outerjoin(SIGN_IN, SIGN_IN.c.id == CASE_ACT.c.sign_in_id)
        .outerjoin(USER_ACCOUNT, USER_ACCOUNT.c.id == SIGN_IN.c.user_id)
        .where(which)
        .order_by(CASE_ACT.c.id)
    )
    return [CaseAct(**{**row._mapping, "content": json.loads(row.content)}) for row in connection.execute(query)]
