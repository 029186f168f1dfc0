"""Which facts would change the outcome: held against trying every value, one by one."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.case_type import CaseType, read_case_type
from config.columns import Frame
from config.criteria import decide
from config.one_case import frame_of
from routing.decisive_facts import DecisiveFact, decisive_facts
from routing.turning_points import neighbours, value_at
from routing.what_if import fields_that_count

DAY = date(2024, 6, 1)
AID = """
name: {da: Hjælp, en: Aid}
weight: light
fields:
  income: {type: number, unit: DKK/month}
  rent: {type: number, unit: DKK/month}
  children: {type: integer}
  age: {type: integer}
  alone: {type: boolean}
  dwelling: {type: category, values: [house, flat, room]}
  moved_in: {type: date}
  shade: {type: category, values: [red, blue]}
  secret: {type: number}
complexity: {within_days: 30, any: [{rework: {at_least: 1}}]}
amounts:
  limit: {unit: DKK/year, values: {2024-01-01: 20000}}
  a_child: {unit: DKK/year, values: {2024-01-01: 700}}
  first_day: {unit: day, values: {2024-01-01: 20}}
tables:
  scale:
    rows:
      - {valid_from: 2024-01-01, at_least: 0, value: 0}
      - {valid_from: 2024-01-01, at_least: 50, value: 10}
      - {valid_from: 2024-01-01, at_least: 120.5, value: 40}
      - {valid_from: 2024-01-01, at_least: 300, value: 5}
calculation:
  - {name: yearly, multiply: [income, 12]}
  - {name: for_children, multiply: [children, a_child]}
  - {name: ceiling, add: [limit, for_children]}
  - {name: dear, subtract: [rent, 4000]}
  - {name: step, table: scale, by: age}
  - {name: rounded, multiply: [income, 0.1], round: {to: krone, mode: half_up}}
criteria:
  - {when: {age: {between: [200, 240]}}, outcome: refused, because: {da: a, en: a}, legal_basis: § 1}
  - {when: {all: [{yearly: {at_most: ceiling}}, {step: {below: 40}}, {dwelling: {in: [house, flat]}}]},
     outcome: granted, because: {da: b, en: b}, legal_basis: § 2}
  - {when: {moved_in: {below: 2020-01-01}}, outcome: granted, because: {da: c, en: c}, legal_basis: § 3}
  - {when: {any: [{dear: {above: rounded}}, {income: {equals: 3000}}]}, outcome: partly_granted,
     because: {da: d, en: d}, legal_basis: § 4}
  - {when: {alone: {is_true: true}}, outcome: refused, because: {da: e, en: e}, legal_basis: § 5}
untested_by_machine: [{da: Børn, en: Children, when: {children: {at_least: 7}}}]
"""
BY_A_WORD = """
name: {da: Hjælp, en: Aid}
weight: light
fields:
  rent: {type: number}
  dwelling: {type: category, values: [house, flat, room]}
complexity: {within_days: 30, any: [{rework: {at_least: 1}}]}
criteria:
  - {when: {dwelling: {equals: flat}}, outcome: granted, because: {da: a, en: a}, legal_basis: § 1}
"""
WORDS: dict[str, list[Any]] = {"alone": [True, False], "dwelling": ["house", "flat", "room"]}


@pytest.fixture(scope="module")
def aid() -> CaseType:
    return read_case_type(AID, name="aid", file="aid.yaml")


AN_AID = read_case_type(AID, name="aid", file="aid.yaml")
FACTS = st.fixed_dictionaries(
    {
        "income": st.one_of(st.integers(0, 500_000).map(lambda oere: oere / 100), st.just(3000)),
        "rent": st.integers(0, 1_000_000).map(lambda oere: oere / 100),
        "children": st.integers(0, 9),
        "age": st.integers(0, 400),
        "alone": st.sampled_from([True, False, None]),
        "dwelling": st.sampled_from(["house", "flat", "room", None]),
        "moved_in": st.dates(date(2018, 1, 1), date(2024, 1, 1)),
        "shade": st.sampled_from(["red", "blue"]),
        "secret": st.integers(0, 1000),
    }
)


def row(case_type: CaseType, **facts: Any) -> Frame:
    return frame_of({name: field.type for name, field in case_type.fields.items()}, [facts])


def outcome(case_type: CaseType, facts: dict[str, Any]) -> str | float | None:
    return decide(case_type, row(case_type, **facts), DAY).outcome.value(0)


def found(case_type: CaseType, facts: dict[str, Any], **stated: Any) -> dict[str, DecisiveFact]:
    decisive = decisive_facts(case_type, row(case_type, **facts), row(case_type, **stated), DAY)
    return {one.field: one for one in decisive}


def with_value(case_type: CaseType, facts: dict[str, Any], field: str, value: float | str) -> dict[str, Any]:
    kind = case_type.fields[field].type
    if kind == "boolean":
        return {**facts, field: bool(value)}
    return {
        **facts,
        field: date.fromordinal(int(value) + date(1970, 1, 1).toordinal()) if kind == "date" else value,
    }


@settings(max_examples=60, deadline=None)
@given(FACTS)
def test_at_every_limit_the_outcome_is_the_one_told_and_one_step_before_it_is_still_the_same(facts):
    now = outcome(AN_AID, facts)
    for field, one in found(AN_AID, facts).items():
        assert one.limits
        kind = AN_AID.fields[field].type
        for limit in one.limits:
            assert limit.outcome != now
            assert outcome(AN_AID, with_value(AN_AID, facts, field, limit.value)) == limit.outcome
            if kind in ("number", "integer", "date"):
                below, above = neighbours(kind, float(limit.value))
                before = value_at(kind, above if float(limit.value) < one.value else below)
                assert outcome(AN_AID, with_value(AN_AID, facts, field, before)) == now


@settings(max_examples=40, deadline=None)
@given(FACTS)
def test_trying_every_whole_number_finds_the_same_limits(facts):
    now = outcome(AN_AID, facts)
    decisive = found(AN_AID, facts)
    for field, most in (("age", 500), ("children", 60)):
        others = [] if now is None else [n for n in range(most) if outcome(AN_AID, {**facts, field: n}) != now]
        value = facts[field]
        nearest = {
            max((n for n in others if n < value), default=None),
            min((n for n in others if n > value), default=None),
        }
        limits = decisive[field].limits if field in decisive else ()
        assert {int(limit.value) for limit in limits} == nearest - {None}


@settings(max_examples=40, deadline=None)
@given(FACTS, st.data())
def test_a_fact_that_is_not_listed_changes_nothing_whatever_it_is(facts, data):
    now = outcome(AN_AID, facts)
    if now is None:
        return
    listed = found(AN_AID, facts)
    for field in AN_AID.fields:
        if field not in listed and facts[field] is not None:
            values = WORDS.get(field) or [data.draw(FACTS)[field] for _ in range(8)]
            assert {outcome(AN_AID, {**facts, field: value}) for value in values} == {now}


def test_a_limit_below_the_last_doubling_above_nought_is_found(aid):
    """9.242,89 kr. less 2^19 øre is one øre above the limit, and the next doubling goes below nought."""
    facts = {**ORDINARY, "income": 0.0, "rent": 9242.89, "age": 121, "moved_in": date(2020, 1, 1)}
    assert outcome(aid, facts) == "partly_granted"
    assert [limit.value for limit in found(aid, facts)["rent"].limits] == [4000.0]


@given(FACTS)
@settings(max_examples=30, deadline=None)
def test_where_the_criteria_do_not_decide_nothing_is_decisive(facts):
    assert (outcome(AN_AID, facts) is None) <= (found(AN_AID, facts) == {})


ORDINARY = {
    "income": 1500.0, "rent": 3000, "children": 1, "age": 60, "alone": False, "dwelling": "flat",
    "moved_in": date(2023, 5, 1), "shade": "red", "secret": 5,
}  # fmt: skip


def test_the_limit_of_an_amount_that_is_calculated_with_is_exact_to_the_oere(aid):
    """20.000 kr. and 700 kr. for the child are 20.700 kr. a year, and 1.725,00 kr. a month is on the limit."""
    assert [limit.value for limit in found(aid, ORDINARY)["income"].limits] == [1725.01]
    assert outcome(aid, {**ORDINARY, "income": 1725.00}) == "granted"


def test_a_step_of_a_scale_is_a_limit_and_so_is_a_window_that_a_fact_is_far_from(aid):
    assert [limit.value for limit in found(aid, ORDINARY)["age"].limits] == [121]
    assert [limit.value for limit in found(aid, {**ORDINARY, "age": 310})["age"].limits] == [
        299,
    ]


def test_a_narrow_window_between_far_apart_values_is_not_missed():
    text = AID.replace("between: [200, 240]", "between: [90001, 90002]")
    aid = read_case_type(text, name="aid", file="aid.yaml")
    assert [limit.value for limit in found(aid, {**ORDINARY, "age": 310})["age"].limits] == [299, 90001]


def test_a_word_is_tried_as_every_other_word_and_an_answer_is_turned_round(aid):
    assert {(limit.value, limit.outcome) for limit in found(aid, ORDINARY)["dwelling"].limits} == {("room", None)}
    refused = {**ORDINARY, "income": 9000.0, "alone": True}
    assert outcome(aid, refused) == "refused"
    assert [limit.value for limit in found(aid, refused)["alone"].limits] == [0.0]


def test_a_fact_that_no_line_looks_at_is_never_decisive(aid):
    assert {"shade", "secret"}.isdisjoint(fields_that_count(aid))
    assert {"shade", "secret"}.isdisjoint(found(aid, ORDINARY))


def test_a_hidden_fact_is_not_tried(aid):
    facts = row(aid, **ORDINARY)
    hidden = facts.with_columns({"alone": facts.columns["alone"].hide(np.array([True]))})
    assert "alone" not in {one.field for one in decisive_facts(aid, hidden, None, DAY)}


def test_what_the_application_says_stands_beside_the_fact_and_comes_first_where_it_differs(aid):
    plain = decisive_facts(aid, row(aid, **ORDINARY), None, DAY)
    assert plain[0].field == "income"
    decisive = decisive_facts(aid, row(aid, **ORDINARY), row(aid, age=130, income=1500.0), DAY)
    assert decisive[0].field == "age"
    age, income = (next(one for one in decisive if one.field == name) for name in ("age", "income"))
    assert (age.stated, age.is_contradicted, age.if_stated.outcome) == (130.0, True, None)
    assert (income.stated, income.is_contradicted, income.if_stated) == (1500.0, False, None)


def test_a_type_that_compares_no_number_has_decisive_words():
    by_a_word = read_case_type(BY_A_WORD, name="aid", file="aid.yaml")
    decisive = found(by_a_word, {"rent": 1, "dwelling": "flat"})
    assert list(decisive) == ["dwelling"]
    assert [limit.value for limit in decisive["dwelling"].limits] == ["house", "room"]
