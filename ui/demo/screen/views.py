"""How long people have a case open, what they make of it before they decide, and how the decision came about."""

from __future__ import annotations

import numpy as np
import sqlalchemy as sa

from models.act_store import record_act
from models.decision_store import Decided
from models.first_views import FIRST_VIEW
from ui.caseworker.draft_part import reasons_of
from ui.caseworker.worked import Work, record_worked
from ui.demo.screen.manners import Manner
from ui.demo.screen.opinions import Opinion
from ui.demo.screen.pages import Page
from ui.demo.screen.phrases import phrase

SILENT = 0.25
"""So often nothing is written of what weighs most."""

MINUTES_OF_A_DRAFT, MINUTES, MINUTES_OF_A_COMPLEX_CASE = 3.0, 8.0, 19.0
SPREAD = 0.45
"""Of the time that a decision takes, in logarithms."""


def minutes_of(page: Page, manner: Manner, random: np.random.Generator) -> float:
    """How long somebody has a case's page open before they sign."""
    usual = MINUTES_OF_A_COMPLEX_CASE if page.running.cases.is_complex[page.row] else MINUTES
    if page.running.is_drafted[page.row]:
        usual = MINUTES_OF_A_DRAFT if not page.is_hidden else MINUTES
    return float(usual * manner.pace * np.exp(SPREAD * random.normal()))


def store_view(
    connection: sa.Connection, page: Page, opinion: Opinion, sign_in: int, random: np.random.Generator
) -> None:
    """Store the view of whoever is to decide."""
    silent, particular, which = random.random(3).tolist()
    weighs = phrase("weighs", page.running.name, opinion.effort, page.facts, (particular, which))
    record_act(
        connection,
        case_type=page.running.name,
        case_id=page.case_id,
        sign_in_id=sign_in,
        kind=FIRST_VIEW,
        content={
            "assessment_id": None if page.latest is None else page.latest.id,
            "outcome": opinion.outcome,
            "effort": opinion.effort,
            "weighs": "" if silent < SILENT else weighs,
        },
    )


def store_work(connection: sa.Connection, page: Page, decided: Decided, *, opened: str, signed_in_at: str) -> None:
    """Store how a decision came about, as a form that was sent tells it."""
    told = page.running.told
    drafted = None
    if decided.draft_use is not None:
        drafted = reasons_of(told.case_type.criteria[int(told.by_criteria.criterion[page.row])])
    record_worked(connection, decided, Work(opened, signed_in_at, drafted, told.proposed(page.row)))
