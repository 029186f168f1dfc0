"""Rules and verdicts in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from config.conditions import parse_condition
from routing.explain_rule import explain_rules
from routing.relay import Cases, Standard, carry
from routing.rule_sentences import RuleSpeaker

Invented = Callable[[int, int], Cases]


@pytest.mark.parametrize(
    ("condition", "da", "en"),
    [
        ({"income": {"at_least": 1200.5}}, "»Indkomst« er mindst 1.200,5", "“Income” is at least 1,200.5"),
        (
            {"complexity": {"above": 0.65}},
            "det ventede arbejde er over 65 af 100",
            "the expected work is above 65 of 100",
        ),
        (
            {"channel": {"in": ["desk", "post"]}},
            "»Kanal« er en af »desk« og »post«",
            "“Channel” is one of “desk” and “post”",
        ),
        ({"weight": {"equals": "heavy"}}, "sagstypens vægt er »tung«", "the weight of the case type is “heavy”"),
        (
            {"criteria_decided": {"is_true": False}},
            "kriterierne afgør ikke sagen",
            "the criteria do not decide the case",
        ),
        ({"novel": {"is_true": True}}, "sagen ligner ikke tidligere sager", "the case is unlike earlier ones"),
        ({"case_type": {"equals": "grant"}}, "sagstypen er »Tilskud«", "the case type is “Grant”"),
        ({"single": {"is_true": False}}, "»Enlig« er besvaret med nej", "“Single” is answered no"),
        (
            {"start": {"within": "30d"}},
            "»Start« er inden for 30 dage fra i dag",
            "“Start” is within 30 days of today",
        ),
        ({"income": {"is_missing": True}}, "»Indkomst« er ikke oplyst", "“Income” is not given"),
        ({"income": {"between": [1, 2]}}, "»Indkomst« er fra 1 til 2", "“Income” is from 1 to 2"),
        (
            {"any": [{"income": {"above": 1}}, {"income": {"below": 3}, "single": {"is_true": True}}]},
            "»Indkomst« er over 1 eller (»Indkomst« er under 3 og »Enlig« er besvaret med ja)",
            "“Income” is above 1 or (“Income” is below 3 and “Single” is answered yes)",
        ),
        (
            {"none": [{"income": {"above": 1}}, {"single": {"is_true": True}}]},
            "intet af dette gælder: »Indkomst« er over 1 eller »Enlig« er besvaret med ja",
            "none of this holds: “Income” is above 1 or “Single” is answered yes",
        ),
    ],
)
def test_a_condition_reads_as_words(standard: Standard, condition: dict[str, object], da: str, en: str) -> None:
    parsed = parse_condition(condition)
    assert RuleSpeaker([standard.case_type], "da").condition(parsed) == da
    assert RuleSpeaker([standard.case_type], "en").condition(parsed) == en


def test_every_rule_is_said_in_both_languages(standard: Standard) -> None:
    da, en = RuleSpeaker([standard.case_type], "da"), RuleSpeaker([standard.case_type], "en")
    danish, english = da.rules(standard.rules), en.rules(standard.rules)
    assert [name for name, _ in danish] == list(standard.rules.names)
    assert not da.say.missing
    assert "contact within 2 working days" in dict(english)["Early contact"]
    assert not {text for _, text in danish} & {text for _, text in english}


def test_the_explanation_names_the_rule_that_the_relay_chose(standard: Standard, invented: Invented) -> None:
    cases = invented(120, 11)
    assessed = carry(cases, standard)
    for row in range(120):
        verdicts = explain_rules(cases.take(np.array([row])), standard, "en")
        assert [one.name for one in verdicts if one.takes_the_case] == [assessed.rule_of(row)]
        assert [one.name for one in verdicts] == list(standard.rules.names)
        for one in verdicts[:-1]:
            assert one.because


def test_an_unknown_fact_is_told_as_such_and_a_known_one_with_its_value(
    standard: Standard, invented: Invented
) -> None:
    cases = invented(1, 3)
    age = replace(cases.facts.columns["citizen_age"], values=np.array([np.nan]))
    channel = replace(cases.facts.columns["channel"], values=np.array([0], dtype=np.int32))
    case = replace(cases, facts=cases.facts.with_columns({"citizen_age": age, "channel": channel}))
    by_name = {one.name: one for one in explain_rules(case, standard, "en")}
    assert by_name["Children"].verdict == "cannot be told"
    assert by_name["Children"].because == ("“Age” is below 18: not known",)
    assert by_name["By post"].verdict == "does not hold"
    assert "“Channel” is “post”: no, it is desk" in by_name["By post"].because


def test_a_withheld_value_is_not_told_by_the_explanation(standard: Standard, invented: Invented) -> None:
    cases = invented(1, 3)
    savings = replace(cases.facts.columns["savings"], values=np.array([987654.0]))
    case = replace(
        cases,
        facts=cases.facts.with_columns({"savings": savings}),
        consents={"savings": np.array([0], dtype=np.int8)},
    )
    told = " ".join(text for one in explain_rules(case, standard, "en") for text in one.because)
    assert "987" not in told
    assert "“Savings” is above 500: not known" in told
