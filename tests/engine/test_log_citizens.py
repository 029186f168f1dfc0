"""What a log tells of citizens: read beside the facts, never as one; doubts are said without naming anybody."""

from __future__ import annotations

import pandas as pd
import pytest

from config.errors import InputError
from engine.log import read_log
from engine.log_citizens import citizen_refs, citizens_of_log, newest_of_each
from engine.typed_facts import absent_columns, facts

HEADER = "case_id,activity,timestamp,resource"
CITIZEN = (
    "case:citizen_ref,case:citizen:name,case:citizen:cpr,case:citizen:protected_address,case:citizen:digital_post"
)


def told(write_log, *rows: str, header: str = f"{HEADER},{CITIZEN}"):
    return citizens_of_log(read_log(write_log("\n".join([header, *rows, ""]))))


def event(case: str, day: int, rest: str) -> str:
    return f"{case},Receive,2024-01-{day:02d}T08:00:00Z,anna,{rest}"


def test_each_cases_first_event_tells_who_the_citizen_is(write_log):
    found = told(
        write_log,
        event("a", 2, "B-1,Ida Møller,311299-6120,ja,no"),
        event("a", 3, "B-1,Ida Møller,311299-6120,ja,no"),
        event("b", 1, "B-2,,,,"),
    )
    assert found is not None
    assert found.refs.tolist() == ["B-2", "B-1"]
    assert {name: values.tolist() for name, values in found.told.items()} == {
        "name": [None, "Ida Møller"],
        "cpr": [None, "311299-6120"],
        "protected_address": [None, True],
        "digital_post": [None, False],
    }


def test_a_log_without_such_columns_tells_nothing(write_log):
    assert told(write_log, event("a", 1, "1"), header=f"{HEADER},case:citizen_age") is None
    log = read_log(
        write_log("\n".join([f"{HEADER},case:citizen_ref", event("a", 1, "B-1"), event("b", 2, ""), ""]))
    )
    assert citizen_refs(log).tolist() == ["B-1", None]
    assert citizens_of_log(log).told == {}


def test_none_of_it_is_an_attribute_or_a_fact(write_log, type_with):
    log = read_log(
        write_log(
            f"{HEADER},case:amount,{CITIZEN},case:stated:amount\n"
            + event("a", 1, "7,B-1,Ida,010190-1234,no,yes,8\n")
        )
    )
    assert log.attributes.column_names == ["case:amount"]
    case_type = type_with(
        amount={"type": "number"},
        cpr={"type": "text", "column": "citizen:cpr"},
        ref={"type": "text", "column": "case:citizen_ref"},
        said={"type": "number", "column": "stated:amount"},
    )
    frame = facts(log, case_type)
    assert frame.columns["amount"].value(0) == 7
    assert all(frame.columns[name].missing.all() for name in ("cpr", "ref", "said"))
    assert (
        len([note for note in absent_columns(log, case_type) if "is about the citizen and never a fact" in note])
        == 3
    )


def test_citizens_without_a_reference_column_are_refused(write_log):
    with pytest.raises(
        InputError, match=r"log\.csv: column 'case:citizen:name' tells of citizens and there is no"
    ):
        told(write_log, event("a", 1, "Ida"), header=f"{HEADER},case:citizen:name")


@pytest.mark.parametrize("word", ["maybe", "2", "yes!", " yes", "311299-6120"])
@pytest.mark.parametrize("place", [0, 1])
def test_neither_yes_nor_no_is_named_with_line_column_and_case_and_not_repeated(write_log, word, place):
    answers = ["no", "yes"]
    answers[place] = word
    name = ("protected_address", "digital_post")[place]
    with pytest.raises(InputError) as refused:
        told(write_log, event("a", 1, "B-1,,,no,yes"), event("b", 2, f"B-2,,,{','.join(answers)}"))
    assert f"log.csv:3: column 'case:citizen:{name}' of case 'b' says neither yes nor no" in str(refused.value)
    assert "311299" not in str(refused.value)


def test_what_changes_within_a_case_is_said_and_the_first_event_counts(write_log):
    found = told(
        write_log,
        event("a", 1, "B-1,Ida,,no,"),
        event("a", 2, "B-1,Ida Holm,,no,"),
        event("b", 3, "B-2,Bo,,,"),
        event("b", 4, "B-3,,,,"),
    )
    assert found is not None
    assert found.refs.tolist() == ["B-1", "B-2"]
    assert found.told["name"].tolist() == ["Ida", "Bo"]
    assert sorted(found.notes) == [
        "column 'case:citizen:name' changes within 1 case (a); what the first event says counts",
        "column 'case:citizen_ref' changes within 1 case (b); what the first event says counts",
    ]


def test_what_changes_between_the_cases_of_a_citizen_is_said_and_the_newest_counts(write_log):
    rows = [
        event("a", 1, "B-1,Ida,,,"),
        event("b", 2, "B-2,Bo,,,"),
        event("c", 3, "B-1,Ida Holm,,,"),
        event("d", 4, ",,,,"),
    ]
    found = told(write_log, *rows)
    assert found is not None
    assert newest_of_each(found.refs).tolist() == [1, 2]
    assert found.notes == (
        "several cases of 1 citizen tell different things of them; what the newest case says counts",
    )


def test_what_is_told_of_nobody_and_what_nobody_knows_is_left_out_and_said(write_log):
    found = told(
        write_log,
        event("a", 1, ",Ida,,,,44"),
        event("b", 2, ",,,,,45"),
        header=f"{HEADER},{CITIZEN},case:citizen:shoe_size",
    )
    assert found is not None
    assert set(found.told) == {"name", "cpr", "protected_address", "digital_post"}
    assert found.notes == (
        "column 'case:citizen:shoe_size' is none of a citizen's and is left out",
        "1 case (a) tell of a citizen without a 'case:citizen_ref'; what they tell is left out",
    )


@pytest.mark.parametrize(
    ("number", "is_possible"),
    [
        ("311299-6120", True),
        ("3112996120", True),
        ("010107-4000", True),
        ("310299-6120", False),
        ("911299-6120", False),
        ("12345", False),
        ("311299-61201", False),
        ("<script>", False),
        ("", True),
    ],
)
def test_an_impossible_cpr_number_is_kept_and_said_without_repeating_it(write_log, number, is_possible):
    found = told(write_log, event("a", 1, f"B-1,,{number},,"))
    assert found is not None
    assert found.told["cpr"].tolist() == [number or None]
    said = ("the CPR number of 1 case (a) cannot be one, by its form or date; it is kept: check it",)
    assert found.notes == (() if is_possible else said)


def test_many_impossible_numbers_are_counted_and_a_few_cases_named(write_log):
    found = told(write_log, *(event(f"c{n}", 1 + n, f"B-{n},,{n},,") for n in range(9)))
    assert found is not None
    assert "of 9 cases (c0, c1, c2, c3, c4 and 4 more)" in found.notes[0]


def test_markup_control_characters_and_line_breaks_are_kept_as_text(write_log):
    name = '<b>Ida</b>\x07 {{ 7*7 }}\n"M"'
    quoted = '"' + name.replace('"', '""') + '"'
    found = told(write_log, event("a", 1, f"B-1,{quoted},,,"))
    assert found is not None
    assert found.told["name"].tolist() == [name]


def test_a_cell_that_is_too_long_is_refused_as_in_every_column(write_log):
    with pytest.raises(InputError, match=r"log\.csv:2: a cell has more than|log\.csv:2: the line has more than"):
        told(write_log, event("a", 1, f"B-1,{'x' * 10_000_000},,,"))


def test_parquet_tells_the_same_with_its_own_types(tmp_path):
    path = tmp_path / "log.parquet"
    pd.DataFrame(
        {
            "case_id": ["a", "b"],
            "activity": ["Receive"] * 2,
            "timestamp": pd.to_datetime(["2024-01-01T08:00Z", "2024-01-02T08:00Z"]),
            "resource": ["anna"] * 2,
            "case:citizen_ref": [17, 18],
            "case:citizen:cpr": ["311299-6120", None],
            "case:citizen:protected_address": [True, False],
        }
    ).to_parquet(path)
    found = citizens_of_log(read_log(path))
    assert found is not None
    assert found.refs.tolist() == ["17", "18"]
    assert found.told["protected_address"].tolist() == [True, False]
    assert found.told["cpr"].tolist() == ["311299-6120", None]
