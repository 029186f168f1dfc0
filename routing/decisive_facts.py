"""The facts that would change the outcome if they were wrong, found by trying other values, not by reading rules.

A yes or no is turned round, a word is tried as every other word, a number or day is moved to the nearest value on
each side from which the outcome is another one. What the application says stands beside what the register says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from config.case_type import CaseType
from config.columns import Frame, Kind
from routing.turning_points import known_number, nearest, neighbours, turning_points, value_at
from routing.what_if import Change, Result, Value, WhatIf, fields_that_count, leaves_of

NUMBERS = frozenset({"number", "integer", "date"})
Results = Mapping[Change, Result]


@dataclass(frozen=True)
class Limit:
    """A value that gives another result; of a number or day the nearest on its side.

    Attributes:
        outcome: what the outcome would be; None where the criteria would no longer decide.
    """

    value: Value
    outcome: str | None


@dataclass(frozen=True)
class DecisiveFact:
    """One fact that would change what follows if it were wrong.

    Attributes:
        value: the fact as criteria see it, None where it is missing.
        stated: what the application says of it, None where it says nothing.
        if_stated: what would follow if the application were right; None where it says nothing else.
        limits: where the outcome changes, the nearest first; empty where only the sum does.
        amount_limits: where the sum changes while the outcome stays.
    """

    field: str
    value: Value | None
    stated: Value | None
    if_stated: Result | None
    limits: tuple[Limit, ...]
    amount_limits: tuple[Limit, ...]

    @property
    def is_contradicted(self) -> bool:
        """Whether application and register say different things."""
        return self.stated is not None and self.stated != self.value


def decisive_facts(
    case_type: CaseType, facts: Frame, stated: Frame | None, judged_on: date
) -> tuple[DecisiveFact, ...]:
    """Every decisive fact of one case: first where application and register differ, then the most sensitive.

    `facts` has one row, masked as the criteria see it; `stated` one row of what the application says. Nothing is
    decisive where the criteria do not decide. A hidden fact is not tried, for the criteria do not look at it.
    """
    what_if = WhatIf(case_type, facts, judged_on)
    if what_if.now.outcome is None:
        return ()
    tried = values_tried(what_if)
    said = stated_changes(what_if, stated)
    changes = [(field, value) for field, values in tried.items() for value in values]
    results = dict(zip([*changes, *said], what_if.results([*changes, *said]), strict=True))
    found = []
    for field, values in tried.items():
        limits, amount_limits = _limits(what_if, field, values, results)
        if limits or amount_limits:
            value = facts.columns[field].value(0)
            claim = next((other for name, other in said if name == field), None)
            follows = results[field, claim] if claim is not None and claim != value else None
            found.append(DecisiveFact(field, value, claim, follows, limits, amount_limits))
    return tuple(sorted(found, key=lambda one: _order(one, case_type.fields[one.field].type)))


def values_tried(what_if: WhatIf) -> dict[str, list[Value]]:
    """Other values to try of each field that the criteria look at; numbers and days in rising order."""
    case_type, facts = what_if.case_type, what_if.facts
    fields = [name for name in fields_that_count(case_type) if not _is_hidden(facts, name)]
    numbers = [name for name in fields if case_type.fields[name].type in NUMBERS]
    known = [name for name in numbers if not facts.columns[name].missing[0]]
    tried: dict[str, list[Value]] = {name: words_of(case_type, name) for name in fields if name not in numbers}
    for name, steps in turning_points(what_if, known).items():
        tried[name] = [value_at(case_type.fields[name].type, step) for step in steps]
    return {
        name: [value for value in tried[name] if value != facts.columns[name].value(0)]
        for name in fields
        if name in tried
    }


def words_of(case_type: CaseType, name: str) -> list[Value]:
    """What a yes or no, a word or a text may be: the words declared, and those that conditions ask for."""
    field = case_type.fields[name]
    if field.type == "boolean":
        return [0.0, 1.0]
    asked = [
        str(word)
        for leaf in leaves_of(case_type)
        if leaf.field == name and leaf.operator in ("equals", "in")
        for word in (leaf.value if isinstance(leaf.value, tuple) else (leaf.value,))
    ]
    return list(dict.fromkeys((*(field.values or ()), *asked)))


def stated_changes(what_if: WhatIf, stated: Frame | None) -> list[Change]:
    """What the application says of each field that counts, where it says something."""
    if stated is None:
        return []
    fields = [name for name in fields_that_count(what_if.case_type) if name in stated.columns]
    said = [(name, stated.columns[name].value(0)) for name in fields if not _is_hidden(what_if.facts, name)]
    return [(name, value) for name, value in said if value is not None]


def _limits(
    what_if: WhatIf, field: str, values: Sequence[Value], results: Results
) -> tuple[tuple[Limit, ...], tuple[Limit, ...]]:
    """Where the outcome changes, and where the sum does while the outcome stays."""
    now = what_if.now
    is_number = what_if.case_type.fields[field].type in NUMBERS
    others = (
        _nearest_on_each_side(what_if, field, values, results)
        if is_number
        else [(value, results[field, value]) for value in values if results[field, value] != now]
    )
    limits = [Limit(value, result.outcome) for value, result in others if result.outcome != now.outcome]
    amounts = [Limit(value, result.outcome) for value, result in others if result.outcome == now.outcome]
    return tuple(limits), tuple(amounts)


def _nearest_on_each_side(
    what_if: WhatIf, field: str, values: Sequence[Value], results: Results
) -> list[tuple[Value, Result]]:
    """The nearest value below and above with another outcome, then those with another sum; nearer ones first."""
    kind, now = what_if.case_type.fields[field].type, what_if.now
    fact = known_number(what_if, field)
    rising = [(neighbours(kind, float(value))[0] + 1, results[field, value]) for value in values]
    below = [one for one in reversed(rising) if value_at(kind, one[0]) < fact]
    above = [one for one in rising if value_at(kind, one[0]) > fact]
    found: dict[Value, Result] = {}
    for is_other in (lambda result: result.outcome != now.outcome, lambda result: result != now):
        turns = [turn for side in (below, above) if (turn := nearest(what_if, field, side, is_other)) is not None]
        turns.sort(key=lambda turn: abs(value_at(kind, turn[0]) - fact))
        found |= {value_at(kind, step): result for step, result in turns}
    return list(found.items())


def _is_hidden(facts: Frame, name: str) -> bool:
    hidden = facts.columns[name].hidden
    return hidden is not None and bool(hidden[0])


def _order(one: DecisiveFact, kind: Kind) -> tuple[bool, bool, float]:
    """Contradicted facts first, then those that change the outcome, the nearest limit first."""
    return (not one.is_contradicted, not one.limits, _distance(one, kind))


def _distance(one: DecisiveFact, kind: Kind) -> float:
    """How far off the nearest limit is, as a share of the fact; a word or a yes counts as half of it."""
    limit = (*one.limits, *one.amount_limits)[0].value
    if kind not in NUMBERS or not isinstance(one.value, float) or not isinstance(limit, float):
        return 0.5
    return abs(limit - one.value) / max(abs(one.value), 1.0)
