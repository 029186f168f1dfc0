"""Documents of cases, and what people keep while they work: texts, presence, settings, practice, team notes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "v0008"
down_revision = "v0007"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
CASE = ["case_type", "case_id"]


def upgrade() -> None:
    """Add the tables."""
    make_document()
    make_text_draft()
    make_presence()
    make_user_setting()
    make_practice_answer()
    make_team_note()


def words(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """A column of text."""
    return sa.Column(name, WORDS, nullable=nullable)


def number(name: str) -> sa.Column[int]:
    """A column that names a row."""
    return sa.Column(name, NUMBER, nullable=False)


def of_case(table: str) -> sa.ForeignKeyConstraint:
    """The row is about a case on record."""
    return sa.ForeignKeyConstraint(
        CASE, ["case_file.case_type", "case_file.case_id"], name=f"fk_{table}_case_type_case_id"
    )


def of_user(table: str) -> sa.ForeignKeyConstraint:
    """The row is a person's."""
    return sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=f"fk_{table}_user_id")


def make_document() -> None:
    """The documents, byte for byte."""
    op.create_table(
        "document",
        number("id"),
        words("case_type"),
        words("case_id"),
        words("name"),
        words("media_type"),
        sa.Column("size", sa.Integer(), nullable=False),
        words("sha256"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        words("source"),
        sa.Column("citizen_has_seen", sa.Boolean(), nullable=False),
        number("sign_in_id"),
        words("at"),
        words("audit_batch"),
        of_case("document"),
        sa.ForeignKeyConstraint(["sign_in_id"], ["sign_in.id"], name="fk_document_sign_in_id"),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
    )
    op.create_index("ix_document_case", "document", CASE, unique=False)


def make_text_draft() -> None:
    """What was typed and not sent yet."""
    op.create_table(
        "text_draft",
        number("user_id"),
        words("case_type"),
        words("case_id"),
        words("form"),
        words("content"),
        words("saved_at"),
        sa.Column("row_version", sa.Integer(), nullable=False),
        of_case("text_draft"),
        of_user("text_draft"),
        sa.PrimaryKeyConstraint("user_id", *CASE, "form", name="pk_text_draft"),
    )
    op.create_index("ix_text_draft_case", "text_draft", CASE, unique=False)


def make_presence() -> None:
    """Who has a case's page before them."""
    op.create_table(
        "presence",
        number("user_id"),
        words("case_type"),
        words("case_id"),
        words("first_seen_at"),
        words("seen_at"),
        of_case("presence"),
        of_user("presence"),
        sa.PrimaryKeyConstraint("user_id", *CASE, name="pk_presence"),
    )
    op.create_index("ix_presence_case", "presence", CASE, unique=False)


def make_user_setting() -> None:
    """What people have chosen for themselves."""
    op.create_table(
        "user_setting",
        number("user_id"),
        words("key"),
        words("value"),
        of_user("user_setting"),
        sa.PrimaryKeyConstraint("user_id", "key", name="pk_user_setting"),
    )


def make_practice_answer() -> None:
    """Closed cases that people looked at for practice."""
    op.create_table(
        "practice_answer",
        number("id"),
        number("user_id"),
        words("case_type"),
        words("case_id"),
        words("asked_at"),
        words("answered_at", nullable=True),
        words("outcome", nullable=True),
        words("effort", nullable=True),
        sa.Column("sure", sa.Integer(), nullable=True),
        sa.Column("planted", sa.Boolean(), nullable=False),
        words("machine_said", nullable=True),
        sa.CheckConstraint("sure BETWEEN 0 AND 100", name="practice_sure_is_a_percentage"),
        of_case("practice_answer"),
        of_user("practice_answer"),
        sa.PrimaryKeyConstraint("id", name="pk_practice_answer"),
    )
    op.create_index("ix_practice_answer_user", "practice_answer", ["user_id", "asked_at"], unique=False)
    op.create_index("ix_practice_answer_case", "practice_answer", CASE, unique=False)


def make_team_note() -> None:
    """What a team noted in a month."""
    op.create_table(
        "team_note",
        number("id"),
        words("team"),
        words("month"),
        words("kind"),
        words("text"),
        number("sign_in_id"),
        words("at"),
        sa.CheckConstraint("kind IN ('rule_proposal', 'case_type_note')", name="team_note_kind_is_known"),
        sa.CheckConstraint("length(month) = 7", name="team_note_has_its_month"),
        sa.ForeignKeyConstraint(["sign_in_id"], ["sign_in.id"], name="fk_team_note_sign_in_id"),
        sa.PrimaryKeyConstraint("id", name="pk_team_note"),
    )
    op.create_index("ix_team_note_team", "team_note", ["team", "month"], unique=False)
