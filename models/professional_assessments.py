"""Records what a person found of a case that is assessed and not decided, such as a report about a child.

The same guards hold as for a decision: a natural person's live sign-in, an open case, and one of two wins.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from config.errors import RefusedError
from models.case_salts import case_subject
from models.database import serialise
from models.decision_store import actor_of, close_case, refuse_missing_case
from models.recording import record_row
from models.tables import PROFESSIONAL_ASSESSMENT, SIGN_IN, USER_ACCOUNT


@dataclass(frozen=True)
class Assessed:
    """A professional assessment as stored; `result` is a key of the case type's `assessed_as`."""

    id: int
    case_type: str
    case_id: str
    sign_in_id: int
    result: str
    reasons: str
    assessed_at: str
    assessed_by: str
    assessed_by_id: int


class AlreadyAssessedError(RefusedError):
    """Somebody else assessed the case first; `assessed` is theirs."""

    def __init__(self, assessed: Assessed) -> None:
        self.assessed = assessed
        super().__init__(
            f"case {assessed.case_id} was assessed by {assessed.assessed_by} at {assessed.assessed_at[:16]}Z"
            f" ({assessed.result}); nothing of yours was stored"
        )


def record_professional_assessment(
    connection: sa.Connection, *, case_type: str, case_id: str, sign_in_id: int, result: str, reasons: str
) -> Assessed:
    """Store what a person found, close the case and append the audit entry, all or nothing.

    Raises:
        AlreadyAssessedError: somebody was faster.
        InputError: no such case is on record.
        RefusedError: the database refuses it: no live sign-in, no right to assess, case not open, no result.
    """
    unit = serialise(connection)
    refuse_missing_case(connection, case_type, case_id)
    earlier = professional_assessment_of(connection, case_type, case_id)
    if earlier is not None:
        raise AlreadyAssessedError(earlier)
    now = unit.now
    values = {
        "case_type": case_type,
        "case_id": case_id,
        "sign_in_id": sign_in_id,
        "result": result,
        "reasons": reasons,
        "assessed_at": now,
    }
    record_row(
        connection,
        PROFESSIONAL_ASSESSMENT,
        values,
        actor=actor_of(connection, sign_in_id),
        action="case.professionally_assessed",
        subject=case_subject(connection, case_type, case_id),
        payload={"case_type": case_type, "sign_in": sign_in_id},
    )
    close_case(connection, case_type, case_id, now)
    stored = professional_assessment_of(connection, case_type, case_id)
    if stored is None:
        raise RuntimeError(f"the assessment of case {case_id} was stored and is not there")
    return stored


def professional_assessment_of(connection: sa.Connection, case_type: str, case_id: str) -> Assessed | None:
    """What a person found of a case, None where nobody has assessed it."""
    stored = PROFESSIONAL_ASSESSMENT.c
    people = (USER_ACCOUNT.c.full_name.label("assessed_by"), USER_ACCOUNT.c.id.label("assessed_by_id"))
    query = (
        sa.select(*(column for column in stored if column.name != "audit_batch"), *people)
        .join(SIGN_IN, SIGN_IN.c.id == stored.sign_in_id)
        .join(USER_ACCOUNT, USER_ACCOUNT.c.id == SIGN_IN.c.user_id)
        .where((stored.case_type == case_type) & (stored.case_id == case_id))
    )
    row = connection.execute(query).first()
    return None if row is None else Assessed(**row._mapping)
