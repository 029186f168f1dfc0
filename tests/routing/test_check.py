"""`rules check`: errors with their place, and rules that do not do what they say."""

from __future__ import annotations

import pytest

from config.case_type import CaseType
from routing.check import Finding, check_rules

TEAMS = "teams: {a: {per_week: 3}}\n"
NARROW = """
routes:
  - {name: wide, when: {income: {above: 5}}, to: draft}
  - {name: narrow, when: {income: {above: 6}, single: {is_true: true}}, to: caseworker, team: a}
"""
ON_THE_FLOOR = """
always_caseworker: [{name: poor, when: {income: {below: 9}}}]
routes:
  - {name: early, when: {income: {below: 5}}, to: draft}
"""
DEFAULT = "default: {to: caseworker, team: a}\n"


def found(grant: CaseType, text: str) -> list[Finding]:
    return check_rules(text, file="routing.yaml", case_types={"grant": grant})


def test_a_sound_file_has_nothing_wrong(grant: CaseType) -> None:
    assert found(grant, TEAMS + "routes: [{name: r, when: {income: {above: 5}}, to: draft}]\n" + DEFAULT) == []


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ("routes: [{name: r, when: {incme: {above: 3}}, to: draft}]", "did you mean 'income'?"),
        ("routes: [{name: r, when: {origin: {equals: x}}, to: draft}]", "protected"),
        ("routes: [{name: r, when: {income: {abov: 3}}, to: draft}]", "did you mean 'above'?"),
        ("routes: [{name: r, when: {income: {above: 3}}, to: caseworker, team: b}]", "no team is called 'b'"),
        ("routes: 3", "a list"),
        ("routes: [", "YAML is broken"),
    ],
)
def test_an_error_names_file_line_and_column_and_what_to_do(grant: CaseType, rules: str, sentence: str) -> None:
    (error,) = found(grant, TEAMS + rules)
    assert error.level == "error"
    assert sentence in error.sentence
    assert str(error).startswith("routing.yaml:2:") or "broken" in sentence


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (
            NARROW,
            "'narrow' can never match: 'wide' above takes all its cases",
        ),
        (
            "routes:\n  - {name: none, when: {income: {above: 5, below: 4}}, to: caseworker, team: a}\n",
            "'none' can never match: its conditions exclude each other",
        ),
        (
            ON_THE_FLOOR,
            "'early' never drafts: 'poor' in always_caseworker takes all its cases",
        ),
        (
            "blind_review: {share: 0}\nroutes:\n  - {name: r, when: {income: {below: 5}}, to: draft}\n",
            "no draft is ever reviewed blind",
        ),
    ],
)
def test_a_rule_that_does_nothing_is_a_warning(grant: CaseType, rules: str, sentence: str) -> None:
    warnings = [one for one in found(grant, TEAMS + rules + DEFAULT) if one.level == "warning"]
    assert any(sentence in one.sentence for one in warnings)
    assert all(one.place is not None and one.place.line is not None for one in warnings)


def test_a_floor_on_a_fact_that_a_case_type_lacks_is_told(grant: CaseType) -> None:
    fewer = {name: field for name, field in grant.fields.items() if name != "citizen_age"}
    other = grant.model_copy(update={"key": "other", "fields": fewer, "criteria": ()})
    text = TEAMS + "always_caseworker: [{name: Children, when: {citizen_age: {below: 18}}}]\n" + DEFAULT
    (note,) = check_rules(text, file="routing.yaml", case_types={"grant": grant, "other": other})
    assert note.level == "note"
    assert "every case of 'other'" in note.sentence


def test_a_rule_for_some_types_alone_is_no_news_of_the_others(grant: CaseType) -> None:
    other = grant.model_copy(update={"key": "other", "fields": {}, "criteria": ()})
    about_grants = "{all: [{case_type: {equals: grant}}, {debt: {below: 50}}]}"
    floor = "always_caseworker: [{name: In debt, when: " + about_grants + "}]\n"
    routes = "routes: [{name: In debt too, when: " + about_grants + ", to: caseworker, team: a}]\n"
    assert (
        check_rules(
            TEAMS + floor + routes + DEFAULT, file="routing.yaml", case_types={"grant": grant, "other": other}
        )
        == []
    )


@pytest.mark.parametrize(
    ("when", "is_told"),
    [
        ("{debt: {below: 50}}", True),
        ("{any: [{debt: {below: 50}}, {income: {below: 5}}]}", False),
        ("{all: [{debt: {below: 50}}, {income: {below: 5}}]}", True),
        ("{none: [{debt: {below: 50}}, {income: {below: 5}}]}", True),
    ],
)
def test_a_route_that_can_never_match_in_a_type_is_told_once(grant: CaseType, when: str, is_told: bool) -> None:
    fewer = {name: field for name, field in grant.fields.items() if name != "debt"}
    other = grant.model_copy(update={"key": "other", "fields": fewer, "criteria": ()})
    text = TEAMS + "routes: [{name: In debt too, when: " + when + ", to: caseworker, team: a}]\n" + DEFAULT
    told = [
        one.sentence for one in check_rules(text, file="routing.yaml", case_types={"grant": grant, "other": other})
    ]
    assert told == (["'In debt too' never matches in 'other', for these have no 'debt'"] if is_told else [])


def test_default_that_drafts_and_idle_teams_are_warnings(grant: CaseType) -> None:
    sentences = [one.sentence for one in found(grant, TEAMS + "default: {to: draft}\n")]
    assert any("every case that no rule names may be drafted" in one for one in sentences)
    assert any("no rule sends a case to team 'a'" in one for one in sentences)
