"""What citizens are found by: the words of their names and their CPR numbers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.citizen_words import index_all

revision = "v0009"
down_revision = "v0008"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table, and the words of the citizens on record."""
    op.create_table(
        "citizen_word",
        sa.Column("word", WORDS, nullable=False),
        sa.Column("ref", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["ref"], ["citizen.ref"], name="fk_citizen_word_ref"),
        sa.PrimaryKeyConstraint("word", "ref", name="pk_citizen_word"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_citizen_word_ref", "citizen_word", ["ref", "word"], unique=False)
    index_all(op.get_bind())
