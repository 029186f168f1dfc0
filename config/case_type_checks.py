"""What must agree across a case type file: names, references, outcomes, tests, protected facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from config.asked_for import asked_for_problems
from config.calculation import CalculationLine
from config.case_type_tests import UNDECIDED
from config.columns import Kind
from config.condition_checks import Known, Problem, problems_of, protected_fields, value_problem
from config.conditions import Condition
from config.letter_checks import letter_problems
from config.names import RESERVED
from config.validation import did_you_mean

if TYPE_CHECKING:
    from config.case_type import CaseType

_CALCULABLE: frozenset[Kind] = frozenset({"number", "integer", "boolean"})
SUPPLIED = {"received_on": Known("date"), "citizen_age": Known("number", protected=True)}


def first_problem(case_type: CaseType) -> Problem | None:
    """The first thing that does not agree, as (path, sentence)."""
    return next(problems(case_type), None)


def problems(case_type: CaseType) -> Iterator[Problem]:
    """Everything that does not agree."""
    yield from _names(case_type)
    yield from _weight(case_type)
    yield from asked_for_problems(case_type)
    for name, table in case_type.tables.items():
        if table.csv is not None:
            yield ("tables", name, "csv"), f"the rows of '{table.csv}' were not read in; write them here as `rows`"
    yield from _calculation(case_type)
    yield from _criteria(case_type)
    yield from letter_problems(case_type)
    yield from _tests(case_type)


def known_fields(case_type: CaseType) -> dict[str, list[Known]]:
    """What a case type's own conditions may ask about: its fields, its calculation's lines, day and age."""
    known = {name: [one] for name, one in SUPPLIED.items()}
    known |= {line.name: [Known("number")] for line in case_type.calculation}
    return known | {
        name: [Known(field.type, field.values, field.protected)] for name, field in case_type.fields.items()
    }


def known_references(case_type: CaseType) -> dict[str, Kind]:
    """Names that may stand for a value in criteria: amounts, lines, and fields that are numbers or dates."""
    references: dict[str, Kind] = dict.fromkeys(case_type.amounts, "number")
    references |= {line.name: "number" for line in case_type.calculation}
    return references | _comparable_fields(case_type)


def _comparable_fields(case_type: CaseType) -> dict[str, Kind]:
    return {
        name: field.type for name, field in case_type.fields.items() if field.type in ("number", "integer", "date")
    }


def _names(case_type: CaseType) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    columns: dict[str, str] = {}
    for part in ("fields", "amounts", "tables"):
        for name in getattr(case_type, part):
            yield from _taken(name, (part, name), seen, part)
    for number, line in enumerate(case_type.calculation):
        yield from _taken(line.name, ("calculation", number, "name"), seen, "calculation")
    for name, field in case_type.fields.items():
        earlier = columns.setdefault(field.column, name)
        if earlier != name:
            yield (
                ("fields", name, "column"),
                f"'{earlier}' already reads the column '{field.column}'; keep one of them",
            )
    if not case_type.outcomes and case_type.weight == "light":
        yield ("outcomes",), "a light case must be able to end somehow; write an outcome, or delete the key"
    if case_type.outcomes and case_type.assessed_as:
        yield ("assessed_as",), "this case ends with a decision; delete `assessed_as`, or write `outcomes: {}`"
    if UNDECIDED in case_type.outcomes:
        yield ("outcomes", UNDECIDED), f"'{UNDECIDED}' means that nothing decides; give the outcome another name"


def _taken(name: str, path: tuple[str | int, ...], seen: dict[str, str], part: str) -> Iterator[Problem]:
    if name in RESERVED:
        yield path, f"'{name}' already has a meaning in conditions; call it e.g. own_{name}"
    if name in seen:
        yield path, f"'{name}' is already the name of something under '{seen[name]}'; choose another"
    seen[name] = part


def _weight(case_type: CaseType) -> Iterator[Problem]:
    if case_type.weight == "light":
        if case_type.complexity is None:
            yield (), "'complexity' is missing; say what the department calls complex, or write `weight: heavy`"
        return
    for name, outcome in case_type.outcomes.items():
        if outcome.may_be_drafted:
            yield (
                ("outcomes", name, "may_be_drafted"),
                "a heavy case is never drafted; delete this or `weight: heavy`",
            )


def _calculation(case_type: CaseType) -> Iterator[Problem]:
    usable = {name for name, field in case_type.fields.items() if field.type in _CALCULABLE}
    usable |= set(case_type.amounts) | {"citizen_age"}
    for number, line in enumerate(case_type.calculation):
        path = ("calculation", number)
        for name in line.names:
            if name in usable:
                continue
            if name in case_type.fields:
                yield path, f"'{name}' is a {case_type.fields[name].type} and cannot be calculated with"
            else:
                yield path, f"no field, amount or line above is called '{name}'; {did_you_mean(name, usable)}"
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
            yield from _condition(choice.when, where, facts, _comparable_fields(case_type))


def _protected_line(case_type: CaseType, line: CalculationLine, path: tuple[str | int, ...]) -> Iterator[Problem]:
    known = known_fields(case_type)
    names = (*line.names, *sorted(line.asked))
    protected = [name for name in names if any(one.protected for one in known.get(name, ()))]
    if protected and line.legal_basis is None:
        yield path, f"'{protected[0]}' is protected; a line that uses it must cite its law as `legal_basis`"


def _criteria(case_type: CaseType) -> Iterator[Problem]:
    fields, references = known_fields(case_type), known_references(case_type)
    for number, criterion in enumerate(case_type.criteria):
        path = ("criteria", number)
        yield from _condition(criterion.when, (*path, "when"), fields, references)
        if criterion.outcome not in case_type.outcomes:
            near = did_you_mean(criterion.outcome, case_type.outcomes)
            yield (*path, "outcome"), f"no outcome is called '{criterion.outcome}'; {near}"
    for number, untested in enumerate(case_type.untested_by_machine):
        if untested.when is not None:
            yield from _condition(untested.when, ("untested_by_machine", number, "when"), fields, references)
            for leaf in protected_fields(untested.when, fields):
                if case_type.legal_basis is None:
                    where = ("untested_by_machine", number, "when", *leaf.path)
                    yield where, f"'{leaf.field}' is protected; the file must cite its law as `legal_basis`"


def _condition(
    condition: Condition,
    path: tuple[str | int, ...],
    fields: Mapping[str, list[Known]],
    references: Mapping[str, Kind],
) -> Iterator[Problem]:
    found = problems_of(condition, fields, references=references)
    for below, sentence in found:
        yield (*path, *below), sentence.replace("no case type declares", "no field or line is called")
    for leaf in condition.leaves():
        if leaf.operator == "within":
            yield (
                (*path, *leaf.path),
                "'within' depends on the day it is asked; compare with a date or an amount's day",
            )


def _tests(case_type: CaseType) -> Iterator[Problem]:
    lines = {line.name for line in case_type.calculation}
    fields = known_fields(case_type)
    for number, test in enumerate(case_type.tests):
        path = ("tests", number)
        for name, value in test.facts.items():
            if name in lines or name not in fields:
                allowed = set(fields) - lines
                yield (*path, "facts", name), f"no field is called '{name}'; {did_you_mean(name, allowed)}"
            elif (sentence := value_problem(value, fields[name][0])) is not None:
                yield (*path, "facts", name), sentence
        for name, value in test.expect.items():
            if name == "outcome":
                allowed = {*case_type.outcomes, UNDECIDED}
                if value not in allowed:
                    yield (
                        (*path, "expect", name),
                        f"no outcome is called '{value}'; {did_you_mean(str(value), allowed)}",
                    )
            elif name not in lines:
                yield (
                    (*path, "expect", name),
                    f"no line is called '{name}'; {did_you_mean(name, lines | {'outcome'})}",
                )
            elif (sentence := value_problem(value, Known("number"))) is not None:
                yield (*path, "expect", name), sentence
