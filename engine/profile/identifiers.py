"""Left out because it only names the case: (nearly) every case has its own value."""

from __future__ import annotations

from engine.profile.seen import SeenCases, SeenColumn

UNIQUE_SHARE = 0.95
FEWEST_CASES = 20


def identifier(column: SeenColumn, cases: SeenCases) -> str | None:
    """Text or whole numbers of which more than 95 % are unique, where at least 20 cases have one."""
    given = int((~column.first.missing).sum())
    if column.kind not in {"text", "category", "integer"} or given < FEWEST_CASES:
        return None
    share = column.distinct_first / given
    return f"identifier: {share:.0%} of its values are unique" if share > UNIQUE_SHARE else None
