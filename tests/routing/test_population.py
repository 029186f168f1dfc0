"""The promise speaks of the cases that the published rules let through."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from config.conditions import parse_condition
from config.routing_rules import Rules
from engine.guarantee import GroupResult, Guarantee, Promise, Why
from routing.measurements import guarantee_as_json, guarantee_from_json
from routing.population import passing, population_of
from routing.relay import Cases, Standard, carry
from routing.standards import guarantee_that_counts

POST = GroupResult((("channel", "post"),), 40, -1.5, None)
UNKNOWN = GroupResult((("channel", None),), 2, None, Why("{cases} are too few", {"cases": 2}))
Invented = Callable[[int, int], Cases]


def routes(rules: Rules, *whens: tuple[dict[str, object], str]) -> Rules:
    first = rules.routes[0]
    made = [
        first.model_copy(update={"name": f"r{number}", "when": parse_condition(when), "to": to})
        for number, (when, to) in enumerate(whens)
    ]
    return rules.model_copy(update={"routes": tuple(made), "always_caseworker": ()})


def test_in_trial_and_without_a_rule_that_drafts_everybody_is_asked(
    standard: Standard, invented: Invented
) -> None:
    cases = invented(50, 41)
    assert population_of(cases, standard, is_live=False) == ("could_draft", None)
    nobody = replace(standard, rules=routes(standard.rules, ({"income": {"above": 1}}, "caseworker")))
    assert population_of(cases, nobody, is_live=True) == ("could_draft", None)


def test_the_mask_is_what_the_four_gates_let_through_whatever_the_phase(
    standard: Standard, invented: Invented
) -> None:
    rules = routes(standard.rules, ({"criteria_decided": {"is_true": True}}, "draft"))
    cases = invented(200, 42)
    for phase in ("trial", "stopped", "shadow", "drafting"):
        now = replace(standard, rules=rules, phase=phase, guarantee=None)
        population, mask = population_of(cases, now, is_live=True)
        assert population == "in_force"
        assert mask is not None
        assessed = carry(cases, now)
        names = [set(assessed.gates_closed_of(row)) for row in range(200)]
        assert mask.tolist() == [not one & {"rule", "criteria", "consent", "outcome"} for one in names]
        assert mask.any()


def test_a_rule_that_counts_days_is_asked_on_the_day_a_case_arrived(
    standard: Standard, invented: Invented
) -> None:
    rules = routes(standard.rules, ({"received_on": {"within": "1d"}}, "draft"))
    cases = invented(30, 43)
    always = {name: np.ones(30, dtype=np.int8) for name in ("debt", "savings")}
    income = replace(cases.facts.columns["income"], values=np.full(30, 100.0))
    cases = replace(cases, facts=cases.facts.with_columns({"income": income}), consents=always)
    assert passing(cases, replace(standard, rules=rules)).all()
    assert not (carry(cases, replace(standard, rules=rules)).rule == 0).any()


@pytest.mark.parametrize(
    "guarantee",
    [
        Guarantee(Promise(0.1, 0.9, ("channel",)), "in_force", 3, 0.01, (POST, UNKNOWN), (), None),
        Guarantee(Promise(), "could_draft", 1, 0.025, (), ("gone",), Why("nothing")),
    ],
)
def test_a_guarantee_on_record_is_read_back_as_it_was(guarantee: Guarantee) -> None:
    assert guarantee_from_json(json.loads(json.dumps(guarantee_as_json(guarantee)))) == guarantee


def test_a_guarantee_of_other_cases_or_another_promise_proves_nothing(
    standard: Standard, proved: Guarantee
) -> None:
    rules = standard.rules
    assert guarantee_that_counts(proved, rules, is_live=False) == proved
    assert guarantee_that_counts(proved, rules, is_live=True) is None
    assert guarantee_that_counts(replace(proved, population="in_force"), rules, is_live=True) is not None
    stricter = rules.model_copy(
        update={"guarantee": rules.guarantee.model_copy(update={"max_complex_share": 0.01})}
    )
    assert guarantee_that_counts(proved, stricter, is_live=False) is None
