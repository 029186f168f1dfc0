"""The objective part: the first criterion that surely holds decides; what cannot be told is undecided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from config.calculation import ShownLine, amounts_on, calculate, scales_on
from config.case_type import CaseType
from config.choices import chosen_values
from config.columns import CODED, Column, Frame
from config.conditions import Mask
from config.evaluation import Evaluation

JudgedOn = date | NDArray[np.datetime64]
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Decided:
    """What the criteria say of n cases.

    Attributes:
        outcome: a category column of outcome names; missing where undecided.
        criterion: (n,) int32: the number of the criterion that decided, counted from 0; -1 where undecided.
        open_judgment: (n,) bool: something that the law leaves to judgment is open, or cannot be told.
    """

    outcome: Column
    criterion: NDArray[np.int32]
    open_judgment: Mask

    @cached_property
    def is_decided(self) -> Mask:
        """Shape (n,): the criteria decide."""
        return self.criterion >= 0


def decide(case_type: CaseType, frame: Frame, judged_on: JudgedOn, received_on: JudgedOn | None = None) -> Decided:
    """Try the criteria on every case of `frame`, by the amounts in force on `judged_on` (one day, or one a case).

    A case is decided by the first criterion that surely holds, if every criterion above it surely does not, and if
    nothing of `untested_by_machine` is open or unknown. Hidden facts are unknown. `received_on` defaults to
    `judged_on`.
    """
    size = len(frame)
    outcomes = tuple(case_type.outcomes)
    criterion = np.full(size, -1, dtype=np.int32)
    if not case_type.criteria or size == 0:
        return Decided(Column("category", criterion.copy(), outcomes), criterion, np.zeros(size, dtype=np.bool_))
    evaluation = Evaluation(with_results(case_type, frame, judged_on, received_on))
    open_judgment = _open_judgment(case_type, evaluation, size)
    undecided_yet = ~open_judgment
    for number, line in enumerate(case_type.criteria):
        truth = evaluation.of(line.when)
        criterion[undecided_yet & truth.true] = number
        undecided_yet &= truth.false
    code_of = np.array([outcomes.index(line.outcome) for line in case_type.criteria], dtype=np.int32)
    codes = np.where(criterion >= 0, code_of[criterion], np.int32(-1)).astype(np.int32)
    return Decided(Column("category", codes, outcomes), criterion, open_judgment)


def with_results(
    case_type: CaseType, frame: Frame, judged_on: JudgedOn, received_on: JudgedOn | None = None
) -> Frame:
    """The frame as criteria see it: amounts in force on each case's day and results of lines are columns too."""
    days = _days(judged_on, len(frame))
    received = days if received_on is None else _days(received_on, len(frame))
    names = [line.name for line in case_type.calculation]
    results = {name: np.full(len(frame), np.nan) for name in (*names, *case_type.amounts)}
    operands = _operand_values(case_type, frame)
    taken = chosen_values(case_type.calculation, frame)
    changes = _days_of_change(case_type)
    period = np.searchsorted(changes, days, side="right")
    for number in np.unique(period):
        judged_on = date.fromordinal(int(changes[number - 1]) + _EPOCH) if number else date.min
        rows = np.flatnonzero(period == number)
        for name, amount in amounts_on(case_type.amounts, judged_on).items():
            results[name][rows] = np.nan if amount is None else float(amount)
        calculated = _calculated(case_type, operands[rows], {k: v[rows] for k, v in taken.items()}, judged_on)
        for position, name in enumerate(names):
            results[name][rows] = calculated[:, position]
    columns = {name: Column("number", values) for name, values in results.items()}
    columns["received_on"] = Column("date", received.astype(np.float64))
    return frame.with_columns(columns)


def lines_of(case_type: CaseType, frame: Frame, judged_on: date, row: int) -> list[ShownLine]:
    """One case's calculation, line by line; hidden facts count as missing."""
    facts = {
        name: _exact(frame.columns[name], row) for name in _operand_fields(case_type) if name in frame.columns
    }
    known = {**facts, **amounts_on(case_type.amounts, judged_on)}
    taken = chosen_values(case_type.calculation, frame.take(slice(row, row + 1)))
    chosen = {name: int(numbers[0]) for name, numbers in taken.items()}
    return calculate(case_type.calculation, known, scales_on(case_type.tables, judged_on), chosen)


def _open_judgment(case_type: CaseType, evaluation: Evaluation, size: int) -> Mask:
    """Where something left to judgment is open; one without `when` is open in every case."""
    is_open = np.zeros(size, dtype=np.bool_)
    for untested in case_type.untested_by_machine:
        is_open |= True if untested.when is None else evaluation.of(untested.when).possible
    return is_open


def _days_of_change(case_type: CaseType) -> NDArray[np.int64]:
    """The days, since 1970, from which some amount or scale is another one: between them nothing changes."""
    days = {day for amount in case_type.amounts.values() for day in amount.values}
    days |= {row.valid_from for table in case_type.tables.values() for row in table.rows}
    return np.array(sorted(day.toordinal() - _EPOCH for day in days), dtype=np.int64)


def _operand_values(case_type: CaseType, frame: Frame) -> NDArray[np.float64]:
    """Shape (n, operands): the facts that are calculated with, NaN where one is missing, hidden or not there."""
    values = np.full((len(frame), len(_operand_fields(case_type))), np.nan)
    for position, name in enumerate(_operand_fields(case_type)):
        column = frame.columns.get(name)
        if column is not None and column.kind not in CODED:
            values[:, position] = np.where(column.unknown, np.nan, column.values)
    return values


def _calculated(
    case_type: CaseType,
    operands: NDArray[np.float64],
    taken: Mapping[str, NDArray[np.int64]],
    judged_on: date,
) -> NDArray[np.float64]:
    """Shape (n, lines): every line's result; cases with the same facts and choices are calculated once."""
    lines = case_type.calculation
    if not lines:
        return np.empty((len(operands), 0))
    amounts, scales = amounts_on(case_type.amounts, judged_on), scales_on(case_type.tables, judged_on)
    fields = _operand_fields(case_type)
    choices = np.column_stack(list(taken.values())).tolist() if taken else [[]] * len(operands)
    remembered: dict[tuple[tuple[str, ...], tuple[int, ...]], list[float]] = {}
    results = np.empty((len(operands), len(lines)))
    for row, values in enumerate(operands.tolist()):
        key = tuple(map(repr, values)), tuple(choices[row])
        if key not in remembered:
            facts = {
                name: None if text == "nan" else Decimal(text) for name, text in zip(fields, key[0], strict=True)
            }
            chosen = dict(zip(taken, key[1], strict=True))
            shown = calculate(lines, {**facts, **amounts}, scales, chosen)
            remembered[key] = [np.nan if line.result is None else float(line.result) for line in shown]
        results[row] = remembered[key]
    return results


def _operand_fields(case_type: CaseType) -> list[str]:
    used = {name for line in case_type.calculation for name in line.names}
    return [name for name in (*case_type.fields, "citizen_age") if name in used]


def _exact(column: Column, row: int) -> Decimal | None:
    """A fact as the exact decimal that was written: the shortest that gives this float."""
    if column.kind in CODED or column.unknown[row]:
        return None
    return Decimal(repr(float(column.values[row])))


def _days(judged_on: JudgedOn, size: int) -> NDArray[np.int64]:
    if isinstance(judged_on, date):
        return np.full(size, judged_on.toordinal() - _EPOCH, dtype=np.int64)
    return judged_on.astype("datetime64[D]").astype(np.int64)
