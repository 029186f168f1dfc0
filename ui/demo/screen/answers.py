"""People answer some of the questions that the rules put to them, each as the case was and as they are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import sqlalchemy as sa

from models.act_store import record_act
from models.decision_store import Hearing
from routing.in_force import InForce
from ui.caseworker.firstview.dilemmas import DILEMMA
from ui.demo.screen.manners import Manner
from ui.demo.screen.pages import Page
from ui.demo.screen.phrases import phrase

EXPLAIN, CALL = 1, 2
"""The questions of the demo's rules by their place: could the citizen explain, and does it help to call."""

SILENT = 0.45
"""So often a bare answer is all."""

Shares = Mapping[str, float]

IF_HEARD: Shares = {"yes": 0.93, "unsure": 0.07}
IF_NOTHING_WAS_HELD_AGAINST_THEM: Shares = {"no": 0.58, "yes": 0.24, "unsure": 0.18}
CALLS: Mapping[str, Shares] = {
    "daycare_subsidy": {"yes": 0.62, "no": 0.2, "unsure": 0.18},
    "health_supplement": {"yes": 0.7, "no": 0.17, "unsure": 0.13},
    "dental_aid": {"yes": 0.3, "no": 0.5, "unsure": 0.2},
    "rent_deposit_loan": {"yes": 0.5, "no": 0.3, "unsure": 0.2},
}
"""What people find of calling early; where it is dental aid, they part from the rule."""


def answer(
    connection: sa.Connection,
    page: Page,
    in_force: InForce,
    manner: Manner,
    hearing: Hearing | None,
    sign_in: int,
    random: np.random.Generator,
) -> bool:
    """Answer what the rules ask in a case, and say whether anything was; `hearing` is how it stands with that."""
    has_answered = False
    for place in page.questions:
        speaks, chosen, silent, particular, which = random.random(5).tolist()
        if speaks >= manner.candour:
            continue
        given, sort = sort_of(place, page, hearing, chosen)
        words = phrase("answers", page.running.name, sort, page.facts, (particular, which))
        record_act(
            connection,
            case_type=page.running.name,
            case_id=page.case_id,
            sign_in_id=sign_in,
            kind=DILEMMA,
            content={
                "rule": f"{in_force.rules_version}.{place}",
                "question": in_force.rules.dilemmas[place - 1].ask.da,
                "answer": given,
                "words": "" if silent < SILENT else words,
            },
        )
        has_answered = True
    return has_answered


def sort_of(place: int, page: Page, hearing: Hearing | None, chosen: float) -> tuple[str, str]:
    """What somebody answers to a question, and by which sort of words."""
    if place == CALL:
        given = one_of(CALLS[page.running.name], chosen)
        return given, f"call {given}"
    if hearing == "held":
        given = one_of(IF_HEARD, chosen)
        return given, f"explain {given} heard" if given == "yes" else f"explain {given}"
    given = one_of(IF_NOTHING_WAS_HELD_AGAINST_THEM, chosen)
    return given, f"explain {given}"


def one_of(shares: Shares, chosen: float) -> str:
    """The answer that a number in [0, 1) falls on."""
    ends = np.cumsum(list(shares.values()))
    return list(shares)[min(int(np.searchsorted(ends, chosen, side="right")), len(shares) - 1)]
