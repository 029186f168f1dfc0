"""A checked log: order, consents, rows left out, and the columns every log has."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import InputError
from config.fields import LogColumns
from engine.log import read_log

HEADER = "case_id,activity,timestamp,resource"


def refused(path, columns=None) -> str:
    with pytest.raises(InputError) as error:
        read_log(path, columns)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_events_are_by_case_and_time_and_equal_times_as_in_the_file(write_log):
    rows = [
        "b,2,2024-01-02,",
        "a,1,2024-01-01,ann",
        "b,1,2024-01-01T12:00,bo",
        "b,3,2024-01-02,",
        "a,2,2024-01-05,",
    ]
    log = read_log(write_log("\n".join([HEADER, *rows])))
    assert log.case_ids.tolist() == ["a", "b"]
    assert log.events["activity"].tolist() == ["1", "2", "1", "2", "3"]
    assert log.first_events.tolist() == [0, 2]
    assert log.events["resource"].tolist() == ["ann", None, "bo", None, None]
    assert str(log.observed_until) == "2024-01-05T00:00:00.000000"


def test_cases_that_arrive_together_are_ordered_by_case_id(write_log):
    rows = [f"{case},1,2024-01-01,ann" for case in ["c", "a", "b"]]
    assert read_log(write_log("\n".join([HEADER, *rows]))).case_ids.tolist() == ["a", "b", "c"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.sampled_from("abcd"), st.integers(0, 5), st.sampled_from("xyz")), min_size=1, max_size=30
    )
)
def test_first_events_read_alone_are_those_of_the_whole_log(write_log, rows):
    lines = [f"{case},{step},2024-01-0{day + 1},ann,{day}" for case, day, step in rows]
    path = write_log("\n".join([HEADER + ",value", *lines]))
    whole, alone = read_log(path), read_log(path, first_events_only=True)
    first = whole.events.iloc[whole.first_events].set_index("case_id")
    pd.testing.assert_frame_equal(alone.events.set_index("case_id").loc[whole.case_ids], first)
    assert alone.case_ids.tolist() == list(dict.fromkeys(case for case, _, _ in rows))
    assert len(alone) == len(whole) == whole.events["case_id"].nunique()


def test_rows_without_a_case_are_left_out_counted_and_named(write_log):
    rows = ["a,1,2024-01-01,ann"] * 199 + [",1,2024-01-01,ann"]
    log = read_log(write_log("\n".join([HEADER, *rows])))
    assert log.rows_without_case == 1
    assert len(log.events) == 199
    assert any("1 of 200 rows have no case id in column 'case_id' (line 201)" in note for note in log.notes)


def test_more_than_one_percent_without_a_case_is_refused(write_log):
    rows = ["a,1,2024-01-01,ann"] * 98 + [",1,2024-01-01,ann"] * 2
    assert "2 of 100 rows have no case id in column 'case_id' (lines 100, 101); at most 1 %" in refused(
        write_log("\n".join([HEADER, *rows]))
    )


def test_only_completed_events_count_where_the_log_tells(write_log):
    rows = ["a,1,2024-01-01,ann,START", "a,1,2024-01-02,ann,Complete", "a,2,2024-01-03,ann,"]
    log = read_log(write_log("\n".join([HEADER + ",lifecycle:transition", *rows])))
    assert log.events["timestamp"].dt.day.tolist() == [2, 3]
    assert "1 events that lifecycle:transition does not call complete are left out" in log.notes
    assert log.attributes.column_names == []


def test_a_log_without_a_completed_event_is_refused(write_log):
    text = HEADER + ",lifecycle:transition\na,1,2024-01-01,ann,start\n"
    assert "no event has lifecycle:transition 'complete'" in refused(write_log(text))


@pytest.mark.parametrize("name", ["case_id", "activity", "timestamp", "resource"])
def test_a_missing_column_is_said_with_what_is_there_and_the_flag(write_log, name):
    said = refused(write_log(HEADER.replace(name, "andet") + "\na,1,2024-01-01,ann\n"))
    assert f"there is no column '{name}'; the columns are " in said
    assert "'andet'" in said
    assert f"--{name.replace('_', '-')}" in said


def test_other_column_names_are_read_by_flag_and_nobody_need_be_named(write_log):
    path = write_log("sag,trin,tid,hvem\na,1,2024-01-01,ann\n")
    columns = LogColumns(case_id="sag", activity="trin", timestamp="tid", resource="hvem")
    assert read_log(path, columns).events["resource"].tolist() == ["ann"]
    unnamed = read_log(path, columns.model_copy(update={"resource": None}))
    assert unnamed.events["resource"].tolist() == [None]
    assert unnamed.attributes.column_names == ["hvem"]


def test_a_missing_activity_names_its_line(write_log):
    assert "log.csv:3: the activity in column 'activity' is missing" in refused(
        write_log(HEADER + "\na,1,2024-01-01,ann\na,,2024-01-02,ann\n")
    )


def test_consents_and_closing_are_kept_apart_from_facts(write_log):
    header = HEADER + ",case:income,case:consent:income,case:consent_at,case:closed_at"
    rows = [
        "a,1,2024-01-01T00:00Z,ann,5,yes,2024-01-01T08:00Z,",
        "a,2,2024-01-02T00:00Z,ann,5,nej,2024-01-02T08:00Z,2024-01-03T00:00Z",
        "b,1,2024-01-04T00:00Z,ann,6,,,",
    ]
    log = read_log(write_log("\n".join([header, *rows])))
    assert log.attributes.column_names == ["case:income"]
    assert log.consents["income"].tolist() == [0, -1]
    assert log.consent_at.astype(str).tolist() == ["2024-01-02T08:00:00.000000", "NaT"]
    assert log.closed_at.astype(str).tolist() == ["2024-01-03T00:00:00.000000", "NaT"]


def test_an_answer_that_is_neither_yes_nor_no_names_line_column_case_and_value(write_log):
    said = refused(write_log(HEADER + ",case:consent:income\na,1,2024-01-01,ann,maybe\n"))
    assert "log.csv:2: 'maybe' in column 'case:consent:income' of case 'a' is neither yes nor no" in said


def test_a_closing_time_that_is_none_names_line_and_case(write_log):
    said = refused(write_log(HEADER + ",case:closed_at\na,1,2024-01-01,ann,soon\n"))
    assert "log.csv:2: 'soon' in column 'case:closed_at' of case 'a' is not a timestamp" in said


@pytest.mark.logs
@pytest.mark.parametrize(
    ("name", "cases", "events"),
    [("receipt", 1434, 8577), ("traffic_fines", 10000, 34724), ("hospital_billing", 9999, 49950),
     ("fair_renting", 10000, 89972)],
)  # fmt: skip
def test_the_shared_logs_are_read_whole(logs_dir, name, cases, events):
    log = read_log(logs_dir / f"{name}.csv.gz")
    assert (len(log), len(log.events)) == (cases, events)
    assert (
        log.events["timestamp"].diff()[log.events["case_id"].eq(log.events["case_id"].shift())] >= pd.Timedelta(0)
    ).all()
