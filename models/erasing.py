"""Deletes a case's data at the end of retention; the audit trail stays whole, for it held only commitments."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from config.errors import InputError
from models import audit
from models.case_salts import case_salt, case_subject
from models.citizens import forget_citizens
from models.database import serialise
from models.leaves import SEALED, stored_leaves
from models.tables import (
    ASSESSMENT,
    CASE_ACT,
    CASE_EVENT,
    CASE_FACTS,
    CASE_FILE,
    CASE_SALT,
    CONSENT,
    DECISION,
    DOCUMENT,
    ERASURE,
    LETTER,
    LETTER_FILE,
    PRACTICE_ANSWER,
    PRESENCE,
    PROFESSIONAL_ASSESSMENT,
    TEXT_DRAFT,
)

CHILDREN_FIRST = (
    TEXT_DRAFT,
    PRESENCE,
    PRACTICE_ANSWER,
    DOCUMENT,
    CASE_ACT,
    LETTER_FILE,
    LETTER,
    PROFESSIONAL_ASSESSMENT,
    DECISION,
    ASSESSMENT,
    CONSENT,
    CASE_FACTS,
    CASE_EVENT,
    CASE_SALT,
    CASE_FILE,
)


def erase_case(connection: sa.Connection, case_type: str, case_id: str, *, basis: str, actor: str) -> audit.Entry:
    """Delete everything on record about a case, and its salt, so that nobody can tell which case the trail meant.

    The citizen goes with the last of their cases.
    The audit entry names the commitments to the rows that are gone, so that `verify` knows they were not stolen.

    Raises:
        InputError: no such case is on record, or no legal basis is given.
    """
    unit = serialise(connection)
    if not basis.strip():
        raise InputError(f"case {case_id}: name the legal basis on which its data are erased")
    case_salt(connection, case_type, case_id)
    subject = case_subject(connection, case_type, case_id)
    erased = commitments(connection, case_type, case_id)
    values = {"case_type": case_type, "case_id": case_id, "at": unit.now, "basis": basis}
    connection.execute(ERASURE.insert().values(**values))
    same = (CASE_FILE.c.case_type == case_type) & (CASE_FILE.c.case_id == case_id)
    citizen_ref = connection.execute(sa.select(CASE_FILE.c.citizen_ref).where(same)).scalar()
    for table in CHILDREN_FIRST:
        same = (table.c.case_type == case_type) & (table.c.case_id == case_id)
        connection.execute(table.delete().where(same))
    forget_citizens(connection, [citizen_ref] if citizen_ref else [])
    payload = {"case_type": case_type, "basis": basis, "erased": erased}
    return audit.append(connection, actor=actor, action="case.erased", subject=subject, payload=payload)


def commitments(connection: sa.Connection, case_type: str, case_id: str) -> Mapping[str, dict[str, list[str]]]:
    """table -> batch -> hex commitments of every sealed row of a case."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, kept in SEALED.items():
        if kept.salt != "case":
            continue
        same = (kept.table.c.case_type == case_type) & (kept.table.c.case_id == case_id)
        for batch, _, leaf in stored_leaves(connection, name, same):
            found.setdefault(name, {}).setdefault(batch, []).append(leaf.hex())
    return found
