"""Which facts stand in for a protected one: they go so closely together that one tells the other.

The measure is Cramér's V with Bergsma's correction for chance ("A bias-correction for Cramér's V and Tschuprow's
T", Journal of the Korean Statistical Society 42, 2013); numbers are cut at their quintiles. What cannot be told,
because too few cases have both facts, counts as standing in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from config.columns import CODED, Column

STANDS_IN_FROM = 0.3
"""A medium association by Cohen's measure of effect."""
FEWEST_CASES = 50
MOST_VALUES = 10
QUINTILES = (0.2, 0.4, 0.6, 0.8)


def stand_ins(columns: Mapping[str, Column], fields: Sequence[str], protected: Sequence[str]) -> frozenset[str]:
    """Those of `fields` that stand in for one of the `protected` ones; a field without a column does not."""
    kept = {name: groups_of(columns[name]) for name in protected if name in columns}
    found = set()
    for name in fields:
        if name not in columns:
            continue
        own = groups_of(columns[name])
        if any(tells(own, other) for other in kept.values()):
            found.add(name)
    return frozenset(found)


def tells(own: NDArray[np.intp], other: NDArray[np.intp]) -> bool:
    """Whether the groups of one fact (n,) tell those of another, -1 being not known."""
    both = (own >= 0) & (other >= 0)
    return int(both.sum()) < FEWEST_CASES or association(own[both], other[both]) >= STANDS_IN_FROM


def groups_of(column: Column) -> NDArray[np.intp]:
    """Shape (n,): each case's word, its value where there are few, else its fifth; -1 where it is not known."""
    if column.kind in CODED:
        return np.where(column.unknown, -1, column.values).astype(np.intp)
    known, groups = ~column.unknown, np.full(len(column), -1, dtype=np.intp)
    values = column.values[known]
    distinct, numbered = np.unique(values, return_inverse=True)
    if len(distinct) <= MOST_VALUES:
        groups[known] = numbered
    else:
        groups[known] = np.searchsorted(np.quantile(values, QUINTILES), values)
    return groups


def association(one: NDArray[np.intp], other: NDArray[np.intp]) -> float:
    """Cramér's V, corrected, of two groupings (n,) of the same cases: 0 where neither tells the other.

    Example:
        >>> same = np.arange(100) % 4
        >>> association(same, same), association(same, np.zeros(100, dtype=np.intp))
        (1.0, 0.0)
    """
    n = len(one)
    _, rows = np.unique(one, return_inverse=True)
    _, columns = np.unique(other, return_inverse=True)
    r, c = int(rows.max()) + 1, int(columns.max()) + 1
    if min(r, c) < 2:
        return 0.0
    seen = np.bincount(rows * c + columns, minlength=r * c).reshape(r, c).astype(np.float64)
    chance = seen.sum(axis=1, keepdims=True) * seen.sum(axis=0, keepdims=True) / n
    phi2 = max(0.0, float(((seen - chance) ** 2 / chance).sum()) / n - (r - 1) * (c - 1) / (n - 1))
    room = min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1
    return 0.0 if room <= 0 else float(np.sqrt(min(1.0, phi2 / room)))
