"""Guards alone: no part for whoever is conflicted, no case closed untold, no decision on an assessment gone stale.

No table changes: every migration takes the guards off and makes those of this version anew.
"""

from __future__ import annotations

revision = "v0010"
down_revision = "v0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing to do; see the first sentence of this file."""
