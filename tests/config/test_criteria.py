"""What a case type file decides: exact amounts, the values in force on the day, three values, nothing guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.amounts import Amount, Row, Table
from config.calculation import CalculationLine, Rounding, calculate, scales_on
from config.case_type import CaseType, read_case_type
from config.case_type_proof import run_case_type_tests
from config.columns import Frame
from config.criteria import decide, lines_of
from config.one_case import frame_of

DAY = date(2024, 6, 1)


@pytest.fixture
def friplads(friplads_text: str) -> CaseType:
    return read_case_type(friplads_text, name="friplads", file="friplads.yaml")


def _frame(case_type: CaseType, *rows: dict[str, Any]) -> Frame:
    return frame_of({name: field.type for name, field in case_type.fields.items()}, rows)


def _outcomes(case_type: CaseType, *rows: dict[str, Any], on: date = DAY) -> list[str | float | None]:
    outcome = decide(case_type, _frame(case_type, *rows), on).outcome
    return [outcome.value(row) for row in range(len(rows))]


def test_the_files_own_tests_pass(friplads: CaseType) -> None:
    results = run_case_type_tests(friplads, today=date(2026, 11, 24))
    assert [result.sentence_en for result in results if not result.passed] == []
    assert len(results) == 5


def test_a_test_that_fails_says_what_came_out(friplads_text: str) -> None:
    wrong = friplads_text.replace("own_share: 5}", "own_share: 7}")
    results = run_case_type_tests(read_case_type(wrong, name="f", file="f.yaml"), today=DAY)
    assert [result.sentence_en for result in results if not result.passed] == [
        "One step over: own_share came out as 5, not 7."
    ]
    assert [result.sentence_da for result in results if not result.passed] == [
        "One step over: own_share blev 5, ikke 7."
    ]


def test_the_first_line_that_holds_decides(friplads: CaseType) -> None:
    facts = [{"monthly_household_income": income, "single_parent": False} for income in (10_000, 30_000, 60_000)]
    assert _outcomes(friplads, *facts) == ["granted", "partly_granted", "refused"]
    assert decide(friplads, _frame(friplads, *facts), DAY).criterion.tolist() == [0, 1, 2]


def test_amounts_count_from_their_day(friplads: CaseType) -> None:
    facts = {"monthly_household_income": 17_000, "single_parent": False}
    assert _outcomes(friplads, facts, on=date(2024, 12, 31)) == ["partly_granted"]
    assert _outcomes(friplads, facts, on=date(2025, 1, 1)) == ["granted"]
    days = np.array(["2024-12-31T23:59", "2025-01-01T00:00"], dtype="datetime64[us]")
    both = decide(friplads, _frame(friplads, facts, facts), days)
    assert both.criterion.tolist() == [1, 0]


def test_before_the_first_amount_nothing_is_decided(friplads: CaseType) -> None:
    facts = {"monthly_household_income": 1, "single_parent": False}
    assert _outcomes(friplads, facts, on=date(2023, 12, 31)) == [None]


def test_what_cannot_be_told_is_undecided(friplads: CaseType) -> None:
    decided = decide(friplads, _frame(friplads, {"single_parent": False}), DAY)
    assert decided.is_decided.tolist() == [False]
    assert decided.outcome.value(0) is None


def test_open_judgment_leaves_the_case_to_a_person(friplads: CaseType) -> None:
    rows = [{"monthly_household_income": 1, "single_parent": answer} for answer in (True, None, False)]
    decided = decide(friplads, _frame(friplads, *rows), DAY)
    assert decided.open_judgment.tolist() == [True, True, False]
    assert decided.is_decided.tolist() == [False, False, True]


def test_judgment_without_a_condition_is_always_open(friplads_text: str) -> None:
    text = friplads_text.replace(", when: {single_parent: {is_true: true}}}", "}")
    case_type = read_case_type(text, name="f", file="f.yaml")
    assert _outcomes(case_type, {"monthly_household_income": 1, "single_parent": False}) == [None]


def test_an_unknown_line_above_stops_a_line_below(friplads_text: str) -> None:
    text = friplads_text.replace(
        "criteria:\n",
        "criteria:\n"
        "  - {when: {district: {equals: syd}}, outcome: refused, because: {da: a, en: b}, legal_basis: x}\n",
    )
    case_type = read_case_type(text, name="f", file="f.yaml")
    facts = {"monthly_household_income": 1, "single_parent": False}
    assert _outcomes(case_type, facts, facts | {"district": "nord"}, facts | {"district": "syd"}) == [
        None,
        "granted",
        "refused",
    ]


def test_a_hidden_fact_decides_nothing(friplads: CaseType) -> None:
    frame = _frame(friplads, {"monthly_household_income": 1, "single_parent": False})
    hidden = frame.columns["monthly_household_income"].hide(np.array([True]))
    masked = frame.with_columns({"monthly_household_income": hidden})
    assert decide(friplads, masked, DAY).is_decided.tolist() == [False]
    assert lines_of(friplads, masked, DAY, 0)[0].result is None


def test_a_type_without_criteria_decides_nothing(smallest_text: str) -> None:
    case_type = read_case_type(smallest_text, name="fines", file="fines.yaml")
    decided = decide(case_type, frame_of({}, [{}, {}]), DAY)
    assert decided.is_decided.tolist() == [False, False]
    assert decided.outcome.levels == ("granted", "partly_granted", "refused")


def test_no_cases_are_no_trouble(friplads: CaseType) -> None:
    assert len(decide(friplads, _frame(friplads), DAY).outcome) == 0


def test_lines_show_what_went_in_and_came_out(friplads: CaseType) -> None:
    frame = _frame(friplads, {"monthly_household_income": 16691.7})
    lines = lines_of(friplads, frame, DAY, 0)
    assert lines[0].operands == (("monthly_household_income", Decimal("16691.7")), (None, Decimal(12)))
    assert [line.result for line in lines] == [Decimal("200300.4"), Decimal(5)]


@given(st.lists(st.integers(0, 900_000), min_size=1, max_size=6))
def test_one_case_and_many_are_decided_alike(kroner: list[int]) -> None:
    case_type = CaseType.model_validate(
        {
            "key": "k",
            "name": {"da": "a", "en": "b"},
            "complexity": {"within_days": 3, "any": [{"days": {"above": 1}}]},
            "fields": {"income": {"type": "number"}},
            "amounts": {"limit": {"values": {"2024-01-01": 200_300}}},
            "calculation": [{"name": "yearly", "multiply": ["income", 12]}],
            "criteria": [
                {
                    "when": {"yearly": {"at_most": "limit"}},
                    "outcome": "granted",
                    "because": {"da": "a", "en": "b"},
                    "legal_basis": "x",
                },
                {
                    "when": {"yearly": {"above": "limit"}},
                    "outcome": "refused",
                    "because": {"da": "a", "en": "b"},
                    "legal_basis": "x",
                },
            ],
        }
    )
    rows = [{"income": amount / 100} for amount in kroner]
    wanted = ["granted" if Decimal(amount) * 12 / 100 <= 200_300 else "refused" for amount in kroner]
    assert _outcomes(case_type, *rows) == wanted
    assert [_outcomes(case_type, row)[0] for row in rows] == wanted


@pytest.mark.parametrize(
    ("line", "result"),
    [
        ({"multiply": ["a", 3]}, "0.3"),
        ({"add": ["a", "b", 1]}, "1.3"),
        ({"subtract": ["b", "a", "0.1"]}, None),
        ({"subtract": ["b", "a"]}, "0.1"),
        ({"divide": ["b", "a"]}, "2"),
        ({"divide": ["b", 0]}, None),
        ({"min": ["a", "b"]}, "0.1"),
        ({"max": ["a", "b", "c"]}, None),
        ({"percent": [85, "b"]}, "0.170"),
        ({"divide": [1, 3], "round": {"to": "øre", "mode": "half_up"}}, "0.33"),
        ({"add": ["1", 0], "round": {"to": "krone", "mode": "up"}}, None),
        ({"table": "scale", "by": "b"}, "7"),
        ({"table": "scale", "by": "a"}, "0"),
    ],
)
def test_each_operation_is_exact(line: dict[str, Any], result: str | None) -> None:
    table = Table(
        rows=(
            Row(valid_from=date(2024, 1, 1), at_least=Decimal(0), value=Decimal(0)),
            Row(valid_from=date(2024, 1, 1), at_least=Decimal("0.2"), value=Decimal(7)),
            Row(valid_from=date(2025, 1, 1), at_least=Decimal(0), value=Decimal(9)),
        )
    )
    known = {"a": Decimal("0.1"), "b": Decimal("0.2"), "c": None}
    try:
        parsed = CalculationLine.model_validate({"name": "x", **line})
    except ValueError:
        assert result is None
        return
    found = calculate((parsed,), known, scales_on({"scale": table}, DAY))[0].result
    assert found == (None if result is None else Decimal(result))


@pytest.mark.parametrize(
    ("to", "mode", "value", "rounded"),
    [
        ("krone", "half_up", "12.50", "13"),
        ("krone", "half_up", "12.49", "12"),
        ("krone", "up", "12.01", "13"),
        ("krone", "down", "12.99", "12"),
        ("øre", "half_up", "0.005", "0.01"),
        ("oere", "down", "0.019", "0.01"),
        ("krone", "down", "-0.5", "-1"),
        ("krone", "up", "-0.5", "0"),
    ],
)
def test_rounding_has_a_named_mode(to: str, mode: str, value: str, rounded: str) -> None:
    assert Rounding.model_validate({"to": to, "mode": mode}).apply(Decimal(value)) == Decimal(rounded)


def test_below_the_lowest_step_there_is_no_result() -> None:
    table = Table(rows=(Row(valid_from=date(2024, 1, 1), at_least=Decimal(10), value=Decimal(1)),))
    assert table.step(Decimal("9.99"), DAY) is None
    assert table.step(Decimal(10), date(2023, 12, 31)) is None


@given(st.dictionaries(st.dates(), st.integers(0, 10**6), min_size=1, max_size=6), st.dates())
def test_the_newest_amount_that_has_begun_is_in_force(values: dict[date, int], day: date) -> None:
    begun = [start for start in values if start <= day]
    expected = Decimal(values[max(begun)]) if begun else None
    assert Amount(values={start: Decimal(value) for start, value in values.items()}).on(day) == expected
