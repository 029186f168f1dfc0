"""A draft is proposed where the criteria decide a light case and its outcome may be drafted, and nowhere else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.case_type import CaseType, read_case_type
from config.criteria import decide
from config.one_case import frame_of
from routing.drafting import MOST_CHECKS, Draft, draft_of

DAY = date(2024, 6, 1)
GRANT = """
name: {da: Tilskud, en: Grant}
weight: light
fields:
  income: {type: number, unit: DKK/year}
  cost: {type: number, unit: DKK}
  alone: {type: boolean}
complexity: {within_days: 30, any: [{rework: {at_least: 1}}]}
calculation: [{name: paid, percent: [85, cost], unit: DKK}]
pays: paid
criteria:
  - {when: {income: {at_most: 1000}}, outcome: granted, because: {da: a, en: a}, legal_basis: § 1}
  - {when: {income: {at_most: 2000}}, outcome: partly_granted, because: {da: b, en: b}, legal_basis: § 2}
  - {when: {income: {at_most: 3000}}, outcome: refused, because: {da: c, en: c}, legal_basis: § 3}
outcomes:
  granted: {fully_in_favour: true}
  partly_granted: {fully_in_favour: false, may_be_drafted: true}
  refused: {fully_in_favour: false}
untested_by_machine: [{da: Enlig, en: Alone, when: {alone: {is_true: true}}}]
"""
A_GRANT = read_case_type(GRANT, name="grant", file="grant.yaml")
HEAVY = A_GRANT.model_copy(update={"weight": "heavy"})
FACTS = st.fixed_dictionaries(
    {
        "income": st.integers(0, 5000) | st.none(),
        "cost": st.integers(0, 900) | st.none(),
        "alone": st.sampled_from([True, False, None]),
    }
)


def kinds_of(case_type: CaseType) -> dict[str, str]:
    """The type of each declared field."""
    return {name: field.type for name, field in case_type.fields.items()}


def drafted(facts: dict[str, Any], case_type: CaseType = A_GRANT) -> Draft | None:
    known = {name: value for name, value in facts.items() if value is not None}
    return draft_of(case_type, frame_of(kinds_of(case_type), [known]), None, DAY)


@settings(max_examples=150, deadline=None)
@given(FACTS)
def test_a_draft_is_what_the_criteria_say_or_there_is_none(facts):
    known = {name: value for name, value in facts.items() if value is not None}
    outcome = decide(A_GRANT, frame_of(kinds_of(A_GRANT), [known]), DAY).outcome.value(0)
    draft = drafted(facts)
    assert (draft is None) == (outcome not in ("granted", "partly_granted"))
    if draft is not None:
        assert draft.outcome == outcome == draft.criterion.outcome
        assert draft.checks == draft.decisive[:MOST_CHECKS]


@settings(max_examples=60, deadline=None)
@given(FACTS)
def test_a_heavy_case_is_never_drafted(facts):
    assert drafted(facts, HEAVY) is None


@settings(max_examples=100, deadline=None)
@given(FACTS)
def test_a_fact_that_opens_judgment_or_turns_the_outcome_is_to_be_checked(facts):
    draft = drafted(facts)
    if draft is None:
        return
    for name, others in {"income": (500, 1500, 2500, 4000), "alone": (True,)}.items():
        turned = [drafted({**facts, name: other}) for other in others]
        if any(other is None or other.outcome != draft.outcome for other in turned) and facts[name] is not None:
            assert name in {one.field for one in draft.decisive}


@pytest.mark.parametrize(("income", "outcome"), [(1000, "granted"), (1000.01, "partly_granted"), (2000.01, None)])
def test_on_the_limit_and_one_øre_over_it(income, outcome):
    draft = drafted({"income": income, "cost": 100, "alone": False})
    assert (draft.outcome if draft else None) == outcome


def test_the_calculation_is_exact_and_comes_with_the_draft():
    draft = drafted({"income": 1000, "cost": 0.1, "alone": False})
    assert draft is not None
    assert [(line.name, str(line.result)) for line in draft.lines] == [("paid", "0.085")]


def test_an_outcome_against_the_citizen_is_drafted_only_where_the_file_allows_it():
    facts = {"income": 2500, "cost": 100, "alone": False}
    assert drafted(facts) is None
    allowed = replace_outcome(A_GRANT, "refused")
    assert drafted(facts, allowed).outcome == "refused"


def replace_outcome(case_type: CaseType, name: str) -> CaseType:
    """The case type with one more outcome that may be drafted."""
    outcomes = {**case_type.outcomes, name: case_type.outcomes[name].model_copy(update={"may_be_drafted": True})}
    return case_type.model_copy(update={"outcomes": outcomes})
