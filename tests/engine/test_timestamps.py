"""Timestamps: ISO 8601 in UTC, summer and winter alike; what is no time, or half with offsets, is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import InputError
from engine.log import read_log
from engine.timestamps import parse_words

HEADER = "case_id,activity,timestamp,resource\n"
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001


def refused(path) -> str:
    with pytest.raises(InputError) as error:
        read_log(path)
    return str(error.value)


@given(st.lists(st.tuples(MOMENTS, OFFSETS), min_size=1, max_size=5))
def test_any_moment_with_any_offset_is_the_same_moment_in_utc(moments):
    written = [moment.replace(tzinfo=offset) for moment, offset in moments]
    parsed = parse_words(pa.array([moment.isoformat() for moment in written]))
    expected = [np.datetime64(moment.astimezone(UTC).replace(tzinfo=None), "us") for moment in written]
    assert parsed.times.tolist() == np.array(expected).tolist()
    assert parsed.has_offset.all()


@pytest.mark.parametrize(
    ("word", "utc"),
    [
        ("2024-03-31", "2024-03-31T00:00:00.000000"),
        ("2024-03-31 12:30", "2024-03-31T12:30:00.000000"),
        ("2024-03-31T12:30:00Z", "2024-03-31T12:30:00.000000"),
        ("2024-03-31 12:30:00,25+0200", "2024-03-31T10:30:00.250000"),
        ("2024-03-31T12:30:00.123456789-01", "2024-03-31T13:30:00.123456"),
    ],
)
def test_the_forms_in_use_are_read(word, utc):
    assert str(parse_words(pa.array([word])).times[0]) == utc


@pytest.mark.parametrize(
    "word",
    ["31/12/2024", "2024", "20240331", "2024-02-30", "2024-01-01T25:00", "1711878000", "i går", " 2024-01-01"],
)
def test_what_is_no_timestamp_is_never_guessed(word):
    assert parse_words(pa.array([word])).is_wrong.tolist() == [True]


def test_summer_and_winter_offsets_in_one_column_are_fine(write_log):
    rows = "a,1,2024-10-27T02:30:00+02:00,ann\na,2,2024-10-27T02:15:00+01:00,ann\n"
    log = read_log(write_log(HEADER + rows))
    assert log.events["timestamp"].dt.strftime("%H:%M").tolist() == ["00:30", "01:15"]
    assert log.notes == ()


def test_times_without_offset_are_read_as_utc_and_it_is_said(write_log):
    log = read_log(write_log(HEADER + "a,1,2024-07-01T12:00:00,ann\n"))
    assert log.events["timestamp"].dt.hour.tolist() == [12]
    assert log.notes == ("column 'timestamp' says no offset from UTC, so its times are read as UTC",)


def test_offsets_and_none_in_one_column_name_two_lines(write_log):
    rows = "a,1,2024-07-01T12:00:00+02:00,ann\na,2,2024-07-02T12:00:00+02:00,ann\na,3,2024-07-03T12:00:00,ann\n"
    said = refused(write_log(HEADER + rows))
    assert "column 'timestamp' mixes times with an offset (line 2) and without (line 4)" in said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            "a,1,2024-01-01,x\na,2,01-02-2024,x\n",
            "log.csv:3: '01-02-2024' in column 'timestamp' is not a timestamp",
        ),
        ("a,1,2024-01-01,x\na,2,,x\n", "log.csv:3: the timestamp in column 'timestamp' is missing"),
        ("a,1,,x\na,2,,x\n", "column 'timestamp' has no timestamps"),
    ],
)
def test_a_missing_or_unreadable_timestamp_names_its_line(write_log, rows, said):
    assert said in refused(write_log(HEADER + rows))
