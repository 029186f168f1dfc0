"""One case with one fact changed at a time, many such cases at once: what criteria and calculation say of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import CODED, Column, Frame
from config.conditions import Condition, Leaf, Scalar
from config.criteria import decide, with_results
from config.evaluation import Evaluation

Value = float | str
Change = tuple[str, Value]
"""A field, and the value that it has instead of its own."""

NUMERIC = ("equals", "in", "at_least", "at_most", "above", "below", "between")


@dataclass(frozen=True)
class Result:
    """What follows from the facts: the outcome, None where the criteria do not decide, and the sum paid.

    The sum is None where the outcome's letter names none: of a refusal nobody asks how much it might have been.
    """

    outcome: str | None
    amount: float | None


@dataclass(frozen=True)
class WhatIf:
    """Asks what would follow if one fact of one case were another.

    `facts` has one row, masked as the criteria see it.
    """

    case_type: CaseType
    facts: Frame
    judged_on: date

    @cached_property
    def now(self) -> Result:
        """What follows from the facts as they are."""
        return self.results([])[0]

    @cached_property
    def comparisons(self) -> tuple[tuple[str, Scalar], ...]:
        """Every number, amount, line or date that a condition compares something with, once."""
        found: dict[tuple[str, str], tuple[str, Scalar]] = {}
        for leaf in leaves_of(self.case_type):
            for value in leaf.value if isinstance(leaf.value, tuple) else (leaf.value,):
                if leaf.operator in NUMERIC and isinstance(value, Scalar) and not isinstance(value, bool):
                    found[leaf.field, repr(value)] = (leaf.field, value)
        return tuple(found.values())

    @cached_property
    def paying(self) -> frozenset[str]:
        """The outcomes whose letter names the sum that is paid."""
        return frozenset(
            key
            for key, outcome in self.case_type.outcomes.items()
            if outcome.letter is not None and self.case_type.pays in outcome.letter.result.asks_for("da")
        )

    def results(self, changes: Sequence[Change]) -> list[Result]:
        """What follows from each change; without changes, from the facts as they are."""
        frame = self._frame(changes)
        outcome = decide(self.case_type, frame, self.judged_on).outcome
        outcomes = [None if code < 0 else outcome.levels[code] for code in outcome.values.tolist()]
        return [Result(one, amount) for one, amount in zip(outcomes, self._amounts(frame, outcomes), strict=True)]

    def sides(self, changes: Sequence[Change]) -> NDArray[np.bool_]:
        """Shape (changes, 2 x comparisons): whether each is at least, and at most, what it is compared with.

        Between two values of a fact with equal rows no condition changes its answer, save one that turns and turns
        back.
        """
        if not changes:
            return np.zeros((0, 2 * len(self.comparisons)), dtype=np.bool_)
        known = Evaluation(with_results(self.case_type, self._frame(changes), self.judged_on))
        masks = [
            known.of(Leaf(field, operator, operand)).true
            for field, operand in self.comparisons
            for operator in ("at_least", "at_most")
        ]
        return np.array(masks, dtype=np.bool_).T.reshape(len(changes), len(masks))

    def compared_with(self, field: str) -> list[float]:
        """The values, as they are now, that conditions compare a field with directly."""
        base = with_results(self.case_type, self.facts, self.judged_on)
        found = [_number(base, operand) for name, operand in self.comparisons if name == field]
        found += [_number(base, name) for name, operand in self.comparisons if operand == field]
        return [value for value in found if value is not None]

    def _amounts(self, frame: Frame, outcomes: Sequence[str | None]) -> list[float | None]:
        pays, paying = self.case_type.pays, self.paying
        if pays is None or not paying.intersection(outcomes):
            return [None] * len(frame)
        amounts = with_results(self.case_type, frame, self.judged_on).columns[pays].values.tolist()
        return [amount if one in paying else None for one, amount in zip(outcomes, amounts, strict=True)]

    def _frame(self, changes: Sequence[Change]) -> Frame:
        rows = max(len(changes), 1)
        frame = self.facts.take(np.zeros(rows, dtype=np.intp))
        columns = dict(frame.columns)
        for field in dict.fromkeys(field for field, _ in changes):
            mine = [(row, value) for row, (name, value) in enumerate(changes) if name == field]
            columns[field] = _changed(columns[field], mine)
        return Frame(frame.case_ids, columns)


def leaves_of(case_type: CaseType) -> list[Leaf]:
    """The comparisons of all criteria, of what is left to judgment, and of what the calculation chooses by."""
    conditions: list[Condition] = [one.when for one in case_type.criteria]
    conditions += [one.when for one in case_type.untested_by_machine if one.when is not None]
    choices = (choice for line in case_type.calculation for choice in line.choose or ())
    conditions += [choice.when for choice in choices if choice.when is not None]
    return [leaf for condition in conditions for leaf in condition.leaves()]


def fields_that_count(case_type: CaseType) -> list[str]:
    """The fields that criteria, judgment or calculation look at, in the order of the file."""
    names = {line_name for line in case_type.calculation for line_name in line.names}
    for leaf in leaves_of(case_type):
        values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
        names |= {leaf.field, *(value for value in values if isinstance(value, str))}
    return [name for name in case_type.fields if name in names]


def _changed(column: Column, changes: Sequence[tuple[int, Value]]) -> Column:
    """A column with the cells of some rows replaced."""
    if column.kind not in CODED:
        values = column.values.astype(np.float64)
        values[[row for row, _ in changes]] = [float(value) for _, value in changes]
        return Column(column.kind, values, hidden=column.hidden)
    levels = tuple(dict.fromkeys((*column.levels, *(str(value) for _, value in changes))))
    codes = column.values.astype(np.int32)
    codes[[row for row, _ in changes]] = [levels.index(str(value)) for _, value in changes]
    return Column(column.kind, codes, levels, column.hidden)


def _number(base: Frame, operand: Scalar) -> float | None:
    """An operand as a number: itself, a day since 1970, or what the column of that name holds."""
    if isinstance(operand, str):
        column = base.columns.get(operand)
        value = None if column is None or column.kind in CODED else column.value(0)
        return value if isinstance(value, float) else None
    if isinstance(operand, date):
        return float(operand.toordinal() - date(1970, 1, 1).toordinal())
    return float(operand)
