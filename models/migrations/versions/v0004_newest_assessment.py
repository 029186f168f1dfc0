"""A case's newest assessment is the one that was made last; no column, which nothing sealed, names it any more."""

from __future__ import annotations

from alembic import op

revision = "v0004"
down_revision = "v0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the column."""
    op.drop_column("case_file", "latest_assessment_id")
