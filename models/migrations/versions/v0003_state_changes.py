"""Every change of a case type's state, by whom and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "v0003"
down_revision = "v0002"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the table; changes made before it are in the audit trail alone."""
    op.create_table(
        "state_change",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_type", WORDS, nullable=False),
        sa.Column("weight", WORDS, nullable=False),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("phase", WORDS, nullable=False),
        sa.Column("since", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=True),
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("audit_batch", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_state_change"),
    )
    op.create_index("ix_state_change_case_type", "state_change", ["case_type", "id"], unique=False)
