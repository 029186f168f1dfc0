"""Cases written by hand, as facts in columns: the tests inside files meet the same evaluator as real cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from config.columns import Column, Frame, Kind, coded, numbers
from config.model import word_of

_EPOCH = date(1970, 1, 1).toordinal()


def frame_of(kinds: Mapping[str, Kind], rows: Sequence[Mapping[str, Any]]) -> Frame:
    """A frame of `rows`, a column for each of `kinds`; what a row leaves out, or says as None, is missing.

    Values are those of a read file, checked before by `condition_checks.value_problem`. Cases are named 1, 2, ...

    Example:
        >>> frame = frame_of({"age": "number", "kind": "category"}, [{"age": 12}, {"kind": "a"}])
        >>> frame.columns["age"].value(0), frame.columns["age"].value(1), frame.columns["kind"].value(1)
        (12.0, None, 'a')
    """
    ids = np.array([str(number + 1) for number in range(len(rows))], dtype=object)
    return Frame(ids, {name: _column(kind, [row.get(name) for row in rows]) for name, kind in kinds.items()})


def _column(kind: Kind, values: Sequence[Any]) -> Column:
    if kind == "category" or kind == "text":
        return coded(kind, [None if value is None else word_of(value) for value in values])
    return numbers(kind, [_number(value) for value in values])


def _number(value: bool | int | float | Decimal | date | None) -> float | None:
    if value is None:
        return None
    return float(value.toordinal() - _EPOCH) if isinstance(value, date) else float(value)
