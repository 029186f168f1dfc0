"""What people do to a case, one row an act, and the documents they put into it; never changed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field

from models.cases import CASE, CASE_FILE
from models.record import NUMBER, WORDS, Record

IS_CONFLICT = "case_act.kind = 'conflict'"
"""SQL: somebody declared that they may take no part; queries say it in these words, so that the index answers."""


class CaseActRow(Record, table=True):
    """One act: a note, a question to the citizen, a hearing, a hand-over; `act_kinds.py` knows them all."""

    __tablename__ = "case_act"
    __table_args__ = (
        sa.ForeignKeyConstraint(CASE, CASE_FILE),
        sa.Index("ix_case_act_case", "case_type", "case_id", "id"),
        sa.Index(
            "ix_case_act_conflict",
            *CASE,
            sqlite_where=sa.text(IS_CONFLICT),
            postgresql_where=sa.text(IS_CONFLICT),
        ),
        sa.Index(
            "ix_case_act_to_user",
            "to_user",
            "kind",
            "id",
            sqlite_where=sa.text("to_user IS NOT NULL"),
            postgresql_where=sa.text("to_user IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, sa_type=NUMBER, primary_key=True)
    case_type: str = Field(sa_type=WORDS)
    case_id: str = Field(sa_type=WORDS)
    sign_in_id: int | None = Field(default=None, sa_type=NUMBER, foreign_key="sign_in.id", index=True)
    at: str = Field(sa_type=WORDS)
    kind: str = Field(sa_type=WORDS)
    about_act: int | None = Field(default=None, sa_type=NUMBER, foreign_key="case_act.id")
    to_user: int | None = Field(default=None, sa_type=NUMBER, foreign_key="user_account.id")
    until: str | None = Field(default=None, sa_type=WORDS)
    content: str = Field(sa_type=WORDS)
    audit_batch: str = Field(sa_type=WORDS)


class DocumentRow(Record, table=True):
    """A document as it came; its hash is sealed, and its bytes are held against the hash."""

    __tablename__ = "document"
    __table_args__ = (
        sa.ForeignKeyConstraint(CASE, CASE_FILE),
        sa.Index("ix_document_case", *CASE),
    )

    id: int | None = Field(default=None, sa_type=NUMBER, primary_key=True)
    case_type: str = Field(sa_type=WORDS)
    case_id: str = Field(sa_type=WORDS)
    name: str = Field(sa_type=WORDS)
    media_type: str = Field(sa_type=WORDS)
    size: int
    sha256: str = Field(sa_type=WORDS)
    content: bytes = Field(sa_type=sa.LargeBinary)
    source: str = Field(sa_type=WORDS)
    citizen_has_seen: bool
    sign_in_id: int = Field(sa_type=NUMBER, foreign_key="sign_in.id")
    at: str = Field(sa_type=WORDS)
    audit_batch: str = Field(sa_type=WORDS)
