"""How the audit trail speaks of a case without naming it: a commitment that only the case's salt can redo."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import sqlalchemy as sa

from config.errors import InputError
from models.tables import CASE_SALT

SALT_BYTES = 32


def case_salt(connection: sa.Connection, case_type: str, case_id: str) -> bytes:
    """The salt of one case.

    Raises:
        InputError: no such case is on record, or its data have been erased.
    """
    same = (CASE_SALT.c.case_type == case_type) & (CASE_SALT.c.case_id == case_id)
    salt = connection.execute(sa.select(CASE_SALT.c.salt).where(same)).scalar()
    if salt is None:
        raise InputError(f"case {case_id} of {case_type} is not on record; import it first")
    return bytes(salt)


def case_subject(connection: sa.Connection, case_type: str, case_id: str) -> str:
    """The case as the audit trail names it: `case:` and a salted SHA-256.

    Raises:
        InputError: no such case is on record.
    """
    return subject_of(case_salt(connection, case_type, case_id), case_type, case_id)


def subject_of(salt: bytes, case_type: str, case_id: str) -> str:
    """The salted name of a case whose salt is at hand.

    Example:
        >>> subject_of(bytes(32), "fines", "A1")[:13]
        'case:4c43218d'
    """
    words = [part.encode() for part in (case_type, case_id)]
    return "case:" + hashlib.sha256(b"".join([salt, b"subject\x00", words[0], b"\x00", words[1]])).hexdigest()


def salts_in_order(connection: sa.Connection, case_type: str, case_ids: Sequence[str]) -> list[bytes]:
    """Salts of many cases, in the order asked; all salts of the type are read where most are wanted.

    Raises:
        InputError: a case is not on record.
    """
    query = sa.select(CASE_SALT.c.case_id, CASE_SALT.c.salt).where(CASE_SALT.c.case_type == case_type)
    if len(case_ids) <= 500:
        query = query.where(CASE_SALT.c.case_id.in_(list(case_ids)))
    found = {case_id: bytes(salt) for case_id, salt in connection.execute(query)}
    try:
        return [found[case_id] for case_id in case_ids]
    except KeyError as error:
        raise InputError(f"case {error.args[0]} of {case_type} is not on record; import it first") from error
