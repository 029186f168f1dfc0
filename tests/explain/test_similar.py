"""Which closed cases are named as similar, and what is said that they share and where they part."""

from __future__ import annotations

import numpy as np

from config.case_type import read_case_type
from engine.feature import Feature
from engine.likeness import spreads
from explain.sentences import ReasonSpeaker
from explain.similar import compared_facts, fact_of_both, most_similar

FEATURES = (
    Feature("amount", "number"),
    Feature("channel", "category", levels=("online", "post"), rare_levels=("fax",)),
    Feature("single", "boolean"),
    Feature("arrivals_7_days", "number", is_derived=True),
    Feature("amount_again", "number", sibling_of="amount"),
)
ALL = np.ones(3, dtype=np.bool_)
CLOSED = np.array([[100, 0, 1], [105, 0, 1], [900, 1, 0], [100, 0, 0], [100, 0, 1]], dtype=np.float64)
TEXT = """
name: {da: Tilskud, en: Subsidy}
complexity: {within_days: 60, any: [{days: {above: 30}}]}
fields:
  amount: {type: number, unit: DKK, label: {da: beløb, en: amount}}
  channel: {type: category, values: [online, post, fax], label: {da: Kanal, en: Channel},
            value_labels: {post: {da: Brev, en: Letter}}}
  single: {type: boolean, label: {da: Enlig, en: Single}}
"""


def nearest(case, weighs=(0.1, 0.5, 0.3), **named):
    spread = spreads(CLOSED, FEATURES[:3])
    return most_similar(np.array(case, dtype=float), CLOSED, FEATURES[:3], spread, ALL, np.array(weighs), **named)


def test_the_nearest_come_first_and_of_equals_the_later_one():
    found = nearest([100, 0, 1])
    assert [one.row for one in found][:3] == [4, 0, 1]
    assert found[0].distance == 0.0
    assert [one.row for one in nearest([100, 0, 1], most=2)] == [4, 0]


def test_a_case_that_differs_by_more_than_half_is_not_similar():
    assert 2 not in [one.row for one in nearest([100, 0, 1])]
    assert nearest([np.nan, np.nan, 1]) == (), "one fact of three says nothing about how alike two cases are"


def test_what_weighs_most_is_named_first_and_what_parts_them_most():
    first, *_, last = nearest([100, 0, 1])
    assert first.alike == (1, 2, 0)
    assert first.apart == ()
    assert (last.row, last.alike, last.apart) == (3, (1, 0), (2,))
    assert (last.n_alike, last.compared) == (2, 3)


def test_the_flow_of_cases_siblings_and_whatever_is_left_out_are_not_compared():
    assert compared_facts(FEATURES, frozenset({"channel"})).tolist() == [True, False, True, False, False]


def test_a_fact_left_out_changes_no_bit():
    kept = np.array([True, False, True])
    some = {}
    for word in (0.0, 1.0, 2.0, np.nan):
        case, closed = np.array([100.0, word, 1.0]), CLOSED.copy()
        closed[:, 1] = word
        spread = spreads(CLOSED, FEATURES[:3])
        some[word] = most_similar(case, closed, FEATURES[:3], spread, kept, np.array([0.1, 0.5, 0.3]))
    assert len({repr(one) for one in some.values()}) == 1


def test_facts_are_said_in_the_words_of_the_case_type_and_a_rare_word_is_not():
    speaker = ReasonSpeaker(read_case_type(TEXT, name="subsidy", file="subsidy.yaml"), "en")
    amount, channel, single = FEATURES[:3]
    assert fact_of_both(amount, 100.0, 100.0, speaker) == "Amount: DKK 100"
    assert fact_of_both(amount, 105.0, 100.0, speaker) == "Amount: DKK 105, here DKK 100"
    assert fact_of_both(channel, 1.0, 0.0, speaker) == "Channel: Letter, here online"
    assert fact_of_both(channel, 2.0, 2.25, speaker) == "Channel: a rare value, here a rare value"
    assert fact_of_both(single, 0.0, 1.0, speaker) == "Single: no, here yes"
