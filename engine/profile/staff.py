"""Left out because it names staff: employees come and go, and are no fact about the citizen."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from engine.profile.seen import SeenCases, SeenColumn

STAFF_SHARE = 0.5
FIRST_RESOURCE = "staff: who handles the first event is no fact about the citizen, and employees come and go"


def staff(column: SeenColumn, cases: SeenCases) -> str | None:
    """A field whose values are, in half of the cases that have one or more, names from the resource column."""
    if column.kind not in {"text", "category", "integer"} or not cases.staff:
        return None
    words = column.first_words(cases.log.first_events)
    is_name = np.array([word in cases.staff for word in words.dictionary.to_pylist()], dtype=np.bool_)
    codes = np.asarray(pc.drop_null(words.indices))
    share = float(is_name[codes].mean()) if len(codes) else 0.0
    if share < STAFF_SHARE:
        return None
    return f"staff: {share:.0%} of its values are found in the resource column, and employees come and go"
