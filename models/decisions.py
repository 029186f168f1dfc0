"""What a named person decided or assessed; the database itself asks for that person's live sign-in."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field

from models.cases import CASE, CASE_FILE
from models.record import NUMBER, WORDS, Record


class Decision(Record, table=True):
    """One decision; never changed. A case decided anew has a further round that `replaces` the one before."""

    __tablename__ = "decision"
    __table_args__ = (
        sa.ForeignKeyConstraint(CASE, CASE_FILE),
        sa.UniqueConstraint("case_type", "case_id", "round"),
        sa.CheckConstraint("outcome <> ''", name="decision_has_an_outcome"),
        sa.CheckConstraint("round >= 1", name="decision_round_counts_from_one"),
    )

    id: int | None = Field(default=None, sa_type=NUMBER, primary_key=True)
    case_type: str = Field(sa_type=WORDS)
    case_id: str = Field(sa_type=WORDS)
    round: int
    sign_in_id: int = Field(sa_type=NUMBER, foreign_key="sign_in.id", index=True)
    assessment_id: int | None = Field(default=None, sa_type=NUMBER, foreign_key="assessment.id")
    outcome: str = Field(sa_type=WORDS)
    reasons: str = Field(default="", sa_type=WORDS)
    decided_at: str = Field(sa_type=WORDS)
    replaces: int | None = Field(default=None, sa_type=NUMBER, foreign_key="decision.id")
    audit_batch: str = Field(sa_type=WORDS)
    draft_use: str | None = Field(default=None, sa_type=WORDS)
    checks: str | None = Field(default=None, sa_type=WORDS)
    fully_in_favour: bool | None = Field(default=None)
    hearing: str | None = Field(default=None, sa_type=WORDS)


class ProfessionalAssessment(Record, table=True):
    """What a person found of a case that is assessed and not decided, such as a report about a child."""

    __tablename__ = "professional_assessment"
    __table_args__ = (
        sa.ForeignKeyConstraint(CASE, CASE_FILE),
        sa.UniqueConstraint("case_type", "case_id"),
        sa.CheckConstraint("result <> ''", name="professional_assessment_has_a_result"),
    )

    id: int | None = Field(default=None, sa_type=NUMBER, primary_key=True)
    case_type: str = Field(sa_type=WORDS)
    case_id: str = Field(sa_type=WORDS)
    sign_in_id: int = Field(sa_type=NUMBER, foreign_key="sign_in.id", index=True)
    result: str = Field(sa_type=WORDS)
    reasons: str = Field(default="", sa_type=WORDS)
    assessed_at: str = Field(sa_type=WORDS)
    audit_batch: str = Field(sa_type=WORDS)
