"""Left out because it is filled in after the arrival: at intake nobody knows it."""

from __future__ import annotations

import numpy as np

from engine.profile.seen import SeenCases, SeenColumn

FILLED_LATER_SHARE = 0.05
VARYING_SHARE = 0.01


def filled_later(column: SeenColumn, cases: SeenCases) -> str | None:
    """Missing at the first event and filled later in over 5 % of cases, or a case attribute varies (> 1 %)."""
    n = len(cases)
    case = cases.log.case_of_event
    ever = np.bincount(case[column.is_given], minlength=n) > 0
    at_first = column.is_given[cases.log.first_events]
    late = float(np.mean(ever & ~at_first))
    if late > FILLED_LATER_SHARE:
        return f"filled later: missing at the first event and filled in afterwards in {late:.0%} of cases"
    if not column.is_case_attribute:
        return None
    varying = float(np.mean(_varies(column, cases) | ever & ~at_first))
    if varying > VARYING_SHARE:
        return f"filled later: exported as a case attribute, and yet it changes during {varying:.1%} of cases"
    return None


def _varies(column: SeenColumn, cases: SeenCases) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Shape (n,): the case has two different values."""
    lowest, highest = np.full(len(cases), np.iinfo(np.int64).max), np.full(len(cases), -1)
    case, codes = cases.log.case_of_event[column.is_given], column.codes[column.is_given]
    np.minimum.at(lowest, case, codes)
    np.maximum.at(highest, case, codes)
    return lowest < highest
