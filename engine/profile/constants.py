"""Left out because it says nothing: (nearly) every case begins with the same value."""

from __future__ import annotations

import numpy as np

from engine.profile.seen import SeenCases, SeenColumn

CONSTANT_SHARE = 0.995


def constant(column: SeenColumn, cases: SeenCases) -> str | None:
    """One value, or its absence, in more than 99.5 % of cases."""
    missing = column.first.missing
    if missing.mean() > CONSTANT_SHARE:
        return "constant: missing at the first event of (nearly) every case"
    values, counts = np.unique(column.first.values[~missing], return_counts=True)
    share = counts.max(initial=0) / len(cases)
    if share <= CONSTANT_SHARE:
        return None
    row = int(np.flatnonzero(column.first.values == values[counts.argmax()])[0])
    common = column.first_words(cases.log.first_events[row : row + 1])[0].as_py()
    return f"constant: {share:.1%} of cases begin with the value '{common}'"
