"""Checks a rules file: its first error with the place, or warnings about rules that do not do what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from config.case_type import CaseType
from config.columns import Frame
from config.conditions import All, AnyOf, Condition, NoneOf
from config.errors import InputError, Place
from config.evaluation import Evaluation
from config.routing_rules import Rules, read_rules
from config.rule_fields import FIELDS_OF_EVERY_CASE
from routing.built_in import constant
from routing.rule_overlap import covers, is_impossible
from routing.rules import drafts_anything

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Finding:
    """One sentence about a rules file; an error means that it cannot be published."""

    level: Level
    sentence: str
    place: Place | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


def check_rules(text: str | bytes, *, file: str | Path, case_types: Mapping[str, CaseType]) -> list[Finding]:
    """What is wrong with these rules, errors before warnings before notes; empty where nothing is."""
    try:
        rules = read_rules(text, file=file, case_types=case_types)
    except InputError as error:
        return [Finding("error", error.sentence, error.place)]
    found = [*_unreachable(rules), *_drafting(rules), *_teams(rules), *_lacking(rules, case_types)]
    return sorted(found, key=lambda one: ("error", "warning", "note").index(one.level))


def _unreachable(rules: Rules) -> Iterator[Finding]:
    """Rules that can never take a case."""
    parts: list[tuple[str, Sequence[tuple[str, Condition]]]] = [
        ("always_caseworker", [(one.name, one.when) for one in rules.always_caseworker]),
        ("routes", [(one.name, one.when) for one in rules.routes]),
    ]
    for part, named in parts:
        for number, (name, when) in enumerate(named):
            place = rules.place(part, number)
            if is_impossible(when):
                yield Finding("warning", f"'{name}' can never match: its conditions exclude each other", place)
                continue
            above = next((earlier for earlier, cond in named[:number] if covers(cond, when)), None)
            if above is not None:
                yield Finding(
                    "warning", f"'{name}' can never match: '{above}' above takes all its cases; move it up", place
                )
    for number, route in enumerate(rules.routes):
        floor = next((one.name for one in rules.always_caseworker if covers(one.when, route.when)), None)
        if route.to == "draft" and floor is not None:
            place = rules.place("routes", number)
            sentence = f"'{route.name}' never drafts: '{floor}' in always_caseworker takes all its cases"
            yield Finding("warning", sentence, place)


def _drafting(rules: Rules) -> Iterator[Finding]:
    if rules.default.to == "draft":
        sentence = "every case that no rule names may be drafted; name what may be drafted in `routes` instead"
        yield Finding("warning", sentence, rules.place("default"))
    if drafts_anything(rules) and rules.blind_review.share == 0:
        sentence = "no draft is ever reviewed blind, so a broken promise would not be noticed; give a share"
        yield Finding("warning", sentence, rules.place("blind_review"))


def _teams(rules: Rules) -> Iterator[Finding]:
    used = {
        rules.default.team,
        *(one.team for one in rules.always_caseworker),
        *(one.team for one in rules.routes),
    }
    for name, team in rules.teams.items():
        place = rules.place("teams", name)
        if name not in used:
            yield Finding("warning", f"no rule sends a case to team '{name}'; use it or delete it", place)
        elif team.per_week is None:
            yield Finding("note", f"team '{name}' does not say how many cases it can take; add `per_week`", place)
    if rules.default.to == "caseworker" and rules.default.team is None:
        yield Finding("warning", "cases that no rule takes have no team; name one", rules.place("default"))


def _lacking(rules: Rules, case_types: Mapping[str, CaseType]) -> Iterator[Finding]:
    """Fields that a case type lacks: unknown there, so a floor rule takes all its cases and a route none."""
    for number, floor in enumerate(rules.always_caseworker):
        for name, types in _lacks(floor.when, case_types).items():
            yield Finding(
                "warning" if drafts_anything(rules) else "note",
                f"'{floor.name}' sends every case of {_listed(types)} to a person, for these have no '{name}'",
                rules.place("always_caseworker", number),
            )
    for number, route in enumerate(rules.routes):
        never = {key: one for key, one in case_types.items() if not _can_match(route.when, one)}
        if never:
            lacking = _listed(list(_lacks(route.when, never)))
            yield Finding(
                "note",
                f"'{route.name}' never matches in {_listed(sorted(never))}, for these have no {lacking}",
                rules.place("routes", number),
            )


def _lacks(when: Condition, case_types: Mapping[str, CaseType]) -> dict[str, list[str]]:
    """Field -> case types that the rule is about and that do not have it; `channel` and age must be declared."""
    always_there = set(FIELDS_OF_EVERY_CASE) - {"channel", "citizen_age"}
    meant = {key: case_type for key, case_type in case_types.items() if _is_about(when, case_type)}
    found: dict[str, list[str]] = {}
    for name in sorted(when.fields - always_there):
        lacking = sorted(key for key, case_type in meant.items() if name not in case_type.fields)
        if lacking:
            found[name] = lacking
    return found


def _can_match(when: Condition, case_type: CaseType) -> bool:
    """Whether a rule that is about such cases can hold of one, whatever it lacks being unknown."""
    if not _is_about(when, case_type):
        return True
    match when:
        case AnyOf():
            return any(_can_match(part, case_type) for part in when.parts)
        case All() | NoneOf():
            return all(_can_match(part, case_type) for part in when.parts)
        case _:
            return not _lacks(when, {case_type.key: case_type})


def _is_about(when: Condition, case_type: CaseType) -> bool:
    """Whether the rule can hold of such a case at all, as far as its case type and weight tell."""
    told = {"case_type": constant(case_type.key, 1), "weight": constant(case_type.weight, 1)}
    case = Frame(np.array([case_type.key], dtype=object), told)
    return bool(Evaluation(case).of(when).possible[0])


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:5])
    return shown if len(names) <= 5 else f"{shown} and {len(names) - 5} more"
