"""What a municipality has put in force (case types, rules, letters), and how far each case type has come."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field

from models.record import NUMBER, WORDS, Record

KINDS = ("case_type", "rules", "letters")


class Published(Record, table=True):
    """One version of one published text; never changed. In force is the highest version."""

    __tablename__ = "published"
    __table_args__ = (
        sa.UniqueConstraint("kind", "name", "version"),
        sa.CheckConstraint("kind IN ('case_type', 'rules', 'letters')", name="published_kind_is_known"),
        sa.CheckConstraint("version >= 1", name="published_version_counts_from_one"),
    )

    id: int | None = Field(default=None, sa_type=NUMBER, primary_key=True)
    kind: str = Field(sa_type=WORDS)
    name: str = Field(sa_type=WORDS)
    version: int
    content: str = Field(sa_type=WORDS)
    sha256: str = Field(sa_type=WORDS)
    published_at: str = Field(sa_type=WORDS)
    proposed_by: str = Field(sa_type=WORDS)
    confirmed_by: str | None = Field(default=None, sa_type=WORDS)
    audit_batch: str = Field(sa_type=WORDS)


class PublishedOutcome(Record, table=True):
    """One outcome of one published version of a case type; follows from its text."""

    __tablename__ = "published_outcome"

    case_type: str = Field(sa_type=WORDS, primary_key=True)
    version: int = Field(primary_key=True)
    outcome: str = Field(sa_type=WORDS, primary_key=True)
    fully_in_favour: bool


class CaseTypeState(Record, table=True):
    """How far the machine may go with a case type now."""

    __tablename__ = "case_type_state"
    __table_args__ = (
        sa.CheckConstraint("weight IN ('light', 'heavy')", name="state_weight_is_known"),
        sa.CheckConstraint("status IN ('trial', 'live')", name="state_status_is_known"),
        sa.CheckConstraint("phase IN ('trial', 'shadow', 'drafting', 'stopped')", name="state_phase_is_known"),
        sa.CheckConstraint(
            "phase NOT IN ('shadow', 'drafting') OR (weight = 'light' AND status = 'live')",
            name="state_only_a_light_live_type_drafts",
        ),
    )

    name: str = Field(sa_type=WORDS, primary_key=True)
    weight: str = Field(sa_type=WORDS)
    status: str = Field(sa_type=WORDS)
    phase: str = Field(sa_type=WORDS)
    since: str = Field(sa_type=WORDS)
    reason: str | None = Field(default=None, sa_type=WORDS)


class StateChange(Record, table=True):
    """One time that a case type came to stand elsewhere, by whom and why; never changed."""

    __tablename__ = "state_change"
    __table_args__ = (sa.Index("ix_state_change_case_type", "case_type", "id"),)

    id: int | None = Field(default=None, sa_type=NUMBER, primary_key=True)
    case_type: str = Field(sa_type=WORDS)
    weight: str = Field(sa_type=WORDS)
    status: str = Field(sa_type=WORDS)
    phase: str = Field(sa_type=WORDS)
    since: str = Field(sa_type=WORDS)
    reason: str | None = Field(default=None, sa_type=WORDS)
    actor: str = Field(sa_type=WORDS)
    salt: bytes = Field(sa_type=sa.LargeBinary)
    audit_batch: str = Field(sa_type=WORDS)
