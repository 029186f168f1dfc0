"""Which outcomes are fully in the citizen's favour, and how a decision stands with the hearing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.published_outcomes import outcomes_in

revision = "v0007"
down_revision = "v0006"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the columns, which decisions of before leave empty, and write down what published texts say."""
    op.add_column("decision", sa.Column("fully_in_favour", sa.Boolean(), nullable=True))
    op.add_column("decision", sa.Column("hearing", WORDS, nullable=True))
    made = op.create_table(
        "published_outcome",
        sa.Column("case_type", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("outcome", WORDS, nullable=False),
        sa.Column("fully_in_favour", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_type", "version", "outcome", name="pk_published_outcome"),
    )
    texts = sa.text("SELECT name, version, content FROM published WHERE kind = 'case_type'")
    rows = [
        {"case_type": name, "version": version, "outcome": outcome, "fully_in_favour": in_favour}
        for name, version, content in op.get_bind().execute(texts).all()
        for outcome, in_favour in outcomes_in(content).items()
    ]
    op.bulk_insert(made, rows)
