"""Closed cases to look back on: the newest of a type, and how the few that are shown stand now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from models.tables import CASE_FILE, DECISION, PROFESSIONAL_ASSESSMENT


@dataclass(frozen=True)
class ClosedCase:
    """A closed case as it stands; `outcome` is that of its newest decision, or what a case that is not decided was
    assessed as; None where neither was said here."""

    case_id: str
    team: str | None
    received_at: str
    closed_at: str
    outcome: str | None = None


def newest_closed(connection: sa.Connection, case_type: str, since: str, limit: int) -> list[ClosedCase]:
    """The closed cases of a type that came in since a moment, the newest first; one stretch of an index."""
    file = CASE_FILE.c
    of_type = (file.case_type == case_type) & (file.status == "closed") & (file.received_at >= since)
    query = sa.select(file.case_id, file.team, file.received_at, file.closed_at).where(of_type)
    newest = query.order_by(file.received_at.desc(), file.case_id.desc()).limit(limit)
    return [ClosedCase(**row._mapping) for row in connection.execute(newest)]


def closed_now(connection: sa.Connection, case_type: str, case_ids: Sequence[str]) -> dict[str, ClosedCase]:
    """Those of a few cases that are on record and closed, with how they ended."""
    file = CASE_FILE.c
    newest = (
        sa.select(DECISION.c.outcome)
        .where(DECISION.c.case_type == file.case_type, DECISION.c.case_id == file.case_id)
        .order_by(DECISION.c.round.desc())
        .limit(1)
        .scalar_subquery()
    )
    assessed = (
        sa.select(PROFESSIONAL_ASSESSMENT.c.result)
        .where(PROFESSIONAL_ASSESSMENT.c.case_type == file.case_type)
        .where(PROFESSIONAL_ASSESSMENT.c.case_id == file.case_id)
        .scalar_subquery()
    )
    ended = sa.func.coalesce(newest, assessed).label("outcome")
    query = sa.select(file.case_id, file.team, file.received_at, file.closed_at, ended).where(
        file.case_type == case_type, file.case_id.in_(list(case_ids)), file.status == "closed"
    )
    return {row.case_id: ClosedCase(**row._mapping) for row in connection.execute(query)}
