"""Closed gates in words, and what a blind view may say of them."""

from __future__ import annotations

import pytest

from explain.gate_sentences import REVEALING, GateFacts, gate_sentences

EVERY_GATE = (
    "rule", "status", "weight", "criteria", "complexity", "novelty", "explanation", "consent", "outcome",
    "blind_review",
)  # fmt: skip
FULL = GateFacts(
    rule="Early contact", phase="stopped", has_model=True, is_proved=True, complexity=0.72, unlike=("Income",),
    withheld=("Debt", "Savings"), outcome="Refused",
)  # fmt: skip


def said(gate: str, facts: GateFacts, language: str = "en") -> str:
    return gate_sentences([gate], facts, language).said[0].sentence


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("facts", [GateFacts(), FULL])
def test_every_closed_gate_is_one_sentence_of_its_own(facts: GateFacts, language: str) -> None:
    gates = gate_sentences(EVERY_GATE, facts, language)
    sentences = [one.sentence for one in gates.said]
    assert [one.gate for one in gates.said] == list(EVERY_GATE)
    assert len(set(sentences)) == len(EVERY_GATE)
    assert all((one.endswith(".") and one[0].isupper()) or one[0].isdigit() for one in sentences)


def test_every_sentence_has_its_danish_words() -> None:
    english = {one.sentence for one in gate_sentences(EVERY_GATE, FULL, "en").said}
    danish = {one.sentence for one in gate_sentences(EVERY_GATE, FULL, "da").said}
    assert not english & danish


@pytest.mark.parametrize(
    ("gate", "facts", "fact"),
    [
        ("rule", FULL, "Early contact"),
        ("rule", GateFacts(rule="Children", on_floor=True), "“Children” always sends"),
        ("rule", GateFacts(rule="Children", on_floor=True, floor_is_unknown=True), "cannot be told"),
        ("status", FULL, "stopped"),
        ("status", GateFacts(), "in trial"),
        ("complexity", FULL, "72 of 100"),
        ("complexity", GateFacts(has_model=True, complexity=0.1), "not proven"),
        ("complexity", GateFacts(), "not scored"),
        ("novelty", FULL, "Income"),
        ("consent", FULL, "Debt and Savings"),
        ("outcome", FULL, "Refused"),
    ],
)
def test_a_sentence_holds_the_fact_that_closed_the_gate(gate: str, facts: GateFacts, fact: str) -> None:
    assert fact in said(gate, facts)


def test_a_blind_view_says_nothing_of_score_outcome_rule_or_draw() -> None:
    gates = gate_sentences(EVERY_GATE, FULL, "en", is_blind=True)
    assert {one.gate for one in gates.said} == {"status", "weight", "consent"}
    told = " ".join(one.sentence for one in gates.said)
    assert not any(word in told for word in ("72", "Refused", "Early contact", "drawn", "Income"))


def test_a_drawn_case_and_any_other_look_alike_in_a_blind_view() -> None:
    drawn = gate_sentences(["blind_review"], FULL, "en", is_blind=True)
    assert drawn == gate_sentences(sorted(REVEALING), FULL, "en", is_blind=True)
    assert drawn == gate_sentences([], FULL, "en", is_blind=True)


def test_a_gate_added_later_is_never_passed_over() -> None:
    assert "double_read" in said("double_read", FULL)
