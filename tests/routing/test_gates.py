"""The gates: ten conditions, any of which keeps the machine from drafting."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.gates import GATE_NAMES, Mask, Standing, bits_of, closed_gates, names_of, would_be_drafts

NAMES = (
    "rule", "status", "weight", "criteria", "complexity", "novelty", "explanation", "consent", "outcome",
    "blind_review",
)  # fmt: skip


def nobody(open_so_far: Mask) -> Mask:
    return np.zeros_like(open_so_far)


def everybody_open(open_so_far: Mask) -> Mask:
    return open_so_far


def all_open(n_cases: int = 1) -> Standing:
    yes, no = np.ones(n_cases, dtype=np.bool_), np.zeros(n_cases, dtype=np.bool_)
    return Standing(
        says_draft=yes, may_draft=True, is_light=True, needs_outcome=True, decided=yes, outcome_may_be_drafted=yes,
        below_threshold=yes, novel=no, adds_up=yes, withheld=no, draw=nobody,
    )  # fmt: skip


def test_the_names_are_those_that_outsiders_rely_on() -> None:
    assert GATE_NAMES == NAMES


def test_the_machine_may_draft_where_every_gate_is_open() -> None:
    assert closed_gates(all_open(3)).tolist() == [0, 0, 0]


NO, YES = np.zeros(1, dtype=np.bool_), np.ones(1, dtype=np.bool_)


@pytest.mark.parametrize(
    ("gate", "changed"),
    [
        ("rule", {"says_draft": NO}),
        ("status", {"may_draft": False}),
        ("weight", {"is_light": False}),
        ("criteria", {"decided": NO}),
        ("complexity", {"below_threshold": NO}),
        ("novelty", {"novel": YES}),
        ("explanation", {"adds_up": NO}),
        ("consent", {"withheld": YES}),
        ("outcome", {"outcome_may_be_drafted": NO}),
        ("blind_review", {"draw": everybody_open}),
    ],
)
def test_each_gate_alone_keeps_the_machine_from_drafting(gate: str, changed: dict[str, object]) -> None:
    closed = closed_gates(replace(all_open(), **changed))
    assert names_of(int(closed[0])) == (gate,)


def test_a_letter_without_an_outcome_needs_no_criteria() -> None:
    closed = closed_gates(replace(all_open(), needs_outcome=False, decided=NO, outcome_may_be_drafted=NO))
    assert names_of(int(closed[0])) == ()


def test_all_closed_gates_are_listed_not_the_first_alone() -> None:
    standing = replace(all_open(), says_draft=NO, may_draft=False, novel=YES, withheld=YES)
    assert names_of(int(closed_gates(standing)[0])) == ("rule", "status", "novelty", "consent")


def test_only_a_would_be_draft_can_be_drawn() -> None:
    standing = replace(all_open(2), novel=np.array([True, False]), draw=everybody_open)
    closed = closed_gates(standing)
    assert [names_of(int(bits)) for bits in closed] == [("novelty",), ("blind_review",)]
    assert would_be_drafts(closed).tolist() == [False, True]


@given(st.sets(st.sampled_from(NAMES)))
def test_bits_and_names_say_the_same(names: set[str]) -> None:
    assert names_of(bits_of(names)) == tuple(name for name in NAMES if name in names)
