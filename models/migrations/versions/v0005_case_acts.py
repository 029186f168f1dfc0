"""What people do to a case while they handle it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "v0005"
down_revision = "v0004"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the table with its indexes."""
    op.create_table(
        "case_act",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_type", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("sign_in_id", NUMBER, nullable=True),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("about_act", NUMBER, nullable=True),
        sa.Column("to_user", NUMBER, nullable=True),
        sa.Column("until", WORDS, nullable=True),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("audit_batch", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_type", "case_id"],
            ["case_file.case_type", "case_file.case_id"],
            name="fk_case_act_case_type_case_id",
        ),
        sa.ForeignKeyConstraint(["sign_in_id"], ["sign_in.id"], name="fk_case_act_sign_in_id"),
        sa.ForeignKeyConstraint(["about_act"], ["case_act.id"], name="fk_case_act_about_act"),
        sa.ForeignKeyConstraint(["to_user"], ["user_account.id"], name="fk_case_act_to_user"),
        sa.PrimaryKeyConstraint("id", name="pk_case_act"),
    )
    op.create_index("ix_case_act_case", "case_act", ["case_type", "case_id", "id"], unique=False)
    op.create_index("ix_case_act_sign_in_id", "case_act", ["sign_in_id"], unique=False)
    op.create_index(
        "ix_case_act_to_user",
        "case_act",
        ["to_user", "kind", "id"],
        unique=False,
        sqlite_where=sa.text("to_user IS NOT NULL"),
        postgresql_where=sa.text("to_user IS NOT NULL"),
    )
