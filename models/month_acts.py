"""Reads what people said of the machine in one stretch of time, of a team's closed cases alone.

Acts have no index by time, but their numbers rise with it: where a stretch begins is found by halving.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from models.case_acts import IDS_AT_A_TIME, CaseAct, acts_where
from models.tables import ASSESSMENT, CASE_ACT, CASE_FILE, DECISION


@dataclass(frozen=True)
class AssessedThen:
    """What the machine had said of a case: the rule that routed it, the model, and the complexity it gave."""

    id: int
    rule: str | None
    model_version: str | None
    complexity: float | None


def acts_between(
    connection: sa.Connection, team: str, kinds: Collection[str], since: str, until: str
) -> list[CaseAct]:
    """Acts of some kinds from one moment on and before another, in closed cases of a team, first done first."""
    first, end = first_act_since(connection, since), first_act_since(connection, until)
    of_team = sa.exists().where(
        CASE_FILE.c.case_type == CASE_ACT.c.case_type,
        CASE_FILE.c.case_id == CASE_ACT.c.case_id,
        CASE_FILE.c.team == team,
        CASE_FILE.c.status == "closed",
    )
    stretch = (CASE_ACT.c.id >= first) & (CASE_ACT.c.id < end)
    return acts_where(connection, stretch & CASE_ACT.c.kind.in_(sorted(kinds)) & of_team)


def first_act_since(connection: sa.Connection, moment: str) -> int:
    """The number of the first act that was not done before a moment; one beyond the last where there is none."""
    low, high = 1, (connection.execute(sa.select(sa.func.max(CASE_ACT.c.id))).scalar() or 0) + 1
    while low < high:
        middle = (low + high) // 2
        query = sa.select(CASE_ACT.c.id, CASE_ACT.c.at).where(CASE_ACT.c.id >= middle).order_by(CASE_ACT.c.id)
        row = connection.execute(query.limit(1)).first()
        if row is None or row.at >= moment:
            high = middle
        else:
            low = int(row.id) + 1
    return low


def assessed_then(connection: sa.Connection, ids: Sequence[int]) -> dict[int, AssessedThen]:
    """Assessments by their number."""
    rule = sa.func.coalesce(ASSESSMENT.c.floor_rule, ASSESSMENT.c.rule).label("rule")
    columns = (ASSESSMENT.c.id, rule, ASSESSMENT.c.model_version, ASSESSMENT.c.complexity)
    found = {}
    for start in range(0, len(ids), IDS_AT_A_TIME):
        some = ASSESSMENT.c.id.in_(list(ids[start : start + IDS_AT_A_TIME]))
        for row in connection.execute(sa.select(*columns).where(some)):
            found[int(row.id)] = AssessedThen(**row._mapping)
    return found


def assessments_decided_on(connection: sa.Connection, ids: Sequence[int]) -> dict[int, int]:
    """Decision -> the assessment that it was made with; decisions without one are not there."""
    found: dict[int, int] = {}
    for start in range(0, len(ids), IDS_AT_A_TIME):
        some = DECISION.c.id.in_(list(ids[start : start + IDS_AT_A_TIME]))
        known = some & DECISION.c.assessment_id.is_not(None)
        rows = connection.execute(sa.select(DECISION.c.id, DECISION.c.assessment_id).where(known))
        found |= {int(row.id): int(row.assessment_id) for row in rows}
    return found
