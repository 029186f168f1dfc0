"""Reads what one person has decided since a moment, with what is known of how each decision came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from models.case_acts import CaseAct, acts_of_many
from models.first_views import FIRST_VIEW, views_since
from models.reopenings import REOPENED
from models.tables import ASSESSMENT, CASE_FILE, DECISION, SIGN_IN

WORKED = "worked"


@dataclass(frozen=True)
class OwnDecision:
    """One decision of a person's own.

    Attributes:
        drawn: the case was drawn for blind review.
        seconds: the time it took; None where it is not known.
        leant_to: the outcome of the first view; None where none was given, or it named none.
        expected: the effort of the first view; None where none was given.
    """

    case_type: str
    case_id: str
    received_at: str
    outcome: str
    draft_use: str | None
    drawn: bool
    seconds: int | None
    leant_to: str | None
    expected: str | None


def decisions_by(connection: sa.Connection, user_id: int, since: str) -> list[OwnDecision]:
    """What a person has decided since a moment (stored text), the oldest first."""
    rows = connection.execute(decided_since(user_id, since)).all()
    acts: dict[tuple[str, str], list[CaseAct]] = {}
    for key in dict.fromkeys(row.case_type for row in rows):
        ids = sorted({row.case_id for row in rows if row.case_type == key})
        found = acts_of_many(connection, key, ids, (WORKED, FIRST_VIEW, REOPENED))
        acts |= {(key, case_id): some for case_id, some in found.items()}
    return [with_acts(row, acts.get((row.case_type, row.case_id), ()), user_id) for row in rows]


def decided_since(user_id: int, since: str) -> sa.Select[tuple[object, ...]]:
    """The rows of a person's decisions since a moment."""
    mine = sa.select(SIGN_IN.c.id).where(SIGN_IN.c.user_id == user_id, SIGN_IN.c.expires_at >= since)
    same = (CASE_FILE.c.case_type == DECISION.c.case_type) & (CASE_FILE.c.case_id == DECISION.c.case_id)
    return (
        sa.select(
            DECISION.c.id,
            DECISION.c.case_type,
            DECISION.c.case_id,
            CASE_FILE.c.received_at,
            DECISION.c.outcome,
            DECISION.c.draft_use,
            DECISION.c.decided_at,
            sa.func.coalesce(ASSESSMENT.c.drawn, sa.false()).label("drawn"),
        )
        .join(CASE_FILE, same)
        .outerjoin(ASSESSMENT, ASSESSMENT.c.id == DECISION.c.assessment_id)
        .where(DECISION.c.sign_in_id.in_(mine), DECISION.c.decided_at >= since)
        .order_by(DECISION.c.id)
    )


def with_acts(row: sa.Row[tuple[object, ...]], acts: Sequence[CaseAct], user_id: int) -> OwnDecision:
    """One decision with what its acts say; of several versions of a view the first was written unaided.

    A view from before the case was taken up again belongs to the decision that it preceded, and to no later one.
    """
    found = (act.content for act in acts if act.kind == WORKED)
    seconds = next((int(said["seconds"]) for said in found if said["decision_id"] == row.id), 0)
    before = [act for act in acts if act.at <= row.decided_at]
    view = next((act.content for act in views_since(before, user_id)), None)
    return OwnDecision(
        case_type=row.case_type,
        case_id=row.case_id,
        received_at=row.received_at,
        outcome=row.outcome,
        draft_use=row.draft_use,
        drawn=bool(row.drawn),
        seconds=seconds or None,
        leant_to=None if view is None else view["outcome"],
        expected=None if view is None else view["effort"],
    )
