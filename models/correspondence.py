"""What was written to citizens: each letter as it was sent, and the files it was sent and shown as."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field

from models.cases import CASE, CASE_FILE
from models.record import NUMBER, WORDS, Record


class Letter(Record, table=True):
    """One letter that was sent; never changed. A decision has at most one."""

    __tablename__ = "letter"
    __table_args__ = (
        sa.ForeignKeyConstraint(CASE, CASE_FILE),
        sa.UniqueConstraint("decision_id"),
        sa.CheckConstraint(
            "kind IN ('decision', 'hearing', 'information_request', 'receipt')", name="letter_kind_is_known"
        ),
        sa.CheckConstraint(
            "(kind = 'decision') = (decision_id IS NOT NULL)", name="letter_names_its_decision_and_no_other"
        ),
        sa.CheckConstraint("length(dated) = 10", name="letter_has_its_day"),
        sa.Index("ix_letter_case_type_case_id", "case_type", "case_id"),
    )

    id: int | None = Field(default=None, sa_type=NUMBER, primary_key=True)
    case_type: str = Field(sa_type=WORDS)
    case_id: str = Field(sa_type=WORDS)
    kind: str = Field(sa_type=WORDS)
    decision_id: int | None = Field(default=None, sa_type=NUMBER, foreign_key="decision.id")
    language: str = Field(sa_type=WORDS)
    channel: str = Field(sa_type=WORDS)
    dated: str = Field(sa_type=WORDS)
    sent_at: str = Field(sa_type=WORDS)
    document: str = Field(sa_type=WORDS)
    sha256: str = Field(sa_type=WORDS)
    audit_batch: str = Field(sa_type=WORDS)


class LetterFileRow(Record, table=True):
    """A letter in one language and format, byte for byte as it was made."""

    __tablename__ = "letter_file"
    __table_args__ = (
        sa.CheckConstraint("format IN ('html', 'txt', 'pdf')", name="letter_file_format_is_known"),
        sa.Index("ix_letter_file_case_type_case_id", "case_type", "case_id"),
    )

    letter_id: int = Field(sa_type=NUMBER, primary_key=True, foreign_key="letter.id")
    language: str = Field(sa_type=WORDS, primary_key=True)
    format: str = Field(sa_type=WORDS, primary_key=True)
    case_type: str = Field(sa_type=WORDS)
    case_id: str = Field(sa_type=WORDS)
    content: bytes = Field(sa_type=sa.LargeBinary)
    sha256: str = Field(sa_type=WORDS)
    audit_batch: str = Field(sa_type=WORDS)
