"""By when a case is to be decided, for the order of the queue; working days in rules; what a team's note is about.

The days follow from published case types: the next `stafet assess` sets them (`queue_place.py`). Assessments made
before are recomputed with the days of 24 hours that they were made with.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "v0012"
down_revision = "v0011"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
INDEXES = (
    ("ix_case_file_unrouted", "case_file", "status = 'open' AND awaiting IS NULL AND team IS NULL"),
    ("ix_case_act_conflict", "case_act", "kind = 'conflict'"),
)
"""What every page of the queue asks, of which there are few among many."""


def upgrade() -> None:
    """Add the columns; where cases were assessed before, keep the newest such moment."""
    op.add_column("case_file", sa.Column("decide_by", WORDS, nullable=True))
    for name, table, which in INDEXES:
        where = sa.text(which)
        columns = ["case_type", "case_id"]
        op.create_index(name, table, columns, unique=False, sqlite_where=where, postgresql_where=where)
    op.add_column("team_note", sa.Column("case_type", WORDS, nullable=True))
    op.execute(
        "INSERT INTO workspace_fact (key, value)"
        " SELECT 'calendar_days_until', max(made_at) FROM assessment HAVING max(made_at) IS NOT NULL"
    )
