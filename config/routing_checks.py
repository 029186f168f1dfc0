"""What must agree across a rules file: fields, teams, names, and where protected facts may not stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from config.case_type import CaseType
from config.condition_checks import Known, Problem, problems_of, protected_fields, value_problem
from config.conditions import Condition
from config.rule_fields import rule_fields
from config.validation import did_you_mean

if TYPE_CHECKING:
    from config.routing_rules import Rules

Path_ = tuple[str | int, ...]
Fields = Mapping[str, list[Known]]
_PROTECTED = (
    "'{name}' is protected and may stand in always_caseworker and invariants alone; a rule on it would treat "
    "people differently for what they are"
)


def first_problem(rules: Rules, case_types: Mapping[str, CaseType]) -> Problem | None:
    """The first thing that does not agree, as (path, sentence)."""
    return next(problems(rules, case_types), None)


def problems(rules: Rules, case_types: Mapping[str, CaseType]) -> Iterator[Problem]:
    """Everything that does not agree, as (path, sentence)."""
    fields = rule_fields(case_types)
    yield from _guarantee(rules, fields)
    yield from _conditions(rules, fields)
    yield from _teams(rules)
    yield from _names(rules)
    yield from _tests(rules, fields)


def _guarantee(rules: Rules, fields: Fields) -> Iterator[Problem]:
    for number, name in enumerate(rules.guarantee.also_within):
        path = ("guarantee", "also_within", number)
        known = fields.get(name)
        if known is None:
            yield path, f"no case type declares '{name}'; {did_you_mean(name, fields)}"
        elif any(one.protected for one in known):
            yield path, _PROTECTED.format(name=name)
        elif not any(one.kind in ("category", "boolean") for one in known):
            yield path, f"'{name}' is a {known[0].kind}; the promise can be kept within a category or a boolean"


def _conditions(rules: Rules, fields: Fields) -> Iterator[Problem]:
    for path, condition, may_be_protected in _every_condition(rules):
        for below, sentence in problems_of(condition, fields):
            yield (*path, *below), sentence
        if not may_be_protected:
            for leaf in protected_fields(condition, fields):
                yield (*path, *leaf.path[:-1]), _PROTECTED.format(name=leaf.field)


def _every_condition(rules: Rules) -> Iterator[tuple[Path_, Condition, bool]]:
    for number, floor in enumerate(rules.always_caseworker):
        yield ("always_caseworker", number, "when"), floor.when, True
    for number, route in enumerate(rules.routes):
        yield ("routes", number, "when"), route.when, False
    if rules.first_view.when is not None:
        yield ("first_view", "when"), rules.first_view.when, False
    for number, dilemma in enumerate(rules.dilemmas):
        yield ("dilemmas", number, "when"), dilemma.when, False
    for number, invariant in enumerate(rules.invariants):
        yield ("invariants", number, "never"), invariant.never.when, True


def _teams(rules: Rules) -> Iterator[Problem]:
    named: list[tuple[Path_, str | None]] = [(("default", "team"), rules.default.team)]
    for number, floor in enumerate(rules.always_caseworker):
        named.append((("always_caseworker", number, "team"), floor.team))
    for number, route in enumerate(rules.routes):
        named.append((("routes", number, "team"), route.team))
    for number, invariant in enumerate(rules.invariants):
        named.append((("invariants", number, "never", "team"), invariant.never.team))
    for number, test in enumerate(rules.tests):
        named.append((("tests", number, "expect", "team"), test.expect.team))
    for path, team in named:
        if team is not None and team not in rules.teams:
            yield path, f"no team is called '{team}'; {did_you_mean(team, rules.teams)} (declare it under `teams`)"


def _names(rules: Rules) -> Iterator[Problem]:
    seen: dict[str, str] = {"default": "the default"}
    named = [("always_caseworker", number, rule.name) for number, rule in enumerate(rules.always_caseworker)]
    named += [("routes", number, rule.name) for number, rule in enumerate(rules.routes)]
    for part, number, name in named:
        if name in seen:
            yield (part, number, "name"), f"'{name}' is already the name of {seen[name]}; choose another"
        seen[name] = f"{part} number {number + 1}"
    for number, test in enumerate(rules.tests):
        rule_name = test.expect.rule
        if rule_name is not None and rule_name not in seen:
            yield (
                ("tests", number, "expect", "rule"),
                f"no rule is called '{rule_name}'; {did_you_mean(rule_name, seen)}",
            )


def _tests(rules: Rules, fields: Fields) -> Iterator[Problem]:
    for number, test in enumerate(rules.tests):
        for name, value in test.case.items():
            path = ("tests", number, "case", name)
            known = fields.get(name)
            if known is None:
                yield path, f"no case type declares '{name}'; {did_you_mean(name, fields)}"
                continue
            sentences = [value_problem(value, one) for one in known]
            if all(sentences):
                yield path, next(sentence for sentence in sentences if sentence)
