"""Facts of many cases in columns: the one form in which rules, features and gates meet a case or a million.

A number, boolean or date is a float64 array with NaN where it is missing (a boolean is 1.0 or 0.0, a date the
days since 1970-01-01). A category or text is an int32 array of codes into `levels`, -1 where it is missing.
A value that the law or the citizen keeps from the model is *hidden*: for scores and rules it is UNKNOWN, and
not even its absence can be told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["number", "integer", "boolean", "category", "date", "text"]
CODED: frozenset[str] = frozenset({"category", "text"})


@dataclass(frozen=True)
class Column:
    """One field of `n` cases. `values` is (n,) float64, or int32 codes into `levels` where `kind` is coded."""

    kind: Kind
    values: NDArray[np.float64] | NDArray[np.int32]
    levels: tuple[str, ...] = ()
    hidden: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.values)

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Shape (n,): True where no value was given (a hidden value says nothing either way)."""
        return self.values < 0 if self.kind in CODED else np.isnan(self.values)

    @property
    def unknown(self) -> NDArray[np.bool_]:
        """Shape (n,): True where the value is missing or hidden."""
        return self.missing if self.hidden is None else self.missing | self.hidden

    def hide(self, where: NDArray[np.bool_]) -> Column:
        """The same column with the cases in `where` (n,) hidden as well."""
        return replace(self, hidden=where if self.hidden is None else self.hidden | where)

    def take(self, rows: NDArray[np.intp] | slice) -> Column:
        """The rows named, in that order."""
        return replace(self, values=self.values[rows], hidden=None if self.hidden is None else self.hidden[rows])

    def value(self, row: int) -> float | str | None:
        """One case's value as a person reads it, None where it is missing (hidden values are not withheld)."""
        if self.missing[row]:
            return None
        return self.levels[int(self.values[row])] if self.kind in CODED else float(self.values[row])


def coded(kind: Literal["category", "text"], values: Sequence[str | None]) -> Column:
    """A column from words; levels are sorted, so that the same words give the same codes.

    Example:
        >>> column = coded("category", ["post", None, "desk"])
        >>> column.levels, column.values.tolist()
        (('desk', 'post'), [1, -1, 0])
    """
    levels = tuple(sorted({value for value in values if value is not None}))
    code = {level: number for number, level in enumerate(levels)}
    codes = np.fromiter((-1 if v is None else code[v] for v in values), dtype=np.int32, count=len(values))
    return Column(kind, codes, levels)


def numbers(kind: Kind, values: Sequence[float | bool | None] | NDArray[np.float64]) -> Column:
    """A number, integer, boolean or date column; None and NaN are missing."""
    return Column(kind, np.array([np.nan if v is None else v for v in values], dtype=np.float64))


@dataclass(frozen=True)
class Frame:
    """Facts of the cases `case_ids` (n,), one column a field. Undeclared fields are simply not there."""

    case_ids: NDArray[np.object_]
    columns: Mapping[str, Column] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.case_ids)

    def with_columns(self, more: Mapping[str, Column]) -> Frame:
        """The same cases with columns added or replaced."""
        return replace(self, columns={**self.columns, **more})

    def take(self, rows: NDArray[np.intp] | slice) -> Frame:
        """The rows named, in that order."""
        return Frame(self.case_ids[rows], {name: c.take(rows) for name, c in self.columns.items()})
