"""The reasons of a frame are those of its cases one by one, and they add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.case_type import CaseType
from config.columns import Column, Frame, coded
from engine.feature import Feature
from explain.batch_reasons import plain_value, reasons_column
from explain.reasons import reasons_for
from explain.sentences import ReasonSpeaker

FEATURES = (
    Feature("amount", "number", usual=500.0),
    Feature("income", "number", usual=25_000.0, sibling_of="amount"),
    Feature("points", "integer", usual=2.0),
    Feature("appealed", "boolean", usual=0.0, usual_share=0.9),
    Feature("vehicle", "category", levels=("car", "lorry"), usual="car", usual_share=0.7, rare_levels=("bus",)),
    Feature("seen_on", "date", usual=-3.0),
    Feature("hour", "number", usual=10.0, is_derived=True),
)


def made(seed: int, n_cases: int) -> tuple[np.ndarray, np.ndarray, Frame]:
    random = np.random.default_rng(seed)
    contributions = random.normal(0, 0.4, (n_cases, len(FEATURES)))
    contributions[random.random(contributions.shape) < 0.3] = 0.0
    inputs = random.integers(0, 3, contributions.shape).astype(float)
    inputs[:, 0] *= 1e9
    inputs[random.random(inputs.shape) < 0.2] = np.nan
    words = [("car", "lorry", "bus")[int(code)] if code == code else None for code in inputs[:, 4]]
    ids = np.arange(n_cases).astype(object)
    return contributions, inputs, Frame(ids, {"vehicle": coded("category", words)})


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 10_000), most=st.integers(1, 6))
def test_a_frame_says_what_its_cases_say_one_by_one(fines: CaseType, seed: int, most: int) -> None:
    contributions, inputs, facts = made(seed, 9)
    column = reasons_column(contributions, inputs, FEATURES, fines, facts=facts, most=most).to_pylist()
    da, en = ReasonSpeaker(fines, "da"), ReasonSpeaker(fines, "en")
    for row in range(9):
        word = facts.columns["vehicle"].value(row)
        reasons = reasons_for(
            contributions[row], inputs[row], FEATURES, most=most,
            rare_words={} if word is None else {"vehicle": str(word)},
        )  # fmt: skip
        assert column[row] == [
            {
                "field": one.field, "direction": one.direction, "strength": one.strength,
                "value": plain_value(one, one.value), "usual": plain_value(one, one.usual),
                "contribution": one.contribution, "da": da(one), "en": en(one),
            }
            for one in reasons
        ]  # fmt: skip


def test_the_reasons_of_every_case_add_up_to_its_contributions(fines: CaseType) -> None:
    contributions, inputs, facts = made(1, 500)
    column = reasons_column(contributions, inputs, FEATURES, fines, facts=facts, most=2).to_pylist()
    sums = [sum(reason["contribution"] for reason in reasons) for reasons in column]
    assert sums == pytest.approx(contributions.sum(axis=1).tolist(), abs=1e-9)


def test_a_case_without_contributions_has_an_empty_list_not_null(fines: CaseType) -> None:
    facts = Frame(np.array(["a"], dtype=object), {"vehicle": Column("category", np.array([-1], np.int32))})
    column = reasons_column(np.zeros((1, 7)), np.zeros((1, 7)), FEATURES, fines, facts=facts)
    assert column.to_pylist() == [[]]
