"""What must agree across a case type file: names, references, outcomes, tests, protected facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from config.asked_for import asked_for_problems
from config.calculation_checks import calculation_problems
from config.case_type_names import condition_problems, known_fields, known_references
from config.case_type_tests import UNDECIDED
from config.condition_checks import Known, Problem, protected_fields, value_problem
from config.letter_checks import letter_problems
from config.names import RESERVED
from config.validation import did_you_mean

if TYPE_CHECKING:
    from config.case_type import CaseType


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
    yield from calculation_problems(case_type)
    yield from _criteria(case_type)
    yield from letter_problems(case_type)
    yield from _tests(case_type)


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


def _criteria(case_type: CaseType) -> Iterator[Problem]:
    fields, references = known_fields(case_type), known_references(case_type)
    for number, criterion in enumerate(case_type.criteria):
        path = ("criteria", number)
        yield from condition_problems(criterion.when, (*path, "when"), fields, references)
        if criterion.outcome not in case_type.outcomes:
            near = did_you_mean(criterion.outcome, case_type.outcomes)
            yield (*path, "outcome"), f"no outcome is called '{criterion.outcome}'; {near}"
    for number, untested in enumerate(case_type.untested_by_machine):
        if untested.when is not None:
            yield from condition_problems(
                untested.when, ("untested_by_machine", number, "when"), fields, references
            )
            for leaf in protected_fields(untested.when, fields):
                if case_type.legal_basis is None:
                    where = ("untested_by_machine", number, "when", *leaf.path)
                    yield where, f"'{leaf.field}' is protected; the file must cite its law as `legal_basis`"


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
