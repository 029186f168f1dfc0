"""The relay: from facts to route, one case and a million alike, with promises 2 and 3."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.columns import Column, Frame
from engine.trained import Scores
from routing.assessed import NONE, Assessed
from routing.relay import Cases, Standard, carry

Invented = Callable[[int, int], Cases]
phases = st.sampled_from(["trial", "shadow", "drafting", "stopped"])
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def one(cases: Cases, row: int) -> Cases:
    return cases.take(np.array([row]))


def bits(assessed: Assessed, row: int) -> dict[str, object]:
    """Everything an assessment says of one case, codes and floats as bytes."""
    said: dict[str, object] = {}
    for column in fields(assessed):
        value = getattr(assessed, column.name)
        if isinstance(value, np.ndarray) and column.name != "case_ids":
            said[column.name] = value[row].tobytes()
    if assessed.scores is not None:
        for column in fields(Scores):
            value = getattr(assessed.scores, column.name)
            said[f"scores.{column.name}"] = value[row].tobytes() if isinstance(value, np.ndarray) else value
    return said


def test_the_invented_cases_take_every_route(standard: Standard, invented: Invented) -> None:
    assessed = carry(invented(2000, 7), standard)
    assert set(np.unique(assessed.rule)) == set(range(len(assessed.rule_names)))
    assert assessed.is_draft.any()
    assert assessed.drawn.any()


@few
@given(seed=st.integers(0, 10_000), phase=phases)
def test_one_case_alone_has_the_same_bits_as_among_many(
    standard: Standard, invented: Invented, seed: int, phase: str
) -> None:
    cases, now = invented(12, seed), replace(standard, phase=phase)
    together = carry(cases, now)
    for row in range(len(cases)):
        assert bits(carry(one(cases, row), now), 0) == bits(together, row)


@few
@given(seed=st.integers(0, 10_000), phase=phases)
def test_a_heavy_case_is_never_drafted_and_never_scored(
    standard: Standard, invented: Invented, seed: int, phase: str
) -> None:
    heavy = replace(standard, case_type=standard.case_type.model_copy(update={"weight": "heavy"}), phase=phase)
    assessed = carry(invented(40, seed), heavy)
    assert not assessed.is_draft.any()
    assert assessed.scores is None
    assert assessed.inputs.shape == (40, 0)
    assert all({"weight", "complexity"} <= set(assessed.gates_closed_of(row)) for row in range(40))


@few
@given(seed=st.integers(0, 10_000))
def test_a_floor_rule_that_holds_or_cannot_be_told_never_yields_a_draft(
    standard: Standard, invented: Invented, seed: int
) -> None:
    cases = invented(60, seed)
    assessed = carry(cases, standard)
    age = cases.facts.columns["citizen_age"].values
    on_floor = np.isnan(age) | (age < 18)
    assert (assessed.floor_rule[on_floor] == 0).all()
    assert not assessed.is_draft[assessed.floor_rule != NONE].any()
    assert all("rule" in assessed.gates_closed_of(int(row)) for row in np.flatnonzero(on_floor))


def changed(cases: Cases, name: str, where: np.ndarray, other: Cases) -> Cases:
    """The same cases with another value of one field in the rows of `where`, missing ones included; it is stated
    otherwise there too."""

    def mixed(frame: Frame, of_other: Frame) -> Frame:
        column, new = frame.columns[name], of_other.columns[name]
        values = np.where(where, new.values, column.values).astype(column.values.dtype)
        return frame.with_columns({name: replace(column, values=values)})

    assert cases.stated is not None
    assert other.stated is not None
    facts, stated = mixed(cases.facts, other.facts), mixed(cases.stated, other.stated)
    return replace(cases, facts=facts, stated=stated)


@few
@given(seed=st.integers(0, 10_000), phase=phases)
def test_a_value_kept_from_the_model_changes_no_bit(
    standard: Standard, invented: Invented, seed: int, phase: str
) -> None:
    cases, other, now = invented(40, seed), invented(40, seed + 1), replace(standard, phase=phase)
    hidden = {
        "sickness": np.ones(40, dtype=np.bool_),
        "debt": cases.consents["debt"] == 0,
        "savings": cases.consents["savings"] != 1,
    }
    before = carry(cases, now)
    for name, where in hidden.items():
        after = carry(changed(cases, name, where, other), now)
        assert [bits(after, row) for row in range(40)] == [bits(before, row) for row in range(40)]


@few
@given(seed=st.integers(0, 10_000))
def test_a_protected_value_changes_no_bit_of_the_score(standard: Standard, invented: Invented, seed: int) -> None:
    cases, other = invented(40, seed), invented(40, seed + 1)
    everywhere = np.ones(40, dtype=np.bool_)
    before = carry(cases, standard)
    after = carry(changed(cases, "origin", everywhere, other), standard)
    assert [bits(after, row) for row in range(40)] == [bits(before, row) for row in range(40)]
    aged = carry(changed(cases, "citizen_age", everywhere, other), standard)
    assert before.scores is not None
    assert aged.scores is not None
    assert aged.inputs.tobytes() == before.inputs.tobytes()
    assert aged.scores.contributions.tobytes() == before.scores.contributions.tobytes()


@few
@given(seed=st.integers(0, 10_000))
def test_a_protected_value_moves_a_case_only_by_the_floor_or_a_criterion(
    standard: Standard, invented: Invented, seed: int
) -> None:
    cases, other = invented(40, seed), invented(40, seed + 1)
    no_floor = standard.rules.model_copy(update={"always_caseworker": standard.rules.always_caseworker[1:]})
    no_criterion = standard.case_type.model_copy(update={"criteria": standard.case_type.criteria[:2]})
    now = replace(standard, rules=no_floor, case_type=no_criterion)
    before = carry(cases, now)
    after = carry(changed(cases, "citizen_age", np.ones(40, dtype=np.bool_), other), now)
    assert [bits(after, row) for row in range(40)] == [bits(before, row) for row in range(40)]


def test_a_rule_that_names_a_protected_field_cannot_see_it(standard: Standard, invented: Invented) -> None:
    from config.conditions import parse_condition

    unlawful = standard.rules.routes[0].model_copy(
        update={"name": "By origin", "when": parse_condition({"origin": {"equals": "x"}}), "to": "draft"}
    )
    rules = standard.rules.model_copy(update={"routes": (unlawful,)})
    assessed = carry(invented(200, 5), replace(standard, rules=rules))
    assert "By origin" not in {assessed.rule_of(row) for row in range(200)}


def test_without_a_model_the_complexity_gate_is_closed_and_rules_on_it_do_not_match(
    standard: Standard, invented: Invented
) -> None:
    assessed = carry(invented(300, 5), replace(standard, trained=None, guarantee=None))
    assert assessed.scores is None
    assert not assessed.is_draft.any()
    assert all("complexity" in assessed.gates_closed_of(row) for row in range(300))
    assert "Early contact" not in {assessed.rule_of(row) for row in range(300)}


def test_in_shadow_every_would_be_draft_is_drawn(standard: Standard, invented: Invented) -> None:
    cases = invented(500, 5)
    shadow, drafting = carry(cases, replace(standard, phase="shadow")), carry(cases, standard)
    assert not shadow.is_draft.any()
    assert (shadow.drawn == (drafting.is_draft | drafting.drawn)).all()
    assert (shadow.sampling_probability == 1.0).all()
    would = drafting.is_draft | drafting.drawn
    assert (drafting.sampling_probability[would] == 0.3).all()
    assert (drafting.sampling_probability[~would] == 1.0).all()


@pytest.mark.parametrize("phase", ["trial", "stopped"])
def test_outside_shadow_and_drafting_the_status_gate_is_closed(
    standard: Standard, invented: Invented, phase: str
) -> None:
    assessed = carry(invented(50, 5), replace(standard, phase=phase))
    assert all("status" in assessed.gates_closed_of(row) for row in range(50))
    assert not assessed.drawn.any()


def test_a_refused_outcome_is_not_drafted_unless_the_file_allows_it(
    standard: Standard, invented: Invented
) -> None:
    cases = invented(400, 5)
    assessed = carry(cases, standard)
    refused = assessed.outcome == assessed.outcomes.index("refused")
    assert refused.any()
    assert all("outcome" in assessed.gates_closed_of(int(row)) for row in np.flatnonzero(refused))
    allowed = {**standard.case_type.outcomes}
    allowed["refused"] = allowed["refused"].model_copy(update={"may_be_drafted": True})
    permissive = replace(standard, case_type=standard.case_type.model_copy(update={"outcomes": allowed}))
    again = carry(cases, permissive)
    assert not any("outcome" in again.gates_closed_of(int(row)) for row in np.flatnonzero(refused))


def test_a_file_without_a_declared_column_is_a_case_without_that_fact(
    standard: Standard, invented: Invented
) -> None:
    cases = invented(50, 5)
    column = cases.facts.columns["single"]
    empty = cases.facts.with_columns({"single": replace(column, values=np.full(50, np.nan))})
    less = replace(cases.facts, columns={n: c for n, c in cases.facts.columns.items() if n != "single"})
    undeclared = cases.facts.with_columns({"unheard_of": Column("number", np.arange(50.0))})
    with_empty, without = carry(replace(cases, facts=empty), standard), carry(replace(cases, facts=less), standard)
    assert [bits(with_empty, row) for row in range(50)] == [bits(without, row) for row in range(50)]
    ours, more = carry(cases, standard), carry(replace(cases, facts=undeclared), standard)
    assert [bits(ours, row) for row in range(50)] == [bits(more, row) for row in range(50)]


def test_no_cases_make_no_assessments(standard: Standard, invented: Invented) -> None:
    assert len(carry(invented(3, 5).take(slice(0, 0)), standard)) == 0
