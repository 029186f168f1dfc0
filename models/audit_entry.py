"""The audit trail's one table: append-only, each entry hashed with the one before it."""

from __future__ import annotations

from sqlmodel import Field

from models.record import NUMBER, WORDS, Record


class AuditEntry(Record, table=True):
    """One act. Who and what are references and salted commitments, never personal data."""

    __tablename__ = "audit"

    seq: int | None = Field(default=None, sa_type=NUMBER, primary_key=True)
    at: str = Field(sa_type=WORDS)
    actor: str = Field(sa_type=WORDS)
    action: str = Field(sa_type=WORDS)
    subject: str = Field(sa_type=WORDS)
    payload: str = Field(sa_type=WORDS)
    previous_hash: str = Field(sa_type=WORDS)
    hash: str = Field(sa_type=WORDS)
