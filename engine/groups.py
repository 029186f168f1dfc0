"""Groups in which the promise must hold too: one cell for each combination of the named fields' values."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
from numpy.typing import NDArray

from config.columns import CODED, Column

NO_CODE = -2

Cell = tuple[tuple[str, str | float | None], ...]
"""((field, value), ...); an empty cell holds every case. A value is None where the case has none."""


def cells_of(groups: Mapping[str, Column], fields: tuple[str, ...]) -> list[Cell]:
    """The combinations of `fields` that occur, in a fixed order; without fields the one cell of all cases.

    A promise kept in each combination is kept in each single group and in the whole, which are mixtures of them.

    Example:
        >>> from config.columns import coded
        >>> cells_of({"channel": coded("category", ["post", "desk", "post", None])}, ("channel",))
        [(('channel', None),), (('channel', 'desk'),), (('channel', 'post'),)]
    """
    values = [_values(groups[name]) for name in fields]
    cells: list[Cell] = [tuple(zip(fields, combination, strict=True)) for combination in product(*values)]
    if not fields:
        return [()]
    n = len(groups[fields[0]])
    return [cell for cell in cells if in_cell(cell, groups, n).any()]


def in_cell(cell: Cell, groups: Mapping[str, Column], n_cases: int) -> NDArray[np.bool_]:
    """Shape (n_cases,): the case has the cell's value in each of its fields; a field not given matches nothing."""
    rows = np.ones(n_cases, dtype=np.bool_)
    for name, value in cell:
        rows &= _has(groups[name], value) if name in groups else False
    return rows


def _values(column: Column) -> list[str | float | None]:
    first: list[str | float | None] = [None] if bool(column.unknown.any()) else []
    if column.kind in CODED:
        present = np.unique(column.values[~column.unknown])
        return [*first, *sorted(column.levels[int(code)] for code in present)]
    return [*first, *(float(value) for value in np.unique(column.values[~column.unknown]))]


def _has(column: Column, value: str | float | None) -> NDArray[np.bool_]:
    if value is None:
        return column.unknown
    if column.kind in CODED:
        code = column.levels.index(str(value)) if value in column.levels else NO_CODE
        return np.equal(column.values, code) & ~column.unknown
    return np.equal(column.values, value) & ~column.unknown
