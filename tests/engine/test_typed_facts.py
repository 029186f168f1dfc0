"""Facts: typed as declared, the same bits from the log and from storage, wrong values named."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.columns import Column, Frame, coded, numbers
from config.errors import InputError
from engine.log import read_log
from engine.typed_facts import absent_columns, date_as_text, facts, facts_as_json, frame_from_json

HEADER = "case_id,activity,timestamp,resource"
WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
DAYS = st.one_of(
    st.integers(-40_000, 60_000).map(float),
    st.integers(-40_000 * 86_400_000, 60_000 * 86_400_000).map(lambda milliseconds: milliseconds / 86_400_000),
)


def optional(values):
    return st.lists(st.none() | values, min_size=3, max_size=3)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    number=optional(st.floats(allow_nan=False, allow_infinity=False)),
    integer=optional(st.integers(-(2**53), 2**53).map(float)),
    boolean=optional(st.booleans()),
    day=optional(DAYS),
    category=optional(WORDS),
    text=optional(WORDS),
)
def test_what_is_stored_comes_back_bit_for_bit(type_with, number, integer, boolean, day, category, text):
    kinds = ["number", "integer", "boolean", "date", "category", "text"]
    columns = {
        "number": numbers("number", number),
        "integer": numbers("integer", integer),
        "boolean": numbers("boolean", boolean),
        "date": numbers("date", day),
        "category": coded("category", category),
        "text": coded("text", text),
    }
    declared = {kind: {"type": kind, "values": ["x"]} if kind == "category" else {"type": kind} for kind in kinds}
    frame = Frame(np.array(["a", "b", "c"], dtype=object), columns)
    back = frame_from_json(frame.case_ids, facts_as_json(frame), type_with(**declared))
    for name, column in columns.items():
        assert back.columns[name].values.tobytes() == column.values.tobytes()
        assert back.columns[name].levels == column.levels
    for stored in facts_as_json(frame):
        assert None not in json.loads(stored).values()


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=8))
def test_log_and_storage_give_the_same_bits(write_log, type_with, values):
    rows = [f"c{i},1,2024-01-01,x,{'' if value is None else repr(value)}" for i, value in enumerate(values)]
    case_type = type_with(amount={"type": "number"})
    frame = facts(read_log(write_log("\n".join([HEADER + ",amount", *rows]))), case_type)
    stored = frame_from_json(frame.case_ids, facts_as_json(frame), case_type)
    assert stored.columns["amount"].values.tobytes() == frame.columns["amount"].values.tobytes()
    assert [None if np.isnan(value) else value for value in frame.columns["amount"].values] == values


def test_facts_are_those_of_the_first_event(write_log, type_with):
    rows = ["a,2,2024-01-02,x,9,new", "a,1,2024-01-01,x,5,", "b,1,2024-01-03,x,,"]
    log = read_log(write_log("\n".join([HEADER + ",amount,case:area", *rows])))
    case_type = type_with(amount={"type": "number"}, area={"column": "case:area", "type": "text"})
    frame = facts(log, case_type)
    assert [frame.columns["amount"].value(row) for row in (0, 1)] == [5.0, None]
    assert frame.columns["area"].missing.all()


def test_a_case_attribute_is_found_with_or_without_its_prefix(write_log, type_with):
    log = read_log(write_log(HEADER + ",case:area\na,1,2024-01-01,x,north\n"))
    assert facts(log, type_with(area={"type": "text"})).columns["area"].value(0) == "north"


def test_a_declared_column_that_the_file_lacks_is_missing_for_all_and_said(write_log, type_with):
    log = read_log(write_log(HEADER + "\na,1,2024-01-01,x\n"))
    case_type = type_with(income={"type": "number"}, area={"type": "category", "values": ["north"]})
    frame = facts(log, case_type)
    assert frame.columns["income"].missing.all()
    assert frame.columns["area"].missing.all()
    assert (
        absent_columns(log, case_type)[0]
        == "the file has no column 'income', so 'income' is missing for all its cases"
    )


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("number", '"1.234,50"', "'1.234,50' in column 'x' of case 'b' is declared as 'x' and is not a number"),
        ("number", "nan", "is not a number; write digits"),
        ("number", "1e999", "is not a number; write digits"),
        ("integer", "2.5", "is not a whole number"),
        ("integer", "99999999999999999999", "is not a whole number"),
        ("boolean", "perhaps", "is not true or false"),
        ("date", "31-12-2024", "is not a date; write it as 2024-12-31"),
    ],
)  # fmt: skip
def test_a_wrong_value_names_line_column_case_and_what_to_write(write_log, type_with, kind, value, said):
    path = write_log(HEADER + f",x\na,1,2024-01-01,x,\nb,1,2024-01-02,x,{value}\n")
    with pytest.raises(InputError) as error:
        facts(read_log(path), type_with(x={"type": kind}))
    assert "log.csv:3: " in str(error.value)
    assert said in str(error.value)


def test_dates_with_and_without_offset_name_two_lines(write_log, type_with):
    path = write_log(HEADER + ",due\na,1,2024-01-01,x,2024-02-01T00:00Z\nb,1,2024-01-02,x,2024-02-01\n")
    with pytest.raises(
        InputError, match=r"column 'due' mixes times with an offset \(line 2\) and without \(line 3\)"
    ):
        facts(read_log(path), type_with(due={"type": "date"}))


def test_hidden_values_are_not_written():
    column = coded("category", ["post", "desk"]).hide(np.array([True, False]))
    assert facts_as_json(Frame(np.array(["a", "b"], dtype=object), {"channel": column})) == [
        "{}",
        '{"channel":"desk"}',
    ]


def test_facts_stored_under_another_type_are_read_by_their_words(type_with):
    stored = ['{"article":157,"paid":"12.5","gone":1}', '{"article":"7"}', "{}"]
    ids = np.array(["a", "b", "c"], dtype=object)
    frame = frame_from_json(
        ids, stored, type_with(article={"type": "category", "values": ["157", "7"]}, paid={"type": "number"})
    )
    assert [frame.columns["article"].value(row) for row in range(3)] == ["157", "7", None]
    assert frame.columns["paid"].value(0) == 12.5
    with pytest.raises(InputError, match=r"'12.5' is stored as 'paid' of case 'a' and is not a whole number"):
        frame_from_json(ids, stored, type_with(paid={"type": "integer"}))


def test_no_cases_and_no_fields_are_no_error(type_with):
    none = np.array([], dtype=object)
    assert len(frame_from_json(none, [], type_with(amount={"type": "number"})).columns["amount"]) == 0
    assert facts_as_json(Frame(np.array(["a"], dtype=object), {})) == ["{}"]
    assert frame_from_json(np.array(["a"], dtype=object), ["{}"], type_with()).columns == {}


def test_levels_are_only_those_that_occur_in_the_first_events(write_log, type_with):
    path = write_log(HEADER + ",channel\na,1,2024-01-01,x,post\na,2,2024-01-02,x,desk\n")
    frame = facts(read_log(path), type_with(channel={"type": "category", "values": ["post", "desk"]}))
    assert frame.columns["channel"] == Column("category", frame.columns["channel"].values, ("post",))


@given(DAYS)
def test_a_date_is_written_so_that_it_can_be_read(days):
    text = date_as_text(days)
    assert np.datetime64(text.removesuffix("Z"), "ms").astype(np.int64) / 86_400_000 == days
