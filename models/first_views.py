"""Reads who has given a view of which cases before they saw the machine's part: the view belongs to the person."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from models.case_acts import IDS_AT_A_TIME, CaseAct
from models.reopenings import REOPENED
from models.tables import CASE_ACT, SIGN_IN

FIRST_VIEW = "first_view"

_AGAIN = CASE_ACT.alias("again")
LAST_REOPENED = (
    sa.select(sa.func.coalesce(sa.func.max(_AGAIN.c.id), 0))
    .where(_AGAIN.c.case_type == CASE_ACT.c.case_type, _AGAIN.c.case_id == CASE_ACT.c.case_id)
    .where(_AGAIN.c.kind == REOPENED)
    .correlate(CASE_ACT)
    .scalar_subquery()
)
"""SQL: the number of the act that took the case of a row of `case_act` up again last, 0 where none did."""


def views_of(acts: Sequence[CaseAct], user_id: int | None) -> list[CaseAct]:
    """Every version of one person's view among a case's acts, the first one first."""
    return [act for act in acts if act.kind == FIRST_VIEW and user_id is not None and act.by_id == user_id]


def views_since(acts: Sequence[CaseAct], user_id: int | None) -> list[CaseAct]:
    """The same of a case that was taken up again: only what was written since, for it is looked at anew."""
    reopened = max((act.id for act in acts if act.kind == REOPENED), default=0)
    return [act for act in views_of(acts, user_id) if act.id > reopened]


def viewed_by(
    connection: sa.Connection, case_type: str, case_ids: Sequence[str], user_id: int | None
) -> frozenset[str]:
    """Which of these cases a person has given a view of since they were taken up again; none for nobody."""
    if user_id is None:
        return frozenset()
    mine = (SIGN_IN.c.id == CASE_ACT.c.sign_in_id) & (SIGN_IN.c.user_id == user_id)
    views = (CASE_ACT.c.case_type == case_type) & (CASE_ACT.c.kind == FIRST_VIEW)
    views &= CASE_ACT.c.id > LAST_REOPENED
    found: set[str] = set()
    for start in range(0, len(case_ids), IDS_AT_A_TIME):
        some = CASE_ACT.c.case_id.in_(list(case_ids[start : start + IDS_AT_A_TIME]))
        query = sa.select(CASE_ACT.c.case_id).join(SIGN_IN, mine).where(views & some)
        found |= set(connection.execute(query).scalars())
    return frozenset(found)
