"""Reasons: at most six, strongest first, and a remainder that keeps the sum."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.trained import Feature
from explain.reasons import MOST_REASONS, direction_of, reasons_for, strength_of

log_odds = st.floats(-5, 5).map(lambda value: round(value, 6))


def numbers(count: int) -> list[Feature]:
    return [Feature(f"f{position}", "number", usual=1.0) for position in range(count)]


@given(st.lists(log_odds, min_size=1, max_size=15), st.integers(1, 4))
def test_reasons_add_up_to_all_contributions(contributions: list[float], siblings: int) -> None:
    features = [
        replace(feature, sibling_of=f"f{position // siblings * siblings}" if position % siblings else None)
        for position, feature in enumerate(numbers(len(contributions)))
    ]
    reasons = reasons_for(np.array(contributions), np.zeros(len(features)), features)
    assert sum(reason.contribution for reason in reasons) == pytest.approx(sum(contributions), abs=1e-9)
    named = [reason for reason in reasons if reason.field is not None]
    assert len(named) <= MOST_REASONS
    assert len(reasons) - len(named) <= 1
    sizes = [abs(reason.contribution) for reason in named]
    assert sizes == sorted(sizes, reverse=True)


@given(log_odds.filter(lambda value: value != 0))
def test_direction_and_strength_follow_the_contribution(contribution: float) -> None:
    assert direction_of(contribution) == ("more" if contribution > 0 else "less")
    cuts = {"much": abs(contribution) >= 0.6, "little": abs(contribution) < 0.2}
    cuts["some"] = not cuts["much"] and not cuts["little"]
    assert cuts[strength_of(contribution)]


def test_siblings_make_one_reason_led_by_the_strongest() -> None:
    first, second, third = numbers(3)
    features = [first, replace(second, sibling_of="f0"), third]
    reasons = reasons_for(np.array([0.2, -0.7, 0.4]), np.zeros(3), features)
    assert [(reason.field, reason.also, round(reason.contribution, 9)) for reason in reasons] == [
        ("f1", ("f0",), -0.5),
        ("f2", (), 0.4),
    ]


def test_what_does_nothing_is_no_reason() -> None:
    assert reasons_for(np.zeros(3), np.zeros(3), numbers(3)) == []


def test_a_missing_a_rare_and_an_unseen_value_are_told_apart_from_a_common_one() -> None:
    channel = Feature("channel", "category", levels=("desk", "post"), usual="desk", usual_share=0.8)
    forms = []
    for code in (1.0, np.nan, 2.0, 2.25):
        reason = reasons_for(np.array([1.0]), np.array([code]), [channel], rare_words={"channel": "fax"})[0]
        forms.append((reason.form, reason.value))
    assert forms == [("value", "post"), ("missing", None), ("rare", "fax"), ("rare", "fax")]


def test_the_remainder_says_how_many_it_holds() -> None:
    reasons = reasons_for(np.arange(1.0, 10.0), np.zeros(9), numbers(9))
    assert (reasons[-1].form, reasons[-1].others, reasons[-1].contribution) == ("others", 3, 6.0)


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="3 features"):
        reasons_for(np.zeros(2), np.zeros(3), numbers(3))
