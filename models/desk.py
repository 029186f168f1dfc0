"""What people keep while they work, changed as they like: texts, presence, settings, practice.

Rows that speak of a case go with it when it is erased; a person's own go when their access is shut.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field

from models.cases import CASE, CASE_FILE
from models.record import NUMBER, WORDS, Record


class TextDraftRow(Record, table=True):
    """What somebody has typed into a form of a case and not sent yet, so that no word is lost."""

    __tablename__ = "text_draft"
    __table_args__ = (
        sa.ForeignKeyConstraint(CASE, CASE_FILE),
        sa.Index("ix_text_draft_case", *CASE),
    )

    user_id: int = Field(sa_type=NUMBER, primary_key=True, foreign_key="user_account.id")
    case_type: str = Field(sa_type=WORDS, primary_key=True)
    case_id: str = Field(sa_type=WORDS, primary_key=True)
    form: str = Field(sa_type=WORDS, primary_key=True)
    content: str = Field(sa_type=WORDS)
    saved_at: str = Field(sa_type=WORDS)
    row_version: int = Field(default=1)


class PresenceRow(Record, table=True):
    """Who has a case's page before them."""

    __tablename__ = "presence"
    __table_args__ = (
        sa.ForeignKeyConstraint(CASE, CASE_FILE),
        sa.Index("ix_presence_case", *CASE),
    )

    user_id: int = Field(sa_type=NUMBER, primary_key=True, foreign_key="user_account.id")
    case_type: str = Field(sa_type=WORDS, primary_key=True)
    case_id: str = Field(sa_type=WORDS, primary_key=True)
    first_seen_at: str = Field(sa_type=WORDS)
    seen_at: str = Field(sa_type=WORDS)


class UserSetting(Record, table=True):
    """What a person has chosen for themselves, such as a list's filter."""

    __tablename__ = "user_setting"

    user_id: int = Field(sa_type=NUMBER, primary_key=True, foreign_key="user_account.id")
    key: str = Field(sa_type=WORDS, primary_key=True)
    value: str = Field(sa_type=WORDS)


class PracticeAnswerRow(Record, table=True):
    """A closed case that a person looked at for practice, and what they answered."""

    __tablename__ = "practice_answer"
    __table_args__ = (
        sa.ForeignKeyConstraint(CASE, CASE_FILE),
        sa.CheckConstraint("sure BETWEEN 0 AND 100", name="practice_sure_is_a_percentage"),
        sa.Index("ix_practice_answer_user", "user_id", "asked_at"),
        sa.Index("ix_practice_answer_case", *CASE),
    )

    id: int | None = Field(default=None, sa_type=NUMBER, primary_key=True)
    user_id: int = Field(sa_type=NUMBER, foreign_key="user_account.id")
    case_type: str = Field(sa_type=WORDS)
    case_id: str = Field(sa_type=WORDS)
    asked_at: str = Field(sa_type=WORDS)
    answered_at: str | None = Field(default=None, sa_type=WORDS)
    outcome: str | None = Field(default=None, sa_type=WORDS)
    effort: str | None = Field(default=None, sa_type=WORDS)
    sure: int | None = Field(default=None)
    planted: bool = Field(default=False)
    machine_said: str | None = Field(default=None, sa_type=WORDS)


class TeamNoteRow(Record, table=True):
    """What a team noted in a month of the rules or a case type; it names no citizen."""

    __tablename__ = "team_note"
    __table_args__ = (
        sa.CheckConstraint("kind IN ('rule_proposal', 'case_type_note')", name="team_note_kind_is_known"),
        sa.CheckConstraint("length(month) = 7", name="team_note_has_its_month"),
        sa.Index("ix_team_note_team", "team", "month"),
    )

    id: int | None = Field(default=None, sa_type=NUMBER, primary_key=True)
    team: str = Field(sa_type=WORDS)
    month: str = Field(sa_type=WORDS)
    kind: str = Field(sa_type=WORDS)
    text: str = Field(sa_type=WORDS)
    sign_in_id: int = Field(sa_type=NUMBER, foreign_key="sign_in.id")
    at: str = Field(sa_type=WORDS)
    case_type: str | None = Field(default=None, sa_type=WORDS)
