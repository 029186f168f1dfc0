"""Routing rules: who takes which case, written by a team lead, read as one whole with a place for every rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr, model_validator

from config.bilingual import Bilingual
from config.case_type import CaseType
from config.conditions import When, parse_condition
from config.duration import Length
from config.errors import InputError, Place
from config.model import Model, Real, Text, Whole, wrong
from config.names import Name
from config.routing_checks import first_problem
from config.validation import validate
from config.yaml_source import Located, read_yaml

RouteTo = Literal["draft", "caseworker"]
Priority = Literal["low", "normal", "high"]
Share = Annotated[Real, Field(ge=0, le=1)]
DEFAULT_RULE = "default"


class Guarantee(Model):
    """The promise: of the cases drafted, at most `max_complex_share` are complex, with `confidence`."""

    max_complex_share: Annotated[Real, Field(gt=0, le=0.5)] = 0.05
    confidence: Annotated[Real, Field(ge=0.5, lt=1)] = 0.95
    also_within: tuple[Name, ...] = ()


class Sampling(Model):
    """A random share of cases."""

    share: Share


class Team(Model):
    """A team, and how many cases it can take a week (nothing: not said)."""

    per_week: Annotated[Whole, Field(ge=0)] | None = None


class FloorRule(Model):
    """One line of the floor: where it holds, or cannot be told, a caseworker takes the case."""

    name: Text
    when: When
    because: Bilingual | None = None
    team: Name | None = None
    priority: Priority = "normal"
    contact_within: Length | None = None


class Route(Model):
    """One rule: the first whose `when` surely holds decides where the case goes."""

    name: Text
    when: When
    to: RouteTo
    because: Bilingual | None = None
    team: Name | None = None
    priority: Priority = "normal"
    contact_within: Length | None = None


class Default(Model):
    """Where a case goes that no rule took."""

    to: RouteTo = "caseworker"
    team: Name | None = None
    priority: Priority = "normal"
    contact_within: Length | None = None


class FirstView(Model):
    """Which cases ask for the person's own view before the machine's, and a random share of the rest."""

    when: When | None = None
    share: Share = 0.0


class Dilemma(Model):
    """A question that is put to the person where `when` holds."""

    when: When
    ask: Bilingual


class Never(Model):
    """What may never happen: a condition on the case together with where it went."""

    when: When
    to: RouteTo | None = None
    team: Name | None = None

    @model_validator(mode="before")
    @classmethod
    def _split(cls, raw: Any) -> Any:
        """In the file `to` and `team` stand beside the fields of the condition."""
        if not isinstance(raw, dict) or "when" in raw:
            return raw
        rest = {key: value for key, value in raw.items() if key not in ("to", "team")}
        given = {key: value for key, value in raw.items() if key in ("to", "team")}
        return {"when": parse_condition(rest), **given}

    @model_validator(mode="after")
    def _says_where(self) -> Never:
        if self.to is None and self.team is None:
            raise wrong("say what must not happen with such a case, as in `to: draft`")
        return self


class Invariant(Model):
    """What must hold whatever the rules are; publishing is refused where a case breaks it."""

    name: Text
    never: Never


class Expected(Model):
    """Where a test's case must go."""

    to: RouteTo | None = None
    rule: Text | None = None
    team: Name | None = None
    priority: Priority | None = None
    contact_within: Length | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Expected:
        if not self.model_fields_set:
            raise wrong("nothing is expected here; write e.g. `expect: {to: caseworker}`")
        return self


class RulesTest(Model):
    """An invented case and where it must go; `today` freezes the clock."""

    name: Text
    today: date | None = None
    case: dict[str, Any]
    expect: Expected


class Rules(Model):
    """routing.yaml, checked against the case types it speaks of."""

    guarantee: Guarantee = Guarantee()
    blind_review: Sampling = Sampling(share=0.05)
    double_read: Sampling = Sampling(share=0.0)
    teams: dict[Name, Team] = Field(default_factory=dict)
    always_caseworker: tuple[FloorRule, ...] = ()
    routes: tuple[Route, ...] = ()
    default: Default = Default()
    first_view: FirstView = FirstView()
    dilemmas: tuple[Dilemma, ...] = ()
    invariants: tuple[Invariant, ...] = ()
    tests: tuple[RulesTest, ...] = ()
    _located: Located | None = PrivateAttr(default=None)

    def place(self, *path: str | int) -> Place | None:
        """Where something stands in the file, as in `rules.place("routes", 0)`; None for rules without a file."""
        return self._located.place(path) if self._located is not None else None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all rules, the floor's first, `default` last."""
        return (*(one.name for one in self.always_caseworker), *(one.name for one in self.routes), DEFAULT_RULE)


def read_rules(text: str | bytes, *, file: str | Path, case_types: Mapping[str, CaseType]) -> Rules:
    """The rules written in `text`, for these case types (key -> case type).

    Raises:
        InputError: with file:line:column, for the first thing that cannot be used: a field no case type declares,
            a team that is not declared, a protected field outside the floor, and so on.
    """
    located = read_yaml(text, file)
    rules = validate(located, Rules)
    problem = first_problem(rules, case_types)
    if problem is not None:
        path, sentence = problem
        raise InputError(sentence, located.place(path))
    rules._located = located
    return rules
