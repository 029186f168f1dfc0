"""What makes a case unlike those before is named by its fields."""

from __future__ import annotations

import numpy as np

from engine.feature import Feature
from engine.novelty import Novelty, Pair
from explain.unlike import unlike_fields

FEATURES = (
    Feature("amount", "number"),
    Feature("vehicle", "category", levels=("car", "lorry")),
    Feature("channel", "category", levels=("desk", "post")),
)
NEVER = np.zeros((3, 3), dtype=np.bool_)
NEVER[0, 1] = True
NOVELTY = Novelty(
    low=np.array([0.0, 0.0, 0.0]),
    high=np.array([100.0, 2.0, 2.0]),
    may_be_missing=np.array([False, True, True]),
    pairs=(Pair(1, 2, NEVER),),
    false_alarms=0.0,
)


def unlike(*values: float) -> tuple[str, ...]:
    row = np.array(values)
    found = unlike_fields(NOVELTY, row, FEATURES)
    assert bool(found) == bool(NOVELTY.is_novel(row[np.newaxis])[0])
    return found


def test_an_ordinary_case_is_unlike_in_nothing() -> None:
    assert unlike(50.0, 1.0, 1.0) == ()


def test_a_value_outside_the_seen_range_is_named() -> None:
    assert unlike(1000.0, 1.0, 1.0) == ("amount",)


def test_a_value_that_was_never_missing_is_named_where_it_is() -> None:
    assert unlike(np.nan, np.nan, 1.0) == ("amount",)


def test_an_unseen_word_is_named() -> None:
    assert unlike(50.0, 2.25, 1.0) == ("vehicle",)


def test_two_words_that_never_met_are_both_named() -> None:
    assert unlike(50.0, 0.0, 1.0) == ("vehicle", "channel")
