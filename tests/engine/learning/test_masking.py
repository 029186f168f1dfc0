"""What law or citizen keeps from the model stays out of its sight, and the gate is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.case_type import CaseType
from config.columns import Column, Frame
from engine.guarantee import Promise
from engine.history import History
from engine.masking import visible_to_model, withheld
from engine.trained import TrainedComplexity
from engine.training import train

PROMISE = Promise(max_complex_share=0.2)
ANSWERS = np.array([1, 0, -1], dtype=np.int8)
Grants = tuple[CaseType, History]


@pytest.mark.parametrize(
    ("model_use", "hidden"),
    [
        ("always", [False, False, False]),
        ("unless_refused", [False, True, False]),
        ("with_consent", [False, True, True]),
        ("never", [True, True, True]),
    ],
)
def test_each_model_use_hides_what_it_says(
    grant_type: Callable[..., CaseType], grants: Grants, model_use: str, hidden: list[bool]
) -> None:
    frame = grants[1].facts.take(slice(0, 3))
    visible = visible_to_model(frame, grant_type(debt={"model_use": model_use}), {"debt": ANSWERS})
    mask = visible.columns["debt"].hidden
    assert ([False] * 3 if mask is None else mask.tolist()) == hidden


def test_without_any_answer_consent_is_not_given(grants: Grants) -> None:
    case_type, history = grants
    hidden = visible_to_model(history.facts, case_type, {}).columns["debt"].hidden
    assert hidden is not None
    assert hidden.all()


def test_an_undeclared_column_is_dropped(grants: Grants) -> None:
    case_type, history = grants
    frame = history.facts.with_columns({"secret": history.facts.columns["amount"]})
    assert "secret" not in visible_to_model(frame, case_type, {}).columns


def test_only_what_the_citizen_keeps_back_is_withheld(grant_type: Callable[..., CaseType], grants: Grants) -> None:
    frame = grants[1].facts.take(slice(0, 3))
    by_citizen = grant_type(debt={"model_use": "with_consent"})
    by_law = grant_type(debt={"model_use": "never"})
    protected = grant_type(debt={"model_use": "with_consent", "protected": True})
    assert withheld(frame, by_citizen, {"debt": ANSWERS}).tolist() == [False, True, True]
    assert not withheld(frame, by_law, {"debt": ANSWERS}).any()
    assert not withheld(frame, protected, {"debt": ANSWERS}).any()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    debts=st.lists(st.floats(allow_nan=True, allow_infinity=False, width=32), min_size=3, max_size=3),
    ages=st.lists(st.integers(0, 120), min_size=3, max_size=3),
)
def test_a_masked_or_protected_value_changes_no_bit_of_the_scores(
    grants: Grants, trained_grants: TrainedComplexity, debts: list[float], ages: list[int]
) -> None:
    case_type, history = grants
    refused = {"debt": np.array([0, -1, 0], dtype=np.int8)}
    frame = history.facts.take(slice(0, 3))
    changed = frame.with_columns(
        {"debt": Column("number", np.array(debts)), "age": Column("integer", np.array(ages, dtype=float))}
    )
    before, after = (
        trained_grants.score(
            trained_grants.inputs(visible_to_model(one, case_type, refused), history.arrivals[:3])
        )
        for one in (frame, changed)
    )
    for name in ("raw", "complexity", "contributions", "novel"):
        assert getattr(before, name).tobytes() == getattr(after, name).tobytes()


def test_a_value_given_with_consent_does_count(grants: Grants, trained_grants: TrainedComplexity) -> None:
    case_type, history = grants
    yes = {"debt": np.ones(3, dtype=np.int8)}
    frame = history.facts.take(slice(0, 3))
    far_out = frame.with_columns({"debt": Column("number", np.full(3, 1e6))})
    inputs = trained_grants.inputs(visible_to_model(far_out, case_type, yes), history.arrivals[:3])
    assert trained_grants.score(inputs).novel.all()


def test_masked_values_teach_the_model_nothing(grants: Grants) -> None:
    case_type, history = grants
    refused = history.consents["debt"] != 1
    debt = history.facts.columns["debt"]
    garbled = np.where(refused, 1e9, debt.values)
    other = replace(history, facts=history.facts.with_columns({"debt": Column("number", garbled)}))
    first, second = (train(case_type, one, promise=PROMISE) for one in (history, other))
    inputs = first.inputs(visible_to_model(history.facts, case_type, history.consents), history.arrivals)
    assert first.score(inputs).raw.tobytes() == second.score(inputs).raw.tobytes()
    assert first.report == second.report


def test_an_empty_frame_is_masked_too(grants: Grants) -> None:
    case_type, history = grants
    none = Frame(np.array([], dtype=object), {n: c.take(slice(0, 0)) for n, c in history.facts.columns.items()})
    assert len(visible_to_model(none, case_type, {})) == 0
    assert withheld(none, case_type, {}).shape == (0,)
