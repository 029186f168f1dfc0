"""Stated values: typed as the field they speak of, from the first event, the same bits from log and storage."""

from __future__ import annotations

import numpy as np
import pytest

from config.errors import InputError
from engine.log import read_log
from engine.stated import stated_from_json, stated_in_log, undeclared_stated
from engine.typed_facts import facts_as_json

HEADER = "case_id,activity,timestamp,resource,case:income,case:stated:income,case:stated:single"


@pytest.fixture
def income_type(type_with):
    return type_with(income={"type": "number"}, single={"type": "boolean"})


def logged(write_log, *rows: tuple[str, int, str], header: str = HEADER):
    lines = [f"{case},Receive,2024-01-{day:02d}T08:00:00Z,anna,{rest}" for case, day, rest in rows]
    return read_log(write_log("\n".join([header, *lines, ""])))


def test_the_first_event_tells_what_was_stated(write_log, income_type):
    log = logged(write_log, ("b", 3, "1,,"), ("a", 1, "100,90.5,ja"), ("a", 2, "100,80,no"))
    stated = stated_in_log(log, income_type)
    assert stated is not None
    assert facts_as_json(stated) == ['{"income":90.5,"single":true}', "{}"]


def test_what_is_stored_comes_back_bit_for_bit(write_log, income_type):
    stated = stated_in_log(logged(write_log, ("a", 1, "1,0.1,"), ("b", 2, "1,,no")), income_type)
    assert stated is not None
    back = stated_from_json(stated.case_ids, [*facts_as_json(stated)], income_type)
    assert back is not None
    for name, column in stated.columns.items():
        assert back.columns[name].values.tobytes() == column.values.tobytes()


def test_nothing_stated_is_nothing(write_log, income_type):
    log = logged(write_log, ("a", 1, "1"), header="case_id,activity,timestamp,resource,case:income")
    assert stated_in_log(log, income_type) is None
    assert undeclared_stated(log, income_type) == []
    ids = np.array(["a", "b"], dtype=object)
    assert stated_from_json(ids, [None, None], income_type) is None
    some = stated_from_json(ids, [None, '{"income":1}'], income_type)
    assert some is not None
    assert some.columns["income"].missing.tolist() == [True, False]


def test_a_field_that_is_not_declared_is_left_out_and_said(write_log, income_type):
    header = "case_id,activity,timestamp,resource,case:income,case:stated:income,case:stated:wealth"
    log = logged(write_log, ("a", 1, "1,2,3"), header=header)
    stated = stated_in_log(log, income_type)
    assert stated is not None
    assert list(stated.columns) == ["income"]
    assert undeclared_stated(log, income_type) == [
        "column 'case:stated:wealth' is left out, for sag declares no field 'wealth'"
    ]


@pytest.mark.parametrize(
    ("rest", "sentence"),
    [
        (
            "100,much,",
            "'much' in column 'case:stated:income' of case 'b' is declared as 'income' and is not a number",
        ),
        ("100,1.234,5", "'5' in column 'case:stated:single' of case 'b' is declared as 'single' and is not true"),
        ('100,"1.234,50",', "use a decimal point: 1234.50"),
    ],
)
def test_a_value_of_another_type_is_named_with_line_column_and_case(write_log, income_type, rest, sentence):
    log = logged(write_log, ("a", 1, "1,2,"), ("b", 2, rest))
    with pytest.raises(InputError, match=rf"log\.csv:3: .*{sentence}"):
        stated_in_log(log, income_type)
