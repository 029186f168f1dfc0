"""Left out because it only names the case: (nearly) every case has its own value."""

from __future__ import annotations

import pyarrow as pa

from engine.profile.seen import SeenCases, SeenColumn

UNIQUE_SHARE = 0.95
FEWEST_CASES = 20


def identifier(column: SeenColumn, cases: SeenCases) -> str | None:
    """Text or whole numbers of which more than 95 % are unique, where at least 20 cases have one.

    A whole number written with decimals, such as `4120.0`, is an amount that happens to be whole, and stays.
    """
    given = int((~column.first.missing).sum())
    if column.kind not in {"text", "category", "integer"} or given < FEWEST_CASES:
        return None
    share = column.distinct_first / given
    if share <= UNIQUE_SHARE or (column.kind == "integer" and _has_decimals(column)):
        return None
    advice = "; if it is an amount, write it as a field" if column.kind == "integer" else ""
    return f"identifier: {share:.0%} of its values are unique{advice}"


def _has_decimals(column: SeenColumn) -> bool:
    kind = column.values.type
    if pa.types.is_dictionary(kind):
        return any("." in level for level in column.values.dictionary.to_pylist())
    return bool(pa.types.is_floating(kind) or (pa.types.is_decimal(kind) and kind.scale > 0))
