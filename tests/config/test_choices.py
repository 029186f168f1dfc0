"""A line that chooses takes the first value whose condition surely holds, for one case and for many alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.case_type import CaseType, read_case_type
from config.criteria import decide, lines_of
from config.errors import InputError
from config.one_case import frame_of

TEXT = """\
name: {da: Lån, en: Loan}
complexity: {within_days: 6, any: [{days: {above: 3}}]}
fields:
  income: {type: number}
  dwelling: {type: category, values: [flat, room, boat]}
  age: {type: integer, protected: true}
amounts: {flat_limit: {values: {2024-01-01: 200, 2025-01-01: 220}}}
calculation:
  - name: limit
    choose:
      - {when: {dwelling: {equals: flat}}, value: flat_limit}
      - {when: {dwelling: {equals: room}, income: {above: 50}}, value: 100}
      - {when: {age: {below: 25}}, value: income}
    legal_basis: Lov § 1
  - {name: left, subtract: [limit, income]}
criteria:
  - {when: {left: {at_least: 0}}, outcome: granted, because: {da: Ja, en: Yes}, legal_basis: Lov § 1}
  - {when: {left: {below: 0}}, outcome: refused, because: {da: Nej, en: No}, legal_basis: Lov § 1}
"""
LOAN = read_case_type(TEXT, name="loan", file="loan.yaml")
KINDS = {name: field.type for name, field in LOAN.fields.items()}
DAY = date(2024, 6, 1)


def limit(on: date = DAY, **facts: Any) -> tuple[Decimal | None, list[Any]]:
    line = lines_of(LOAN, frame_of(KINDS, [facts]), on, 0)[0]
    return line.result, [name for name, _ in line.operands]


def test_the_first_that_surely_holds_is_taken_and_shown_alone() -> None:
    assert limit(dwelling="flat", income=10) == (200, ["flat_limit"])
    assert limit(dwelling="room", income=60) == (100, [None])
    assert limit(dwelling="boat", income=60, age=24) == (60, ["income"])


def test_the_value_is_that_of_the_day() -> None:
    assert limit(date(2024, 12, 31), dwelling="flat")[0] == 200
    assert limit(date(2025, 1, 1), dwelling="flat")[0] == 220


@pytest.mark.parametrize(
    "facts",
    [
        {"income": 60, "age": 20},  # the dwelling is not known, and might be a flat
        {"dwelling": "room", "age": 20},  # a room, and the income might be above 50
        {"dwelling": "boat", "income": 60},  # the age is not known
        {"dwelling": "boat", "income": 60, "age": 25},  # none of them holds
    ],
)
def test_what_cannot_be_told_is_missing_and_leaves_the_case_undecided(facts: dict[str, Any]) -> None:
    assert limit(**facts) == (None, [])
    assert decide(LOAN, frame_of(KINDS, [facts]), DAY).outcome.value(0) is None


_facts = st.fixed_dictionaries({
    "income": st.none() | st.integers(0, 300),
    "dwelling": st.sampled_from([None, "flat", "room", "boat"]),
    "age": st.none() | st.integers(18, 40),
})  # fmt: skip


@given(st.lists(_facts, min_size=1, max_size=30), st.sampled_from([DAY, date(2025, 6, 1), date(2023, 1, 1)]))
def test_many_cases_at_once_come_out_as_one_by_one(rows: list[dict[str, Any]], on: date) -> None:
    frame = frame_of(KINDS, rows)
    found = decide(LOAN, frame, on).outcome
    for row in range(len(rows)):
        left = lines_of(LOAN, frame, on, row)[1].result
        expected = None if left is None else "granted" if left >= 0 else "refused"
        assert found.value(row) == expected


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("    legal_basis: Lov § 1\n", "", "must cite its law"),
        ("{dwelling: {equals: flat}}", "{dwelling: {equals: house}}", "not among the field's values"),
        ("{dwelling: {equals: flat}}", "{left: {above: 1}}", "no field or line is called 'left'"),
        ("{dwelling: {equals: flat}}", "{received_on: {above: 2024-01-01}}", "no field or line is called"),
        ("value: flat_limit", "value: flat_limits", "did you mean 'flat_limit'?"),
        ("value: flat_limit", "value: dwelling", "cannot be calculated with"),
        ("value: flat_limit", "valu: flat_limit", "did you mean 'value'?"),
        ("{when: {dwelling: {equals: flat}}, value: flat_limit}", "{value: flat_limit}", "only the last choice"),
        ("when: {dwelling: {equals: flat}}", "when: {}", "an empty condition"),
    ],
)
def test_each_mistake_in_a_choice_is_one_sentence_with_its_line(old: str, new: str, words: str) -> None:
    assert old in TEXT
    with pytest.raises(InputError) as raised:
        read_case_type(TEXT.replace(old, new, 1), name="loan", file="loan.yaml")
    assert words in str(raised.value)
    assert str(raised.value).startswith("loan.yaml:")


def test_the_facts_that_a_choice_asks_about_need_a_basis_before_going_live() -> None:
    from config.completeness import fields_in_use

    used: CaseType = LOAN
    assert fields_in_use(used) == {"income": "calculation", "age": "calculation", "dwelling": "calculation"}
