"""The values of a number or a day around which something may turn: one øre, one whole, or one day on each side.

Probes stand at doubling distances from the fact and at what it is compared with. Where a comparison of the case
type answers differently at two neighbouring probes, bisection finds the very step at which it does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

import numpy as np

from config.columns import Kind
from routing.what_if import Change, Result, WhatIf

STEPS_PER_UNIT: Mapping[Kind, int] = {"number": 100, "integer": 1, "date": 1}
"""A number is tried by hundredths (øre), a whole number by ones, a date by days."""

SECTIONS = 16
"""Into so many parts the last search cuts what is left, each time."""

DOUBLINGS: Mapping[Kind, int] = {"number": 34, "integer": 27, "date": 15}
"""How far probes go: 170 million kroner, 130 million, 90 years."""


@dataclass
class Bracket:
    """Two steps of a field between which one comparison, a column of `WhatIf.sides`, turns."""

    field: str
    low: int
    high: int
    column: int
    at_low: bool

    @property
    def is_open(self) -> bool:
        """Whether there are steps between the two."""
        return self.high - self.low > 1

    @property
    def middle(self) -> int:
        """The step half way."""
        return (self.low + self.high) // 2


def turning_points(what_if: WhatIf, fields: Sequence[str]) -> dict[str, list[int]]:
    """For each field its probes, and both sides of each turn between them, as steps in rising order.

    Every field must be a number, integer or date that is known.
    """
    probes = {field: probes_of(what_if, field) for field in fields}
    brackets = brackets_between(what_if, probes)
    close(what_if, brackets)
    steps = {field: set(found) for field, found in probes.items()}
    for one in brackets:
        steps[one.field] |= {one.low, one.high}
    return {field: sorted(found) for field, found in steps.items()}


def probes_of(what_if: WhatIf, field: str) -> list[int]:
    """Steps around the fact and around what it is compared with; never below zero where nothing else is."""
    kind = what_if.case_type.fields[field].type
    below, above = neighbours(kind, known_number(what_if, field))
    compared = what_if.compared_with(field)
    found = {above - 1 + (1 << n) for n in range(DOUBLINGS[kind])}
    found |= {below + 1 - (1 << n) for n in range(DOUBLINGS[kind])}
    for value in compared:
        lower, upper = neighbours(kind, value)
        found |= {lower, *range(lower + 1, upper), upper}
    if kind == "date":
        return sorted(found)
    floor = min([0, below + 1, *(neighbours(kind, value)[0] + 1 for value in compared if value < 0)])
    return sorted({floor, *(step for step in found if step >= floor)})


def brackets_between(what_if: WhatIf, probes: Mapping[str, Sequence[int]]) -> list[Bracket]:
    """One bracket for each comparison that answers differently at two neighbouring probes."""
    changes = [change(what_if, field, step) for field, steps in probes.items() for step in steps]
    sides = what_if.sides(changes)
    found, row = [], 0
    for field, steps in probes.items():
        for low, high in pairwise(steps):
            for column in np.flatnonzero(sides[row] != sides[row + 1]):
                found.append(Bracket(field, low, high, int(column), bool(sides[row, column])))
            row += 1
        row += 1
    return found


def close(what_if: WhatIf, brackets: Sequence[Bracket]) -> None:
    """Bisect all brackets at once until each holds two neighbouring steps."""
    while wide := [one for one in brackets if one.is_open]:
        places = sorted({(one.field, one.middle) for one in wide})
        row_of = {place: row for row, place in enumerate(places)}
        sides = what_if.sides([change(what_if, field, step) for field, step in places])
        for one in wide:
            middle = one.middle
            if bool(sides[row_of[one.field, middle], one.column]) == one.at_low:
                one.low = middle
            else:
                one.high = middle


def nearest(
    what_if: WhatIf, field: str, outwards: Sequence[tuple[int, Result]], is_other: Callable[[Result], bool]
) -> tuple[int, Result] | None:
    """The first step outwards whose result is another one, None where no step tried has one.

    `outwards` begins with the fact's neighbour. Mostly the step before the first that differs has been tried too;
    where a sum turns in between, or a condition turns and turns back, what is between is cut until one is found.
    """
    same: int | None = None
    for step, result in outwards:
        if is_other(result):
            return (step, result) if same is None else _cut(what_if, field, same, (step, result), is_other)
        same = step
    return None


def _cut(
    what_if: WhatIf, field: str, same: int, other: tuple[int, Result], is_other: Callable[[Result], bool]
) -> tuple[int, Result]:
    """Between a step with the same result and one with another: two neighbours of which that is true."""
    while abs(other[0] - same) > 1:
        parts = min(SECTIONS, abs(other[0] - same))
        steps = [same + (other[0] - same) * part // parts for part in range(1, parts)]
        tried = zip(steps, what_if.results([change(what_if, field, step) for step in steps]), strict=True)
        for step, result in tried:
            if is_other(result):
                other = (step, result)
                break
            same = step
    return other


def change(what_if: WhatIf, field: str, step: int) -> Change:
    """A field at one step."""
    return (field, value_at(what_if.case_type.fields[field].type, step))


def value_at(kind: Kind, step: int) -> float:
    """The value at a step.

    Example:
        >>> value_at("number", 1764050), value_at("integer", 3)
        (17640.5, 3.0)
    """
    return step / STEPS_PER_UNIT[kind]


def neighbours(kind: Kind, value: float) -> tuple[int, int]:
    """The nearest steps below and above a value, neither of them the value itself.

    Example:
        >>> neighbours("number", 12.5), neighbours("number", 12.345), neighbours("integer", 2.0)
        ((1249, 1251), (1234, 1235), (1, 3))
    """
    exact = Decimal(repr(float(value))) * STEPS_PER_UNIT[kind]
    floor, ceiling = exact.to_integral_value(ROUND_FLOOR), exact.to_integral_value(ROUND_CEILING)
    return int(ceiling) - 1, int(floor) + 1


def known_number(what_if: WhatIf, field: str) -> float:
    """A field's value, known to be there."""
    value = what_if.facts.columns[field].value(0)
    assert isinstance(value, float)
    return value
