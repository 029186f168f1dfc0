"""What would have made a case simple: the fewest changes, of facts that can change, to values seen in training."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.case_type import read_case_type
from engine.feature import Feature
from explain.simple_if import LEAST_GAIN, changeable, simplest_change, values_seen

FEATURES = (
    Feature("lease", "boolean", usual=1.0),
    Feature("channel", "category", levels=("online", "post"), rare_levels=("fax",), usual="online"),
    Feature("age", "number", usual=40.0),
    Feature("amount", "number", usual=500.0),
    Feature("weekday", "number", usual=2.0, is_derived=True),
    Feature("health", "boolean", usual=0.0),
)
TEXT = """
name: {da: Lån, en: Loan}
complexity: {within_days: 60, any: [{days: {above: 30}}]}
fields:
  lease: {type: boolean, can_change: true}
  channel: {type: category, values: [online, post, fax], can_change: true}
  age: {type: number, protected: true, can_change: true}
  amount: {type: number}
  health: {type: boolean, can_change: true, model_use: with_consent, collected_with: consent}
"""
LOAN = read_case_type(TEXT, name="loan", file="loan.yaml")
HERE = np.array([0.0, 1.0, 70.0, 900.0, 4.0, np.nan])


def score(inputs):
    """A lease takes .3 off, online .2, both together .6; fax is novel."""
    lease, online = inputs[:, 0] == 1.0, inputs[:, 1] == 0.0
    return 0.9 - 0.3 * lease - 0.2 * online - 0.1 * (lease & online), inputs[:, 1] >= 2.0


def sought(target: float, could_be=None, **named):
    could_be = {0: (1.0,), 1: (0.0,)} if could_be is None else could_be
    return simplest_change(HERE, could_be, named.get("score", score), complexity=0.9, sought=target)


def test_one_change_is_enough_where_it_is():
    found = sought(0.65)
    assert found is not None
    assert (dict(found.changes), found.complexity, found.is_enough) == ({0: 1.0}, pytest.approx(0.6), True)


def test_two_changes_are_named_where_one_is_not_enough():
    found = sought(0.4)
    assert (dict(found.changes), found.is_enough) == ({0: 1.0, 1: 0.0}, True)


def test_where_nothing_is_enough_the_best_is_named_and_said_not_to_be():
    found = sought(0.1)
    assert (dict(found.changes), found.is_enough) == ({0: 1.0, 1: 0.0}, False)


def test_a_change_that_gains_next_to_nothing_is_not_named():
    assert (
        sought(0.1, score=lambda inputs: (np.full(len(inputs), 0.9 - LEAST_GAIN / 2), np.zeros(len(inputs), bool)))
        is None
    )


def test_a_case_that_would_be_unlike_all_others_is_not_named():
    assert sought(0.0, {1: (2.0,)}, score=lambda inputs: (np.zeros(len(inputs)), score(inputs)[1])) is None


def test_only_facts_that_can_change_are_tried_and_never_a_protected_or_hidden_one():
    assert changeable(HERE, FEATURES, LOAN) == {0: (1.0,), 1: (0.0,)}


def test_a_fact_that_nearly_repeats_another_does_not_change_alone():
    from dataclasses import replace

    twins = (FEATURES[0], replace(FEATURES[1], sibling_of="lease"))
    assert changeable(HERE[:2], twins, LOAN) == {}


def test_only_values_that_training_cases_had_are_tried():
    assert values_seen(FEATURES[1]) == (0.0, 1.0), "rare words are none of them"
    assert values_seen(FEATURES[3]) == (500.0,)
    assert values_seen(Feature("applied", "date", usual=-3.0)) == ()
    assert values_seen(Feature("amount", "number")) == ()


@given(st.lists(st.floats(0.0, 0.4), min_size=4, max_size=4), st.floats(0.0, 0.9))
def test_no_smaller_change_would_have_been_enough(gains, target):
    def world(inputs):
        return 0.9 - inputs @ np.array(gains), np.zeros(len(inputs), dtype=bool)

    found = simplest_change(np.zeros(4), dict.fromkeys(range(4), (1.0,)), world, complexity=0.9, sought=target)
    if found is None:
        assert sum(sorted(gains)[-3:]) < LEAST_GAIN + 1e-9
        return
    assert found.complexity == pytest.approx(0.9 - sum(gains[place] for place in found.changes))
    if found.is_enough and len(found.changes) > 1:
        fewer = sum(sorted(gains)[-(len(found.changes) - 1) :])
        assert 0.9 - fewer > target - 1e-9
