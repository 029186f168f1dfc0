"""Lets a person's correction stand when a later file says something else of the case."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from models.case_reader import facts_history, load_cases
from models.correction_history import KEPT, corrections_in, standing, with_values
from models.tables import CASE_FACTS

CORRECTED_AND_TOLD_ANEW = (
    "SELECT f.case_id FROM incoming_case i JOIN case_facts f ON f.case_type = :case_type AND f.case_id = i.case_id"
    " AND f.audit_batch = :batch WHERE EXISTS (SELECT 1 FROM case_facts k WHERE k.case_type = f.case_type"
    " AND k.case_id = f.case_id AND k.origin LIKE 'correction:%') ORDER BY f.case_id"
)


def keep_corrections(connection: sa.Connection, case_type: str, *, now: str, batch: str) -> int:
    """Put corrected values back over what the import of this batch has just stored; returns for how many cases.

    What the file said stays as a version of its own, so that a person can see it and think again; the next one,
    sealed by the same audit entry, holds the file's other values and the corrected ones.
    """
    values = {"case_type": case_type, "batch": batch}
    ids = connection.execute(sa.text(CORRECTED_AND_TOLD_ANEW), values).scalars().all()
    rows = [row for case_id in ids if (row := kept_version(connection, case_type, case_id)) is not None]
    if rows:
        connection.execute(
            CASE_FACTS.insert(), [{**row, "recorded_at": now, "audit_batch": batch} for row in rows]
        )
    return len(rows)


def kept_version(connection: sa.Connection, case_type: str, case_id: str) -> dict[str, Any] | None:
    """The next version of a case's facts with its corrections in it; None where the newest has them all.

    A value that the file no longer gives because the citizen has said no does not come back.
    """
    history = facts_history(connection, case_type, case_id)
    newest, told = history[-1], json.loads(history[-1]["facts"])
    answers = load_cases(connection, case_type, case_ids=[case_id]).consents
    refused = {name for name, answer in answers.items() if answer[0] == 0 and name not in told}
    corrected = standing(corrections_in(history, {}))
    facts = with_values(newest["facts"], {name: value for name, value in corrected.items() if name not in refused})
    if facts == with_values(newest["facts"], {}):
        return None
    return {
        "case_type": case_type,
        "case_id": case_id,
        "version": newest["version"] + 1,
        "facts": facts,
        "origin": KEPT,
        "reason": None,
        "stated": newest["stated"],
    }
