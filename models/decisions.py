"""What a named person decided; the database itself asks for that person's live sign-in."""

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
