"""Reads which cases were decided and are taken up again, and on what ground."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from models.case_acts import CaseAct, acts_of_many
from models.decision_store import Decided

REOPENED = "reopened"
COMPLAINT = "complaint"
"""The ground on which whoever decides anew looks with fresh eyes (genvurdering)."""


def reopening_of(decisions: Sequence[Decided], acts: Sequence[CaseAct]) -> CaseAct | None:
    """The act that took a case up again after its newest decision; None while that one stands."""
    if not decisions:
        return None
    since = [act for act in acts if act.kind == REOPENED and act.at >= decisions[-1].decided_at]
    return since[-1] if since else None


def reopened_among(connection: sa.Connection, case_type: str, case_ids: Sequence[str]) -> dict[str, str]:
    """Of many cases that nobody has decided now, those that were taken up again: case id -> the ground."""
    found = acts_of_many(connection, case_type, case_ids, (REOPENED,))
    return {case_id: str(acts[-1].content["ground"]) for case_id, acts in found.items()}
