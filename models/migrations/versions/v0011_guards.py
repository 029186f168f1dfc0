"""Guards alone: who answers for a second reader who is away, what a report and a decision rest on.

No table changes: every migration takes the guards off and makes those of this version anew.
"""

from __future__ import annotations

revision = "v0011"
down_revision = "v0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing to do; see the first sentence of this file."""
