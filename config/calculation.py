"""Closed arithmetic in exact decimals: one operation a line, every line shown, nothing typed is ever executed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SkipValidation, model_validator

from config.amounts import Amount, Row, Table, step_of
from config.bilingual import Bilingual
from config.conditions import When
from config.model import Model, Text, shown, wrong
from config.names import NAME, Name

OPERATIONS = ("multiply", "add", "subtract", "divide", "min", "max", "percent", "table", "choose")
CONTEXT = Context(prec=40)
NOTHING_CHOSEN: Mapping[str, int] = MappingProxyType({})
_MODES = {"half_up": ROUND_HALF_UP, "up": ROUND_CEILING, "down": ROUND_FLOOR}
_UNITS = {"krone": Decimal(1), "øre": Decimal("0.01"), "oere": Decimal("0.01")}


def _operand(value: Any) -> Decimal | str:
    if isinstance(value, str):
        if not NAME.fullmatch(value):
            raise wrong(f"{shown(value)} is neither a number nor a name; write e.g. 12 or monthly_income")
        return value
    if isinstance(value, bool) or not isinstance(value, int | Decimal | float):
        raise wrong(f"{shown(value)} is neither a number nor a name; write e.g. 12 or monthly_income")
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


Operand = Annotated[SkipValidation[Decimal | str], BeforeValidator(_operand)]


def _operands(value: Any) -> Any:
    """Checked before the operands are, so that a wrong operand is not counted as one too few."""
    if isinstance(value, list | tuple) and not 2 <= len(value) <= 20:
        raise wrong(f"{len(value)} operands stand here; write 2 to 20, as in [monthly_income, 12]")
    return value


def _rate_and_base(value: Any) -> Any:
    if isinstance(value, list | tuple) and len(value) != 2:
        raise wrong(f"{len(value)} operands stand here; write how many per cent of what, as in [5, scale_income]")
    return value


Operands = Annotated[tuple[Operand, ...], BeforeValidator(_operands)]
RateAndBase = Annotated[tuple[Operand, ...], BeforeValidator(_rate_and_base)]


class Rounding(Model):
    """To whole kroner or øre: `half_up` as at school, `up` and `down` towards higher and lower values."""

    to: Literal["krone", "øre", "oere"]
    mode: Literal["half_up", "up", "down"]

    def apply(self, value: Decimal) -> Decimal:
        """The rounded value.

        Example:
            >>> Rounding(to="krone", mode="half_up").apply(Decimal("12.5"))
            Decimal('13')
        """
        return value.quantize(_UNITS[self.to], rounding=_MODES[self.mode], context=CONTEXT)


class Choice(Model):
    """One value that a line may take, where `when` surely holds and none above does; without `when`: otherwise."""

    when: When | None = None
    value: Operand


class CalculationLine(Model):
    """One named result. Operands are numbers, fields, amounts, or lines above; `percent: [5, x]` is 5 % of x.

    `subtract` and `divide` go from left to right; `table` looks `by` up in a stepped scale; `choose` takes the
    first value whose condition on the facts surely holds.
    """

    name: Name
    multiply: Operands | None = None
    add: Operands | None = None
    subtract: Operands | None = None
    divide: Operands | None = None
    min: Operands | None = None
    max: Operands | None = None
    percent: RateAndBase | None = None
    table: Name | None = None
    by: Name | None = None
    choose: Annotated[tuple[Choice, ...], Field(min_length=1, max_length=20)] | None = None
    round: Rounding | None = None
    unit: Text | None = None
    label: Bilingual | None = None
    legal_basis: Text | None = None

    @model_validator(mode="after")
    def _one_operation(self) -> CalculationLine:
        given = [name for name in OPERATIONS if getattr(self, name) is not None]
        if len(given) != 1:
            raise wrong(f"a line takes one operation ({', '.join(OPERATIONS)}), and here are {len(given)}")
        if (self.table is None) != (self.by is None):
            raise wrong("'table' and 'by' go together: which scale, and what is looked up in it")
        for number, choice in enumerate((self.choose or ())[:-1]):
            if choice.when is None:
                raise wrong(
                    "only the last choice can do without `when`; it is what counts otherwise", "choose", number
                )
        return self

    @cached_property
    def operation(self) -> str:
        """The operation's name."""
        return next(name for name in OPERATIONS if getattr(self, name) is not None)

    @cached_property
    def operands(self) -> tuple[Decimal | str, ...]:
        """What is calculated with; for a table what is looked up, for `choose` the values it may take."""
        if self.choose is not None:
            return tuple(choice.value for choice in self.choose)
        return (self.by,) if self.by is not None else getattr(self, self.operation)

    @property
    def names(self) -> tuple[str, ...]:
        """The operands that are names."""
        return tuple(one for one in self.operands if isinstance(one, str))

    @cached_property
    def asked(self) -> frozenset[str]:
        """The fields that the conditions of `choose` ask about."""
        return frozenset(field for choice in self.choose or () if choice.when for field in choice.when.fields)


@dataclass(frozen=True)
class ShownLine:
    """One line of a calculation as it is shown: what went in, what came out; None where something is missing.

    Of a `choose` only the value that was taken went in, and nothing where none can be told.
    """

    name: str
    operation: str
    operands: tuple[tuple[str | None, Decimal | None], ...]
    result: Decimal | None


def calculate(
    lines: tuple[CalculationLine, ...],
    known: Mapping[str, Decimal | None],
    scales: Mapping[str, tuple[Row, ...]],
    chosen: Mapping[str, int] = NOTHING_CHOSEN,
) -> list[ShownLine]:
    """Every line in turn.

    `known` are facts and amounts by name, missing ones None or absent; `scales` the tables' steps in force, lowest
    first (see `amounts_on` and `scales_on`); `chosen` the number of the value that each `choose` takes, -1 where
    none can be told (see `choices.chosen_values`).
    """
    results: dict[str, Decimal | None] = dict(known)
    shown_lines = []
    for line in lines:
        taken = line.operands if line.choose is None else _taken(line, chosen.get(line.name, -1))
        operands = tuple((one, results.get(one)) if isinstance(one, str) else (None, one) for one in taken)
        result = _result(line, [value for _, value in operands], scales)
        results[line.name] = result
        shown_lines.append(ShownLine(line.name, line.operation, operands, result))
    return shown_lines


def _taken(line: CalculationLine, number: int) -> tuple[Decimal | str, ...]:
    return line.operands[number : number + 1] if number >= 0 else ()


def amounts_on(amounts: Mapping[str, Amount], judged_on: date) -> dict[str, Decimal | None]:
    """Each amount in force on that day; None where none is yet."""
    return {name: amount.on(judged_on) for name, amount in amounts.items()}


def scales_on(tables: Mapping[str, Table], judged_on: date) -> dict[str, tuple[Row, ...]]:
    """Each table's steps in force on that day, lowest first; none before its first."""
    return {name: table.on(judged_on) for name, table in tables.items()}


def _result(
    line: CalculationLine, values: list[Decimal | None], scales: Mapping[str, tuple[Row, ...]]
) -> Decimal | None:
    present = [value for value in values if value is not None]
    if len(present) < len(values) or not values:
        return None
    if line.table is not None:
        step = step_of(scales[line.table], present[0])
        result = step.value if step else None
    else:
        result = _arithmetic(line.operation, present)
    if result is None or line.round is None:
        return result
    try:
        return line.round.apply(result)
    except InvalidOperation:
        return None


def _arithmetic(operation: str, values: list[Decimal]) -> Decimal | None:
    """The operation on exact decimals; None for a division by zero or a result without end in sight."""
    result = values[0]
    try:
        match operation:
            case "min" | "max":
                return min(values) if operation == "min" else max(values)
            case "percent":
                return CONTEXT.divide(CONTEXT.multiply(values[0], values[1]), Decimal(100))
            case "choose":
                return result
            case _:
                step = getattr(CONTEXT, operation)
                for value in values[1:]:
                    result = step(result, value)
                return result
    except (DivisionByZero, InvalidOperation):
        return None
