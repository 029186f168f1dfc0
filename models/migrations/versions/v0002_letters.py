"""Whose a case is, what the application stated, what became of a draft, assessments of reports, and letters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "v0002"
down_revision = "v0001"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add columns that may be empty, so that commitments to rows written before still hold, and new tables."""
    add_columns()
    make_citizen()
    make_professional_assessment()
    make_letter()


def add_columns() -> None:
    """Columns that rows of before leave empty."""
    op.add_column("case_facts", sa.Column("stated", WORDS, nullable=True))
    op.add_column("decision", sa.Column("draft_use", WORDS, nullable=True))
    op.add_column("decision", sa.Column("checks", WORDS, nullable=True))
    op.add_column("user_account", sa.Column("phone", WORDS, nullable=True))


def make_citizen() -> None:
    """Who the citizens are, and the way from a citizen to their cases."""
    op.create_table(
        "citizen",
        sa.Column("ref", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=True),
        sa.Column("cpr", WORDS, nullable=True),
        sa.Column("street", WORDS, nullable=True),
        sa.Column("town", WORDS, nullable=True),
        sa.Column("phone", WORDS, nullable=True),
        sa.Column("protected_address", sa.Boolean(), nullable=False),
        sa.Column("digital_post", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.CheckConstraint("ref <> ''", name="citizen_has_a_reference"),
        sa.PrimaryKeyConstraint("ref", name="pk_citizen"),
    )
    op.create_index(
        "ix_case_file_citizen",
        "case_file",
        ["citizen_ref"],
        unique=False,
        sqlite_where=sa.text("citizen_ref IS NOT NULL"),
        postgresql_where=sa.text("citizen_ref IS NOT NULL"),
    )


def make_professional_assessment() -> None:
    """What people found of reports, which are assessed and not decided."""
    op.create_table(
        "professional_assessment",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_type", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("sign_in_id", NUMBER, nullable=False),
        sa.Column("result", WORDS, nullable=False),
        sa.Column("reasons", WORDS, nullable=False),
        sa.Column("assessed_at", WORDS, nullable=False),
        sa.Column("audit_batch", WORDS, nullable=False),
        sa.CheckConstraint("result <> ''", name="professional_assessment_has_a_result"),
        sa.ForeignKeyConstraint(
            ["case_type", "case_id"],
            ["case_file.case_type", "case_file.case_id"],
            name="fk_professional_assessment_case_type_case_id",
        ),
        sa.ForeignKeyConstraint(["sign_in_id"], ["sign_in.id"], name="fk_professional_assessment_sign_in_id"),
        sa.PrimaryKeyConstraint("id", name="pk_professional_assessment"),
        sa.UniqueConstraint("case_type", "case_id", name="uq_professional_assessment_case_type_case_id"),
    )
    op.create_index(
        "ix_professional_assessment_sign_in_id", "professional_assessment", ["sign_in_id"], unique=False
    )


def make_letter() -> None:
    """The letters that were sent, each as files."""
    op.create_table(
        "letter",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_type", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("decision_id", NUMBER, nullable=True),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("channel", WORDS, nullable=False),
        sa.Column("dated", WORDS, nullable=False),
        sa.Column("sent_at", WORDS, nullable=False),
        sa.Column("document", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("audit_batch", WORDS, nullable=False),
        sa.CheckConstraint(
            "kind IN ('decision', 'hearing', 'information_request', 'receipt')", name="letter_kind_is_known"
        ),
        sa.CheckConstraint(
            "(kind = 'decision') = (decision_id IS NOT NULL)", name="letter_names_its_decision_and_no_other"
        ),
        sa.CheckConstraint("length(dated) = 10", name="letter_has_its_day"),
        sa.ForeignKeyConstraint(
            ["case_type", "case_id"],
            ["case_file.case_type", "case_file.case_id"],
            name="fk_letter_case_type_case_id",
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_letter_decision_id"),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        sa.UniqueConstraint("decision_id", name="uq_letter_decision_id"),
    )
    op.create_index("ix_letter_case_type_case_id", "letter", ["case_type", "case_id"], unique=False)
    op.create_table(
        "letter_file",
        sa.Column("letter_id", NUMBER, nullable=False),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("format", WORDS, nullable=False),
        sa.Column("case_type", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("audit_batch", WORDS, nullable=False),
        sa.CheckConstraint("format IN ('html', 'txt', 'pdf')", name="letter_file_format_is_known"),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_letter_file_letter_id"),
        sa.PrimaryKeyConstraint("letter_id", "language", "format", name="pk_letter_file"),
    )
    op.create_index("ix_letter_file_case_type_case_id", "letter_file", ["case_type", "case_id"], unique=False)
