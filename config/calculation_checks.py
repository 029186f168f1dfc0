"""Whether a calculation can be done: every name is known above the line that uses it, and no line goes round."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from config.calculation import CalculationLine
from config.case_type_names import SUPPLIED, comparable_fields, condition_problems, known_fields
from config.columns import Kind
from config.condition_checks import Known, Problem
from config.validation import did_you_mean

if TYPE_CHECKING:
    from config.case_type import CaseType

_CALCULABLE: frozenset[Kind] = frozenset({"number", "integer", "boolean"})


def calculation_problems(case_type: CaseType) -> Iterator[Problem]:
    """Names that no line may use, tables that are not there, lines that go round, protected facts without law."""
    usable = {name for name, field in case_type.fields.items() if field.type in _CALCULABLE}
    usable |= set(case_type.amounts) | {"citizen_age"}
    for number, line in enumerate(case_type.calculation):
        path = ("calculation", number)
        for name in line.names:
            if name in usable:
                continue
            yield path, _why_unusable(case_type, line, name, usable)
        if line.table is not None and line.table not in case_type.tables:
            yield (
                (*path, "table"),
                f"no table is called '{line.table}'; {did_you_mean(line.table, case_type.tables)}",
            )
        yield from _choices(case_type, line, path)
        yield from _protected_line(case_type, line, path)
        usable.add(line.name)
    lines = {line.name for line in case_type.calculation}
    if case_type.pays is not None and case_type.pays not in lines:
        yield ("pays",), f"no line is called '{case_type.pays}'; {did_you_mean(case_type.pays, lines)}"


def _choices(case_type: CaseType, line: CalculationLine, path: tuple[str | int, ...]) -> Iterator[Problem]:
    """The conditions of a `choose` ask about facts alone, for they are answered before any line is calculated."""
    facts = {name: [Known(one.type, one.values, one.protected)] for name, one in case_type.fields.items()}
    facts = {"citizen_age": [SUPPLIED["citizen_age"]], **facts}
    for number, choice in enumerate(line.choose or ()):
        if choice.when is not None:
            where = (*path, "choose", number, "when")
            yield from condition_problems(choice.when, where, facts, comparable_fields(case_type))


def _protected_line(case_type: CaseType, line: CalculationLine, path: tuple[str | int, ...]) -> Iterator[Problem]:
    known = known_fields(case_type)
    names = (*line.names, *sorted(line.asked))
    protected = [name for name in names if any(one.protected for one in known.get(name, ()))]
    if protected and line.legal_basis is None:
        yield path, f"'{protected[0]}' is protected; a line that uses it must cite its law as `legal_basis`"


def _why_unusable(case_type: CaseType, line: CalculationLine, name: str, usable: Collection[str]) -> str:
    if name in case_type.fields:
        return f"'{name}' is a {case_type.fields[name].type} and cannot be calculated with"
    by_name = {one.name: one for one in case_type.calculation}
    if name not in by_name:
        return f"no field, amount or line above is called '{name}'; {did_you_mean(name, usable)}"
    if line.name in _uses(name, by_name):
        round_trip = "itself" if name == line.name else f"'{name}', which is calculated from '{line.name}'"
        return f"'{line.name}' is calculated from {round_trip}, round and round; name something known instead"
    return f"'{name}' is calculated further down; move that line above '{line.name}'"


def _uses(name: str, by_name: Mapping[str, CalculationLine]) -> set[str]:
    """The line itself and all that it is calculated from, at whatever distance."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += by_name[one].names if one in by_name else ()
    return found
