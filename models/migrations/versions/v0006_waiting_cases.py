"""What a case waits for, until when, when it is to be looked after, and the team that a person gave it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "v0006"
down_revision = "v0005"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
CASE = ["case_type", "case_id"]
QUEUED = "status = 'open' AND awaiting IS NULL"
WAITING = "status = 'open' AND awaiting IS NOT NULL"
HELD = " AND assigned_to IS NOT NULL"


def upgrade() -> None:
    """Add columns that may be empty; the queue's indexes hold only what somebody can go on with."""
    for name in ("awaiting", "awaiting_until", "follow_up_on", "team_given"):
        op.add_column("case_file", sa.Column(name, WORDS, nullable=True))
    op.drop_index("ix_case_file_queue", "case_file")
    op.drop_index("ix_case_file_mine", "case_file")
    make_index("queue", ["team", "queue_by", "received_at", *CASE], QUEUED)
    make_index("mine", ["assigned_to", "queue_by", "received_at", *CASE], QUEUED + HELD)
    make_index("waiting", ["team", "awaiting_until", "received_at", *CASE], WAITING)
    make_index("waiting_mine", ["assigned_to", "awaiting_until", "received_at", *CASE], WAITING + HELD)
    make_index("passed", ["awaiting_until"], WAITING)
    make_index("follow_up", ["assigned_to", "follow_up_on", *CASE], "follow_up_on IS NOT NULL")


def make_index(name: str, columns: list[str], where: str) -> None:
    """A partial index of the case files."""
    condition = sa.text(where)
    op.create_index(
        f"ix_case_file_{name}", "case_file", columns, sqlite_where=condition, postgresql_where=condition
    )
