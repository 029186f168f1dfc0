"""Records why the letter of a decision could not be sent, on its case: once for each reason in a row."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from models.act_store import record_act
from models.case_acts import CaseAct, acts_of
from models.case_waiting import DISPATCH
from models.database import Database, serialise
from models.letters import Unsent
from models.queue import case_file

FAILED = "dispatch_failed"
LONGEST_REASON = 2_000


def record_failures(database: Database, failed: Sequence[tuple[Unsent, str]]) -> None:
    """Store the reasons (English sentences) of those decisions that still wait for their letter.

    A run that fails every minute for one reason stores it once.
    """
    cut = [(unsent, why[:LONGEST_REASON]) for unsent, why in failed]
    with database.read() as connection:
        news = [(unsent, why) for unsent, why in cut if is_news(connection, unsent, why)]
    if not news:
        return
    with database.write() as connection:
        serialise(connection)
        for unsent, why in news:
            if is_news(connection, unsent, why):
                record_act(
                    connection,
                    case_type=unsent.case_type,
                    case_id=unsent.case_id,
                    sign_in_id=None,
                    kind=FAILED,
                    content={"decision_id": unsent.decision_id, "why": why},
                )


def is_news(connection: sa.Connection, unsent: Unsent, why: str) -> bool:
    """Whether the case waits for this letter, and the reason is another than the last one told of it."""
    file = case_file(connection, unsent.case_type, unsent.case_id)
    if file is None or file["status"] != "open" or file["awaiting"] != DISPATCH:
        return False
    last = last_failure(acts_of(connection, unsent.case_type, unsent.case_id), unsent.decision_id)
    return last is None or last.content["why"] != why


def last_failure(acts: Sequence[CaseAct], decision_id: int) -> CaseAct | None:
    """The newest time that the letter of a decision could not be sent; None where there was none."""
    return next(
        (act for act in reversed(acts) if act.kind == FAILED and act.content["decision_id"] == decision_id), None
    )
