"""Amounts and scales that the law changes from year to year: each value has a day from which it counts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from config.model import Boolean, Exact, Model, Text, wrong


class Amount(Model):
    """One dated amount. `example: true` says that the municipality has not confirmed it yet."""

    unit: Text | None = None
    example: Boolean = False
    source: Text | None = None
    values: Annotated[dict[date, Exact], Field(min_length=1)]

    def on(self, judged_on: date) -> Decimal | None:
        """The value in force on that day; None before the first.

        Example:
            >>> amount = Amount(values={date(2024, 1, 1): Decimal(10), date(2025, 1, 1): Decimal(12)})
            >>> amount.on(date(2024, 12, 31)), amount.on(date(2025, 1, 1)), amount.on(date(2023, 1, 1))
            (Decimal('10'), Decimal('12'), None)
        """
        days = [day for day in self.values if day <= judged_on]
        return self.values[max(days)] if days else None


class Row(Model):
    """One step of a scale: from `at_least` upwards, to the next step, the result is `value`."""

    valid_from: date
    at_least: Exact
    value: Exact


class Table(Model):
    """A stepped scale. The rows in force are those of the newest `valid_from` that has come."""

    unit: Text | None = None
    example: Boolean = False
    source: Text | None = None
    legal_basis: Text | None = None
    rows: tuple[Row, ...] = ()
    csv: Text | None = None

    @model_validator(mode="after")
    def _has_rows(self) -> Table:
        if bool(self.rows) == (self.csv is not None):
            raise wrong("a table has either `rows` or `csv`, the name of a file beside this one")
        seen: set[tuple[date, Decimal]] = set()
        for number, row in enumerate(self.rows):
            if (row.valid_from, row.at_least) in seen:
                raise wrong(f"two rows begin at {row.at_least} on {row.valid_from}; keep one", "rows", number)
            seen.add((row.valid_from, row.at_least))
        return self

    def on(self, judged_on: date) -> tuple[Row, ...]:
        """The steps in force on that day, lowest first; none before the first day."""
        days = {row.valid_from for row in self.rows if row.valid_from <= judged_on}
        return (
            tuple(sorted((row for row in self.rows if row.valid_from == max(days)), key=_at_least)) if days else ()
        )

    def step(self, value: Decimal, judged_on: date) -> Row | None:
        """The step that `value` falls on that day; None below the lowest."""
        return step_of(self.on(judged_on), value)


def step_of(rows: Sequence[Row], value: Decimal) -> Row | None:
    """The step of `rows`, lowest first, that `value` falls on; None below the lowest."""
    reached = bisect_right(rows, value, key=_at_least)
    return rows[reached - 1] if reached else None


def _at_least(row: Row) -> Decimal:
    return row.at_least
