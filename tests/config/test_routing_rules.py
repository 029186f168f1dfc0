"""A rules file is read against the case types it speaks of, and what is wrong in it takes no effect."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.case_type import CaseType, read_case_type
from config.errors import InputError
from config.routing_rules import Rules, read_rules
from config.routing_schema import routing_schema, write_routing_schema
from config.yaml_source import read_yaml

SHIPPED = (resources.files("config") / "examples" / "routing.yaml").read_text(encoding="utf-8")


@pytest.fixture
def case_types(friplads_text: str, smallest_text: str) -> dict[str, CaseType]:
    texts = {"friplads": friplads_text, "fines": smallest_text}
    return {name: read_case_type(text, name=name, file=f"{name}.yaml") for name, text in texts.items()}


def _read(text: str | bytes, case_types: Mapping[str, CaseType] | None = None) -> Rules:
    return read_rules(text, file="routing.yaml", case_types=case_types or {})


def _error(text: str, case_types: Mapping[str, CaseType]) -> str:
    with pytest.raises(InputError) as raised:
        _read(text, case_types)
    assert str(raised.value).startswith("routing.yaml:")
    return str(raised.value)


def test_every_construct_of_the_contract_is_read(routing_text: str) -> None:
    rules = _read(routing_text)
    assert rules.guarantee.also_within == ("channel",)
    assert rules.teams["senior"].per_week == 105
    early = rules.routes[0]
    assert (early.to, early.team, early.priority) == ("caseworker", "senior", "high")
    assert early.contact_within is not None
    assert early.contact_within.timedelta == timedelta(days=2)
    assert rules.invariants[0].never.to == "draft"
    assert rules.tests[0].today == date(2026, 11, 23)
    assert rules.names == ("Children", "Early contact", "Objective case", "default")


def test_each_rule_knows_its_line(routing_text: str) -> None:
    rules = _read(routing_text)
    line = routing_text[: routing_text.index("Early contact")].count("\n") + 1
    assert str(rules.place("routes", 0)).startswith(f"routing.yaml:{line}:")
    assert Rules().place("routes", 0) is None


def test_the_shipped_rules_send_everything_to_intake(case_types: dict[str, CaseType]) -> None:
    rules = _read(SHIPPED, case_types)
    assert rules.routes == ()
    assert (rules.default.to, rules.default.team) == ("caseworker", "intake")


def test_rules_without_a_guarantee_have_the_usual_one() -> None:
    guarantee = Rules().guarantee
    assert (guarantee.max_complex_share, guarantee.confidence, guarantee.also_within) == (0.05, 0.95, ())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("team: senior", "team: seniors", "did you mean 'senior'?"),
        ("team: intake}", "team: intak}", "did you mean 'intake'?"),
        ("{complexity: {at_least: 0.65}}", "{complexty: {at_least: 0.65}}", "did you mean 'complexity'?"),
        ("{complexity: {at_least: 0.65}}", "{complexity: {at_lest: 0.65}}", "did you mean 'at_least'?"),
        ("{complexity: {at_least: 0.65}}", "{complexity: {at_least: 0,65}}", "decimal comma"),
        ("{complexity: {at_least: 0.65}}", "{complexity: {at_least: high}}", "is no number"),
        ("{complexity: {at_least: 0.65}}", "{channel: {at_least: 3}}", "a category"),
        ("{complexity: {at_least: 0.65}}", "{district: {equals: vest}}", "not among the field's values"),
        ("{complexity: {at_least: 0.65}}", "{case_type: {equals: friplad}}", "did you mean 'friplads'?"),
        ("{complexity: {at_least: 0.65}}", "{outcome: {in: [granted, given]}}", "not among"),
        ("{complexity: {at_least: 0.65}}", "{weight: {equals: hevy}}", "did you mean 'heavy'?"),
        ("{complexity: {at_least: 0.65}}", "{children_under_18: {between: [5, 1]}}", "[1, 5]"),
        ("{complexity: {at_least: 0.65}}", "{citizen_age: {above: 17}}", "is protected"),
        ("{complexity: {at_least: 0.65}}", "{citizenship: {equals: dk}}", "is protected"),
        ("{complexity: {above: 0.2}}", "{none: [{citizenship: {equals: dk}}]}", "is protected"),
        (
            "first_view: {when: {complexity: {at_least: 0.3}}",
            "first_view: {when: {citizen_age: {above: 3}}",
            "protected",
        ),
        ("also_within: [channel]", "also_within: [citizenship]", "is protected"),
        ("also_within: [channel]", "also_within: [complexity]", "category or a boolean"),
        ("also_within: [channel]", "also_within: [chanel]", "did you mean 'channel'?"),
        ("max_complex_share: 0.05", "max_complex_share: 5", "too large"),
        ("confidence: 0.95", "confidence: 1", "write less than 1"),
        ("contact_within: 2d", "contact_within: 2 uger", "2d or 24h"),
        ("to: draft}", "to: drafts}", "did you mean 'draft'?"),
        ("priority: high", "priority: urgent", "allowed: high, low, normal"),
        ("name: Objective case", "name: Children", "already the name"),
        ("name: Objective case", "name: default", "already the name"),
        ("rule: Children", "rule: Chldren", "did you mean 'Children'?"),
        ("citizen_age: 12", "citizen_age: tolv", "is no number"),
        ("citizen_age: 12", "citizen_aeg: 12", "did you mean 'citizen_age'?"),
        ("{citizen_age: {below: 18}, to: draft}", "{citizen_age: {below: 18}}", "must not happen"),
        ("{citizen_age: {below: 18}, to: draft}", "{to: draft}", "empty condition"),
        ("expect: {to: caseworker, rule: Children}", "expect: {}", "nothing is expected"),
        ("share: 0.2", "share: 2", "at most 1"),
        ("teams: {intake", "team: {intake", "did you mean 'teams'?"),
        ("routes:", "routez:", "did you mean 'routes'?"),
        ("routes:", "routes: 3\nrules:", "a list"),
    ],
)
def test_each_mistake_is_one_sentence_with_its_place(
    routing_text: str, case_types: dict[str, CaseType], old: str, new: str, words: str
) -> None:
    assert old in routing_text
    assert words in _error(routing_text.replace(old, new, 1), case_types)


def test_protected_facts_may_stand_in_the_floor(routing_text: str, case_types: dict[str, CaseType]) -> None:
    floor = "when: {any: [{citizen_age: {below: 18}}, {citizenship: {equals: other}}]}"
    rules = _read(routing_text.replace("when: {citizen_age: {below: 18}}", floor, 1), case_types)
    assert rules.always_caseworker[0].when.fields == {"citizen_age", "citizenship"}


def test_a_field_that_two_types_declare_differently_needs_to_suit_one(friplads_text: str) -> None:
    number = friplads_text.replace(
        "district: {type: category, values: [nord, syd, no, 10]}", "district: {type: number}"
    )
    types = {
        "a": read_case_type(friplads_text, name="a", file="a.yaml"),
        "b": read_case_type(number, name="b", file="b.yaml"),
    }
    rule = "routes: [{{name: R, when: {{district: {{{}}}}}, to: caseworker}}]"
    assert _read(rule.format("equals: nord"), types)
    assert _read(rule.format("above: 3"), types)
    assert "district" in _error(rule.format("is_true: true"), types)


def _as_editors_see(value: Any) -> Any:
    return json.loads(json.dumps(value, default=lambda one: float(one) if isinstance(one, Decimal) else str(one)))


def test_the_shipped_rules_and_the_contract_suit_the_schema(
    routing_text: str, case_types: dict[str, CaseType]
) -> None:
    schema = routing_schema(case_types)
    jsonschema.Draft202012Validator.check_schema(schema)
    for text in (SHIPPED, routing_text):
        rules = _as_editors_see(read_yaml(text, "routing.yaml").value)
        assert not list(jsonschema.Draft202012Validator(schema).iter_errors(rules))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{complexity: {at_least: 0.65}}", "{complexty: {at_least: 0.65}}"),
        ("{complexity: {at_least: 0.65}}", "{complexity: {at_lest: 0.65}}"),
        ("{complexity: {at_least: 0.65}}", "{citizen_age: {above: 17}}"),
        ("{complexity: {at_least: 0.65}}", "{district: {equals: vest}}"),
        ("{complexity: {at_least: 0.65}}", "{all: []}"),
        ("{citizen_age: {below: 18}, to: draft}", "{citizen_aeg: {below: 18}, to: draft}"),
        ("contact_within: 2d", "contact_within: 2 uger"),
        ("citizen_age: 12", "citizen_aeg: 12"),
        ("teams:", "team:"),
    ],
)
def test_an_editor_marks_a_typo(routing_text: str, case_types: dict[str, CaseType], old: str, new: str) -> None:
    value = _as_editors_see(read_yaml(routing_text.replace(old, new, 1), "routing.yaml").value)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, routing_schema(case_types))


def test_the_schema_of_a_workspace_names_its_fields(tmp_path: Path, case_types: dict[str, CaseType]) -> None:
    write_routing_schema(tmp_path / "routing.schema.json", case_types)
    written = json.loads((tmp_path / "routing.schema.json").read_text(encoding="utf-8"))
    assert "monthly_household_income" in written["$defs"]["condition"]["properties"]
    assert "citizenship" not in written["$defs"]["condition"]["properties"]
    assert "citizenship" in written["$defs"]["floor_condition"]["properties"]


_pieces = st.sampled_from(
    ["{}", "[]", "null", "true", "- ", ": ", "&a ", "*a", "1e9", "-1", "''", "\n", "  ", "[[1]]"]
)


def _attempt(content: str | bytes) -> Rules | InputError:
    try:
        return _read(content)
    except InputError as error:
        return error


@given(st.text() | st.binary())
def test_anything_at_all_is_rules_or_one_sentence(content: str | bytes) -> None:
    found = _attempt(content)
    assert isinstance(found, Rules) or found.place is not None


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.floats(0, 1), length=st.integers(0, 40), middle=st.text(max_size=12) | _pieces)
def test_a_file_with_a_part_replaced_is_rules_or_one_sentence(
    routing_text: str, start: float, length: int, middle: str
) -> None:
    at = int(start * len(routing_text))
    found = _attempt(routing_text[:at] + middle + routing_text[at + length :])
    assert isinstance(found, Rules) or (found.place is not None and "\n" not in str(found))
