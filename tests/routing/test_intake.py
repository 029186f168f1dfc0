"""What of a log may be stored, and which of its cases are closed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.case_type import read_case_type
from config.columns import Frame, coded
from config.errors import InputError
from config.fields import LogColumns
from engine.log import read_log
from models.consent_answers import StoredAnswers
from routing.intake import intake, without_refused

CASE_TYPE = """
name: {da: Tandtilskud, en: Dental aid}
complexity: {within_days: 60, any: [{days: {above: 30}}]}
fields:
  income: {type: number}
  illness: {type: category, values: [asthma, gout], collected_with: consent}
  channel: {type: category, values: [desk, online]}
"""
EVENTS = """case_id,activity,timestamp,resource,case:income,case:illness,case:channel,case:consent:illness,case:end
a,Receive,2024-01-01T08:00:00Z,anna,100,asthma,desk,yes,2024-02-01
a,Decide,2024-01-05T08:00:00Z,bo,100,asthma,desk,yes,2024-02-01
b,Receive,2024-01-02T08:00:00Z,anna,200,gout,online,no,
c,Receive,2024-01-03T08:00:00Z,anna,300,gout,online,,
"""


@pytest.fixture
def case_type():
    return read_case_type(CASE_TYPE, name="dental_aid", file="dental_aid.yaml")


@pytest.fixture
def log(tmp_path: Path):
    path = tmp_path / "log.csv"
    path.write_text(EVENTS)
    return read_log(path)


def facts_of(taken) -> dict[str, dict]:
    told = (json.loads(text) for text in taken.arriving.facts)
    return dict(zip(taken.arriving.case_ids, told, strict=True))


def test_a_value_collected_with_consent_is_not_stored_without_a_yes(log, case_type):
    taken = intake(log, case_type)
    assert facts_of(taken) == {
        "a": {"income": 100, "illness": "asthma", "channel": "desk"},
        "b": {"income": 200, "channel": "online"},
        "c": {"income": 300, "channel": "online"},
    }
    assert taken.values_left_out == {"illness": 2}


def test_an_earlier_yes_on_record_counts_where_the_file_says_nothing(log, case_type):
    on_record = {
        "illness": StoredAnswers(np.array([-1, -1, 1], np.int8), np.full(3, "2024-01-01", "datetime64[us]"))
    }
    taken = intake(log, case_type, on_record=on_record)
    assert facts_of(taken)["c"]["illness"] == "gout"
    assert taken.values_left_out == {"illness": 1}


def test_a_later_no_on_record_outweighs_the_yes_of_an_old_file(log, case_type):
    later = np.array(["2025-01-01", "NaT", "NaT"], "datetime64[us]")
    on_record = {"illness": StoredAnswers(np.array([0, -1, -1], np.int8), later)}
    assert "illness" not in facts_of(intake(log, case_type, on_record=on_record))["a"]


def test_cases_are_open_unless_something_says_they_are_closed(log, case_type):
    assert intake(log, case_type).arriving.closed_at is None


def test_a_closed_log_closes_each_case_at_its_last_event(log, case_type):
    closed_at = intake(log, case_type, all_closed=True).arriving.closed_at
    assert closed_at.astype("datetime64[D]").astype(str).tolist() == ["2024-01-05", "2024-01-02", "2024-01-03"]


@pytest.mark.parametrize("column", ["end", "case:end"])
def test_a_case_with_its_time_of_closing_is_closed_and_the_others_are_open(log, case_type, column):
    closed_at = intake(log, case_type, closed_column=column).arriving.closed_at
    assert closed_at.astype("datetime64[D]").astype(str).tolist() == ["2024-02-01", "NaT", "NaT"]


def test_a_column_of_closing_that_is_not_there_is_named_with_those_that_are(log, case_type):
    with pytest.raises(InputError, match=r"no column 'finished'; the columns are .*'case:end'"):
        intake(log, case_type, closed_column="finished")


def test_a_column_of_closing_without_times_is_an_error_with_its_line(log, case_type):
    with pytest.raises(InputError, match=r"log\.csv:2.*desk"):
        intake(log, case_type, closed_column="channel")


@given(st.lists(st.tuples(st.sampled_from(["asthma", "gout", None]), st.sampled_from([1, 0, -1])), max_size=12))
def test_no_refused_word_and_not_even_its_level_is_left(rows):
    declared = read_case_type(CASE_TYPE, name="dental_aid", file="dental_aid.yaml")
    words, answers = [word for word, _ in rows], np.array([answer for _, answer in rows], dtype=np.int8)
    everything = {name: coded("category", [None] * len(rows)) for name in declared.fields}
    frame = Frame(np.arange(len(rows)).astype(object), {**everything, "illness": coded("category", words)})
    kept, left_out = without_refused(frame, declared, {"illness": answers})
    said = [word for word, answer in rows if word is not None and answer == 1]
    column = kept.columns["illness"]
    assert [column.value(row) for row in range(len(rows)) if not column.missing[row]] == said
    assert set(column.levels) == set(said)
    assert left_out.get("illness", 0) == sum(word is not None and answer != 1 for word, answer in rows)


CITIZENS = """case_id,activity,timestamp,case:income,case:stated:income,case:stated:debt,case:citizen_ref,CITIZEN
a,Receive,2024-01-01T08:00:00Z,100,90,5,B-1,Ida,311299-6120,yes
b,Receive,2024-01-02T08:00:00Z,200,,,B-2,Bo,000000-0000,
c,Receive,2024-01-03T08:00:00Z,300,300,,B-1,Ida Holm,311299-6120,no
d,Receive,2024-01-04T08:00:00Z,,1,,,,,
""".replace("CITIZEN", "case:citizen:name,case:citizen:cpr,case:citizen:protected_address")


def test_citizens_and_what_they_stated_go_beside_the_facts(tmp_path: Path, case_type):
    path = tmp_path / "log.csv"
    path.write_text(CITIZENS)
    columns = LogColumns(resource=None)
    taken = intake(read_log(path, columns), case_type)
    arriving = taken.arriving
    assert list(arriving.facts) == ['{"income":100.0}', '{"income":200.0}', '{"income":300.0}', "{}"]
    assert list(arriving.stated) == ['{"income":90.0}', "{}", '{"income":300.0}', '{"income":1.0}']
    assert list(arriving.citizen_refs) == ["B-1", "B-2", "B-1", None]
    assert arriving.citizens.refs == ["B-2", "B-1"]
    assert {name: list(values) for name, values in arriving.citizens.told.items()} == {
        "name": ["Bo", "Ida Holm"],
        "cpr": ["000000-0000", "311299-6120"],
        "protected_address": [None, False],
    }
    said = " / ".join(taken.notes)
    assert "declares no field 'debt'" in said
    assert "CPR number of 1 case (b)" in said
    assert "newest case" in said
    assert "311299" not in said
    assert "000000" not in said


def test_a_log_that_only_names_citizens_tells_nothing_of_them(tmp_path: Path, case_type):
    path = tmp_path / "log.csv"
    path.write_text(
        "case_id,activity,timestamp,resource,case:citizen_ref\na,Receive,2024-01-01T08:00:00Z,anna,B-1\n"
    )
    arriving = intake(read_log(path), case_type).arriving
    assert (list(arriving.citizen_refs), arriving.citizens, arriving.stated) == (["B-1"], None, None)


def test_what_the_application_states_of_a_field_collected_with_consent_needs_the_yes_too(
    tmp_path: Path, case_type
):
    path = tmp_path / "log.csv"
    header = "case_id,activity,timestamp,resource,case:illness,case:stated:illness,case:consent:illness"
    rows = [
        f"{case},Receive,2024-01-0{day}T08:00:00Z,anna,{rest}"
        for day, (case, rest) in enumerate(
            {"a": "asthma,gout,yes", "b": "asthma,gout,no", "c": ",gout,"}.items(), 1
        )
    ]
    path.write_text("\n".join([header, *rows, ""]))
    taken = intake(read_log(path), case_type)
    assert list(taken.arriving.facts) == ['{"illness":"asthma"}', "{}", "{}"]
    assert list(taken.arriving.stated) == ['{"illness":"gout"}', "{}", "{}"]
    assert taken.values_left_out == {"illness": 3}
