"""Conditions have three values, and one case, a row alone, a frame and a naive reading of the rules all agree."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from config.columns import Column, Frame, Kind, numbers
from config.conditions import All, AnyOf, Leaf, NoneOf, Truth, parse_condition
from config.errors import InputError
from config.evaluation import Evaluation
from config.model import word_of
from config.one_case import frame_of

TODAY = date(2026, 11, 24)
KINDS: dict[str, Kind] = {
    "n": "number", "i": "integer", "b": "boolean", "c": "category", "t": "text", "d": "date", "m": "number",
}  # fmt: skip


def naive(raw: Mapping[str, Any], row: Mapping[str, Any], hidden: frozenset[str]) -> bool | None:
    """A second, plain reading of the documentation, one case at a time: True, False, or None for unknown."""
    answers: list[bool | None] = []
    for word, inner in raw.items():
        if word == "all":
            answers.append(_all([naive(one, row, hidden) for one in inner]))
        elif word == "any":
            answers.append(_any([naive(one, row, hidden) for one in inner]))
        elif word == "none":
            answers.append(_not(_any([naive(one, row, hidden) for one in inner])))
        else:
            answers += [_compare(word, operator, value, row, hidden) for operator, value in inner.items()]
    return _all(answers)


def _all(answers: list[bool | None]) -> bool | None:
    return False if False in answers else None if None in answers else True


def _any(answers: list[bool | None]) -> bool | None:
    return True if True in answers else None if None in answers else False


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _compare(name: str, operator: str, value: Any, row: Mapping[str, Any], hidden: frozenset[str]) -> bool | None:
    if name not in KINDS or name in hidden:
        return None
    fact = row[name]
    if operator == "is_missing":
        return (fact is None) == value
    if fact is None:
        return None
    kind = KINDS[name]
    if kind in ("category", "text"):
        if operator == "equals":
            return bool(fact == word_of(value))
        return fact in [word_of(one) for one in value] if operator == "in" else None
    if operator == "is_true":
        return bool(fact == value) if kind == "boolean" else None
    if operator == "within":
        return abs((fact - TODAY).days) <= int(value[:-1]) if kind == "date" else None
    if kind == "boolean" and operator not in ("equals", "in"):
        return None
    operands = [_operand(one, kind, row, hidden) for one in (value if isinstance(value, list) else [value])]
    if None in operands or (operator == "in" and any(isinstance(one, str) for one in value)):
        return None
    match operator:
        case "in":
            return fact in operands
        case "between":
            return bool(operands[0] <= fact <= operands[1])
        case "equals":
            return bool(fact == operands[0])
        case "at_least":
            return bool(fact >= operands[0])
        case "at_most":
            return bool(fact <= operands[0])
        case "above":
            return bool(fact > operands[0])
        case _:
            return bool(fact < operands[0])


def _operand(value: Any, kind: Kind, row: Mapping[str, Any], hidden: frozenset[str]) -> Any:
    if isinstance(value, bool):
        return value if kind == "boolean" else None
    if isinstance(value, date):
        return value if kind == "date" else None
    if isinstance(value, str):
        suits = {"number": ("n", "i", "m", "b"), "integer": ("n", "i", "m", "b"), "date": ("d",)}.get(kind, ())
        return row[value] if value in suits and value not in hidden else None
    return float(value) if kind in ("number", "integer") else None


_numbers = st.sampled_from([-1.5, 0.0, 1.0, 2.0, 3.0]) | st.floats(-5, 5)
_dates = st.integers(-40, 40).map(lambda days: TODAY + timedelta(days=days))
_words = st.sampled_from(["a", "b", "c", "1", "true"])
_row = st.fixed_dictionaries({
    "n": st.none() | _numbers, "m": st.none() | _numbers, "i": st.none() | st.integers(-3, 3).map(float),
    "b": st.none() | st.booleans(), "c": st.none() | _words, "t": st.none() | _words, "d": st.none() | _dates,
})  # fmt: skip
_scalar = (
    _numbers | st.integers(-3, 3) | st.booleans() | _dates | _words | st.sampled_from(["n", "m", "d", "ghost"])
)
_comparison = (
    st.tuples(st.sampled_from(["equals", "at_least", "at_most", "above", "below"]), _scalar)
    | st.tuples(st.just("in"), st.lists(_scalar, min_size=1, max_size=4))
    | st.tuples(st.just("between"), st.lists(_scalar, min_size=2, max_size=2))
    | st.tuples(st.just("within"), st.integers(1, 30).map(lambda days: f"{days}d"))
    | st.tuples(st.sampled_from(["is_missing", "is_true"]), st.booleans())
)
_leaf = st.tuples(st.sampled_from([*KINDS, "ghost"]), st.lists(_comparison, min_size=1, max_size=2)).map(
    lambda pair: {pair[0]: dict(pair[1])}
)
_condition = st.recursive(
    _leaf,
    lambda inner: st.tuples(
        st.sampled_from(["all", "any", "none"]), st.lists(inner, min_size=1, max_size=3), st.none() | _leaf
    ).map(lambda parts: {parts[0]: parts[1], **(parts[2] or {})}),
    max_leaves=8,
)
_hidden = st.lists(st.sets(st.sampled_from(list(KINDS))).map(frozenset), min_size=6, max_size=6)


def _frame(rows: list[dict[str, Any]], hidden: list[frozenset[str]]) -> Frame:
    frame = frame_of(KINDS, rows)
    masks = {name: np.array([name in one for one in hidden[: len(rows)]]) for name in KINDS}
    return frame.with_columns({name: column.hide(masks[name]) for name, column in frame.columns.items()})


def _answers(truth: Truth) -> list[bool | None]:
    assert not (truth.true & truth.unknown).any()
    assert (truth.false == ~(truth.true | truth.unknown)).all()
    return [True if t else None if u else False for t, u in zip(truth.true, truth.unknown, strict=True)]


@given(_condition, st.lists(_row, min_size=1, max_size=6), _hidden)
def test_frame_single_row_and_naive_reading_agree(
    raw: dict[str, Any], rows: list[dict[str, Any]], hidden: list[frozenset[str]]
) -> None:
    condition = parse_condition(raw)
    frame = _frame(rows, hidden)
    together = _answers(condition.evaluate(frame, TODAY))
    alone = [_answers(condition.evaluate(frame.take(slice(n, n + 1)), TODAY))[0] for n in range(len(rows))]
    assert together == alone
    assert together == [naive(raw, row, hide) for row, hide in zip(rows, hidden, strict=False)]


@given(st.lists(_condition, min_size=2, max_size=4), st.lists(_row, min_size=1, max_size=4), _hidden)
def test_asking_many_conditions_of_one_evaluation_changes_no_answer(
    raws: list[dict[str, Any]], rows: list[dict[str, Any]], hidden: list[frozenset[str]]
) -> None:
    frame = _frame(rows, hidden)
    evaluation = Evaluation(frame, TODAY)
    for raw in [*raws, *reversed(raws)]:
        condition = parse_condition(raw)
        assert _answers(evaluation.of(condition)) == _answers(condition.evaluate(frame, TODAY))


@given(_condition)
def test_a_condition_written_out_and_read_again_is_the_same(raw: dict[str, Any]) -> None:
    condition = parse_condition(raw)
    assert parse_condition(condition.as_mapping()) == condition


def test_evaluating_never_changes_the_facts() -> None:
    frame = _frame([dict.fromkeys(KINDS) | {"n": 1.0}], [frozenset({"n"})])
    before = {name: column.values.copy() for name, column in frame.columns.items()}
    parse_condition({"none": [{"n": {"at_least": 0}}, {"c": {"equals": "a"}}]}).evaluate(frame)
    for name, column in frame.columns.items():
        np.testing.assert_array_equal(column.values, before[name])


def test_only_is_missing_is_sure_of_a_missing_value() -> None:
    frame = frame_of({"n": "number"}, [{"n": None}])
    assert _answers(parse_condition({"n": {"is_missing": True}}).evaluate(frame)) == [True]
    assert _answers(parse_condition({"none": [{"n": {"above": 1}}]}).evaluate(frame)) == [None]


def test_a_hidden_value_is_unknown_even_to_is_missing() -> None:
    frame = frame_of({"n": "number"}, [{"n": 1}])
    hidden = frame.with_columns({"n": frame.columns["n"].hide(np.array([True]))})
    for raw in ({"n": {"is_missing": True}}, {"n": {"is_missing": False}}, {"n": {"equals": 1}}):
        assert _answers(parse_condition(raw).evaluate(hidden)) == [None]


def test_a_false_part_decides_although_another_is_unknown() -> None:
    frame = frame_of({"n": "number", "m": "number"}, [{"n": 1}])
    assert _answers(parse_condition({"n": {"above": 5}, "m": {"above": 0}}).evaluate(frame)) == [False]
    assert _answers(parse_condition({"any": [{"n": {"below": 5}}, {"m": {"above": 0}}]}).evaluate(frame)) == [True]


def test_a_date_with_a_time_counts_by_its_day() -> None:
    day = (date(2024, 1, 1) - date(1970, 1, 1)).days
    frame = Frame(np.array(["1"], dtype=object), {"d": numbers("date", [day + 0.7])})
    assert _answers(parse_condition({"d": {"at_most": date(2024, 1, 1)}}).evaluate(frame)) == [True]


def test_within_needs_today_and_counts_both_ways() -> None:
    frame = frame_of(
        {"d": "date"}, [{"d": TODAY - timedelta(30)}, {"d": TODAY + timedelta(30)}, {"d": date(2020, 1, 1)}]
    )
    condition = parse_condition({"d": {"within": "30d"}})
    assert _answers(condition.evaluate(frame, TODAY)) == [True, True, False]
    with pytest.raises(InputError, match="today"):
        condition.evaluate(frame)


def test_an_unseen_word_matches_nothing_and_is_not_unknown() -> None:
    frame = frame_of({"c": "category"}, [{"c": "a"}])
    assert _answers(parse_condition({"c": {"equals": "zzz"}}).evaluate(frame)) == [False]


def test_a_million_cases_get_the_answers_of_plain_masks() -> None:
    rng = np.random.default_rng(20261124)
    values = rng.normal(size=1_000_000)
    values[::7] = math.nan
    codes = rng.integers(-1, 3, size=1_000_000).astype(np.int32)
    frame = Frame(np.empty(len(values), dtype=object), {
        "n": Column("number", values), "c": Column("category", codes, ("x", "y", "z")),
    })  # fmt: skip
    truth = parse_condition({"n": {"at_least": 0.5}, "none": [{"c": {"in": ["x", "z"]}}]}).evaluate(frame)
    np.testing.assert_array_equal(truth.true, (values >= 0.5) & (codes == 1))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({}, "empty condition"),
        ([], "a list"),
        ({"n": 3}, "no comparison"),
        ({"n": {"at_lest": 3}}, "did you mean 'at_least'"),
        ({"n": {"between": [1]}}, "lowest and the highest"),
        ({"n": {"in": []}}, "takes a list"),
        ({"n": {"in": 3}}, "takes a list"),
        ({"n": {"equals": None}}, "takes one value"),
        ({"n": {"equals": {"x": 1}}}, "takes one value"),
        ({"n": {"is_true": "yes"}}, "true or false"),
        ({"d": {"within": "30"}}, "30"),
        ({"d": {"within": "24h"}}, "days"),
        ({"all": {}}, "takes a list"),
        ({"any": []}, "takes a list"),
        ({"t": {"equals": "  "}}, "is_missing"),
    ],
)
def test_what_is_no_condition_is_refused_in_words(raw: Any, words: str) -> None:
    with pytest.raises(PydanticCustomError) as raised:
        parse_condition(raw)
    assert words in str(raised.value)


def test_a_condition_nested_without_end_is_refused() -> None:
    raw: dict[str, Any] = {"n": {"equals": 1}}
    for _ in range(200):
        raw = {"all": [raw]}
    with pytest.raises(PydanticCustomError, match="too deep"):
        parse_condition(raw)


def test_mappings_and_lists_combine_as_they_read() -> None:
    assert parse_condition({"n": {"above": 1, "below": 3}}) == All((Leaf("n", "above", 1), Leaf("n", "below", 3)))
    assert isinstance(parse_condition({"any": [{"n": {"above": 1}}]}), AnyOf)
    assert isinstance(parse_condition({"none": [{"n": {"above": Decimal(1)}}]}), NoneOf)
    assert parse_condition({"any": [{"n": {"above": 1}}, {"c": {"equals": "a"}}]}).fields == {"n", "c"}
