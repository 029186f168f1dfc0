"""When a case was taken up again; and who answers for a second reader, what a report and a decision rest on.

The guards need no table: every migration takes them off and makes those of this version anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "v0011"
down_revision = "v0010"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
LAST = (
    "(SELECT max(a.at) FROM case_act a WHERE a.case_type = case_file.case_type AND a.case_id = case_file.case_id"
    " AND a.kind = 'reopened')"
)
FAR_FUTURE = "9999-12-31T00:00:00.000000Z"


def upgrade() -> None:
    """Add the column; cases that are open again get their time from the reopening, as those to come will."""
    op.add_column("case_file", sa.Column("taken_up_at", WORDS, nullable=True))
    op.execute(
        f"UPDATE case_file SET taken_up_at = {LAST}, contact_by = NULL,"
        f" queue_by = CASE WHEN priority = 'high' THEN received_at ELSE '{FAR_FUTURE}' END"
        f" WHERE status = 'open' AND {LAST} IS NOT NULL"
    )
