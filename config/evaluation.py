"""The one evaluator of conditions: each distinct comparison is answered once for all cases of a frame."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from config.columns import CODED, Column, Frame
from config.conditions import All, AnyOf, Condition, Leaf, Mask, NoneOf, Scalar, Truth
from config.duration import Duration
from config.errors import InputError
from config.model import word_of

Numbers = NDArray[np.float64]
_EPOCH = date(1970, 1, 1).toordinal()
_COMPARE: dict[str, Callable[[Numbers, float | Numbers], Mask]] = {
    "equals": np.equal,
    "at_least": np.greater_equal,
    "at_most": np.less_equal,
    "above": np.greater,
    "below": np.less,
}


class Evaluation:
    """Asks conditions of the cases of one frame, remembering what has been answered.

    A value that is missing, hidden, not declared for these cases, or of a kind the operator does not suit gives
    unknown; `is_missing` alone is sure of a missing value. A date counts by its day.
    """

    def __init__(self, frame: Frame, today: date | None = None) -> None:
        self.frame = frame
        self.today = today
        self._answers: dict[tuple[str, str, str], Truth] = {}
        self._unknown: dict[str, Mask | None] = {}

    def of(self, condition: Condition) -> Truth:
        """The condition's truth for each case.

        Raises:
            InputError: `within` is asked and no `today` was given.
        """
        match condition:
            case Leaf():
                key = (condition.field, condition.operator, repr(condition.value))
                if key not in self._answers:
                    self._answers[key] = self._leaf(condition)
                return self._answers[key]
            case All(parts=parts):
                return self._fold(np.logical_and, parts)
            case AnyOf(parts=parts):
                return self._fold(np.logical_or, parts)
            case NoneOf(parts=parts):
                return _negated(self._fold(np.logical_or, parts))
            case _:
                raise TypeError(f"{type(condition).__name__} is no condition")

    def _fold(self, combine: np.ufunc, parts: tuple[Condition, ...]) -> Truth:
        """`combine` over the parts, the possible masks only when asked for."""
        truths = [self.of(part) for part in parts]
        if len(truths) == 1:
            return truths[0]
        true = _reduced(combine, [truth.true for truth in truths])

        def possible() -> Mask:
            certain = all(truth.possible is truth.true for truth in truths)
            return true if certain else _reduced(combine, [truth.possible for truth in truths])

        return Truth(true, possible)

    def _leaf(self, leaf: Leaf) -> Truth:
        column = self.frame.columns.get(leaf.field)
        if column is None:
            return self._nothing_known()
        if leaf.operator == "is_missing":
            return self._is_missing(column, negated=leaf.value is False)
        true = self._coded(leaf, column) if column.kind in CODED else self._numeric(leaf, column)
        if true is None:
            return self._nothing_known()
        names = [leaf.field, *_references(leaf, column)]
        for name in names:
            hidden = self.frame.columns[name].hidden
            if hidden is not None:
                true &= ~hidden

        def possible() -> Mask:
            unknown = [mask for name in names if (mask := self._unknown_of(name)) is not None]
            return _reduced(np.logical_or, [true, *unknown]) if unknown else true

        return Truth(true, possible)

    def _nothing_known(self) -> Truth:
        size = len(self.frame)
        return Truth(np.zeros(size, dtype=np.bool_), np.ones(size, dtype=np.bool_))

    def _unknown_of(self, name: str) -> Mask | None:
        """Where the column's value is unknown; None where it never is."""
        if name not in self._unknown:
            unknown = self.frame.columns[name].unknown
            self._unknown[name] = unknown if unknown.any() else None
        return self._unknown[name]

    def _is_missing(self, column: Column, *, negated: bool) -> Truth:
        missing = column.missing
        if column.hidden is None:
            truth = Truth(missing, missing)
        else:
            truth = Truth(missing & ~column.hidden, missing | column.hidden)
        return _negated(truth) if negated else truth

    def _coded(self, leaf: Leaf, column: Column) -> Mask | None:
        if leaf.operator not in ("equals", "in"):
            return None
        values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
        words = {word_of(value) for value in values if not isinstance(value, Duration)}
        codes = [code for code, level in enumerate(column.levels) if level in words]
        if len(codes) == 1:
            return np.equal(column.values, codes[0])
        if not codes:
            return np.zeros(len(column), dtype=np.bool_)
        chosen = np.zeros(len(column.levels) + 1, dtype=np.bool_)  # the last one stands for code -1, missing
        chosen[codes] = True
        return chosen[column.values]

    def _numeric(self, leaf: Leaf, column: Column) -> Mask | None:
        values = _days(column)
        if leaf.operator == "is_true":
            return np.equal(values, 1.0 if leaf.value else 0.0) if column.kind == "boolean" else None
        if leaf.operator == "within":
            return self._within(leaf, column, values)
        if column.kind == "boolean" and leaf.operator not in ("equals", "in"):
            return None
        raw = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
        operands = [self._operand(one, column) for one in raw if not isinstance(one, Duration)]
        known = [one for one in operands if one is not None]
        if len(known) != len(operands) or not known:
            return None
        if leaf.operator == "between":
            return np.greater_equal(values, known[0]) & np.less_equal(values, known[1])
        if leaf.operator == "in":
            plain = [one for one in known if isinstance(one, float)]  # names cannot stand in a list
            return np.isin(values, plain) if len(plain) == len(known) else None
        return _COMPARE[leaf.operator](values, known[0])

    def _within(self, leaf: Leaf, column: Column, values: Numbers) -> Mask | None:
        if column.kind != "date" or not isinstance(leaf.value, Duration):
            return None
        if self.today is None:
            raise InputError(f"'{leaf.field}: {{within: {leaf.value}}}' needs today's date; give `today`")
        return np.less_equal(np.abs(values - (self.today.toordinal() - _EPOCH)), float(leaf.value.amount))

    def _operand(self, value: Scalar, column: Column) -> float | Numbers | None:
        """The number, or numbers, to compare with; None where the value does not suit the column's kind."""
        if isinstance(value, bool):
            return float(value) if column.kind == "boolean" else None
        if isinstance(value, date):
            return float(value.toordinal() - _EPOCH) if column.kind == "date" else None
        if isinstance(value, str):
            other = self.frame.columns.get(value)
            fits = (
                other is not None and (other.kind == "date") == (column.kind == "date") and other.kind not in CODED
            )
            return _days(other) if other is not None and fits and column.kind != "boolean" else None
        if isinstance(value, int | float | Decimal):
            return float(value) if column.kind in ("number", "integer") else None
        return None


def _days(column: Column) -> Numbers:
    """A column's numbers; a date's whole days."""
    values = column.values.astype(np.float64, copy=False)
    return np.floor(values) if column.kind == "date" else values


def _references(leaf: Leaf, column: Column) -> list[str]:
    """Names of other columns that a numeric comparison takes its values from."""
    if column.kind in CODED:
        return []
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    return [value for value in values if isinstance(value, str)]


def _reduced(combine: np.ufunc, masks: list[Mask]) -> Mask:
    result: Mask = combine(masks[0], masks[1])
    for mask in masks[2:]:
        combine(result, mask, out=result)
    return result


def _negated(truth: Truth) -> Truth:
    false = ~truth.possible
    return Truth(false, false if truth.possible is truth.true else ~truth.true)
