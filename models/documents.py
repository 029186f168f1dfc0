"""The documents of a case, byte for byte as they came; one changed byte is found when it is opened."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from config.errors import InputError, TamperError
from models.case_salts import case_subject
from models.database import serialise
from models.decision_store import actor_of, refuse_missing_case
from models.letter_check import digest_of
from models.recording import record_row
from models.row_check import RowsSealed
from models.tables import DOCUMENT, SIGN_IN, USER_ACCOUNT

LARGEST = 25_000_000
SHOWN = ("id", "case_type", "case_id", "name", "media_type", "size", "sha256", "source", "citizen_has_seen", "at")


@dataclass(frozen=True)
class Document:
    """A document as stored, without its bytes; `source` is whom it came from, `by` who put it into the case."""

    id: int
    case_type: str
    case_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    source: str
    citizen_has_seen: bool
    at: str
    by: str
    by_id: int


def store_document(
    connection: sa.Connection,
    *,
    case_type: str,
    case_id: str,
    sign_in_id: int,
    name: str,
    media_type: str,
    content: bytes,
    source: str,
    citizen_has_seen: bool,
) -> Document:
    """Put a document into a case and append the audit entry, all or nothing.

    Raises:
        InputError: no such case is on record, or the document is empty, unnamed or far too large.
        RefusedError: the database refuses it: no live sign-in, no right.
    """
    refuse_unusable(name, content)
    unit = serialise(connection)
    refuse_missing_case(connection, case_type, case_id)
    row, _ = record_row(
        connection,
        DOCUMENT,
        {
            "case_type": case_type,
            "case_id": case_id,
            "name": name,
            "media_type": media_type,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "content": content,
            "source": source,
            "citizen_has_seen": citizen_has_seen,
            "sign_in_id": sign_in_id,
            "at": unit.now,
        },
        actor=actor_of(connection, sign_in_id),
        action="case.document_stored",
        subject=case_subject(connection, case_type, case_id),
        payload={"case_type": case_type, "sign_in": sign_in_id},
    )
    return documents_where(connection, DOCUMENT.c.id == row["id"])[0]


def refuse_unusable(name: str, content: bytes) -> None:
    """A document has a name, and something in it."""
    if not name.strip() or len(name) > 255:
        raise InputError("a document needs a name of at most 255 characters; give it another")
    if not content:
        raise InputError(f"{name} is empty; choose the file again")
    if len(content) > LARGEST:
        raise InputError(f"{name} is larger than {LARGEST // 1_000_000} MB; make it smaller")


def documents_of(connection: sa.Connection, case_type: str, case_id: str) -> list[Document]:
    """Every document of a case, first stored first."""
    return documents_where(connection, (DOCUMENT.c.case_type == case_type) & (DOCUMENT.c.case_id == case_id))


def documents_where(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[Document]:
    """The documents named, first stored first."""
    people = (USER_ACCOUNT.c.full_name.label("by"), USER_ACCOUNT.c.id.label("by_id"))
    query = (
        sa.select(*(DOCUMENT.c[name] for name in SHOWN), *people)
        .join(SIGN_IN, SIGN_IN.c.id == DOCUMENT.c.sign_in_id)
        .join(USER_ACCOUNT, USER_ACCOUNT.c.id == SIGN_IN.c.user_id)
        .where(which)
        .order_by(DOCUMENT.c.id)
    )
    return [Document(**row._mapping) for row in connection.execute(query)]


def document_content(connection: sa.Connection, case_type: str, case_id: str, document_id: int) -> bytes | None:
    """A document's bytes, None where the case has no such document.

    Raises:
        TamperError: what is stored is not what was put in.
    """
    of_case = (DOCUMENT.c.case_type == case_type) & (DOCUMENT.c.case_id == case_id)
    query = sa.select(DOCUMENT.c.content, DOCUMENT.c.sha256).where(of_case & (DOCUMENT.c.id == document_id))
    row = connection.execute(query).first()
    if row is None:
        return None
    if digest_of(row.content) != row.sha256:
        raise TamperError(
            f"document {document_id} is not the one that was stored;"
            " run `stafet audit verify` and restore the database from a backup"
        )
    return bytes(row.content)


def check_documents(connection: sa.Connection, rows: RowsSealed) -> Iterator[tuple[int | None, str]]:
    """Entry and sentence for each document whose bytes are not what its hash says; one at a time is in memory."""
    columns = [DOCUMENT.c[name] for name in ("id", "content", "sha256", "audit_batch")]
    for number, content, sha256, batch in connection.execute(sa.select(*columns).execution_options(yield_per=1)):
        if digest_of(content) != sha256:
            seq, *_ = rows.expected.get(("document", batch), (None,))
            yield seq, f"document {number} is not the one that was stored"
