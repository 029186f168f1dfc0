"""Reads which cases were decided and are taken up again, when, on what ground, and when it was complained of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from models.case_acts import CaseAct, acts_of_many
from models.case_waiting import UNSENT
from models.decision_store import Decided
from models.tables import DECISION

REOPENED, COMPLAINED = "reopened", "complaint"
COMPLAINT = "complaint"
"""The ground on which whoever decides anew looks with fresh eyes (genvurdering)."""


@dataclass(frozen=True)
class Again:
    """That a case was taken up again after its citizen had been told: the newest time.

    Attributes:
        outcome: that of the decision which is looked at again; None where it is not on record.
        complained_on: the first day, `2026-12-07`, on which that decision was complained of; None if it was not.
    """

    at: str
    ground: str
    outcome: str | None
    complained_on: str | None


def again_in(acts: Sequence[CaseAct], outcomes: Mapping[int, str]) -> Again | None:
    """How a case with these acts was last taken up again; `outcomes` are those of its decisions, by number."""
    reopened = [act for act in acts if act.kind == REOPENED and act.content["ground"] != UNSENT]
    if not reopened:
        return None
    newest, about = reopened[-1], reopened[-1].content["decision_id"]
    days = [
        str(act.content["received_on"])
        for act in acts
        if act.kind == COMPLAINED and act.content["decision_id"] == about
    ]
    return Again(newest.at, str(newest.content["ground"]), outcomes.get(about), min(days, default=None))


def outcomes_looked_at(connection: sa.Connection, acts: Mapping[str, Sequence[CaseAct]]) -> dict[int, str]:
    """The outcomes of the decisions that these acts took up again, by the decision's number."""
    decided = [act.content["decision_id"] for some in acts.values() for act in some if act.kind == REOPENED]
    if not decided:
        return {}
    query = sa.select(DECISION.c.id, DECISION.c.outcome).where(DECISION.c.id.in_(decided))
    return {row.id: row.outcome for row in connection.execute(query)}


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
