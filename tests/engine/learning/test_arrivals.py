"""Derived candidates know the past of a case's arrival and nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.columns import Frame
from engine.arrivals import DERIVED, SINCE_LAST_CASE, derive, flow_of, with_derived, with_file
from engine.history import History

START = np.datetime64("2024-01-01", "us")
DAY = np.timedelta64(1, "D")


def history_of(cases: list[tuple[float, list[float]]]) -> History:
    """Cases as (arrival day, days after arrival of further events)."""
    ordered = sorted(cases)
    ids = np.array([f"c{number:03d}" for number in range(len(ordered))], dtype=object)
    arrivals = np.array([moment(day) for day, _ in ordered], dtype="datetime64[us]")
    rows = [
        (case, "work", moment(day + after), None)
        for case, (day, later) in zip(ids, ordered, strict=True)
        for after in [0.0, *sorted(later)]
    ]
    events = pd.DataFrame(rows, columns=["case_id", "activity", "timestamp", "resource"])
    events["timestamp"] = pd.to_datetime(events["timestamp"], utc=True)
    until = events["timestamp"].max().tz_localize(None).to_datetime64().astype("datetime64[us]")
    return History(Frame(ids), arrivals, events, until)


def moment(day: float) -> np.datetime64:
    return START + np.timedelta64(round(day * 86_400e6), "us")


days = st.floats(0, 120, allow_nan=False).map(lambda day: round(day * 24) / 24)
cases = st.lists(st.tuples(days, st.lists(days.map(lambda d: d / 2), max_size=4)), min_size=2, max_size=25)


@settings(max_examples=60, deadline=None)
@given(cases=cases, cut=days)
def test_what_happens_later_never_changes_a_derived_value(
    cases: list[tuple[float, list[float]]], cut: float
) -> None:
    """Cut the world at a moment: every case that arrived before it has the same values as in the whole world."""
    cases = [(0.0, []), *cases]
    whole = history_of(cases)
    known = history_of(
        [(day, [e for e in later if day + e < cut]) for day, later in cases if day < cut] or cases[:1]
    )
    asked = known.arrivals[known.arrivals <= moment(cut)]
    for name in DERIVED:
        now = derive(name, flow_of(replace(known, observed_until=moment(max(cut, 0)))), asked)
        later = derive(name, flow_of(whole), asked)
        assert np.array_equal(now, later, equal_nan=True), name


@settings(max_examples=60, deadline=None)
@given(cases=cases, window=st.sampled_from([7, 30]))
def test_counts_agree_with_counting_one_by_one(cases: list[tuple[float, list[float]]], window: int) -> None:
    history = history_of([(0.0, []), *cases])
    at = history.events["timestamp"].dt.tz_localize(None).to_numpy().astype("datetime64[us]")
    case = history.events["case_id"].to_numpy()
    arrived, touched = (
        derive(f"{what}_{window}_days", flow_of(history), history.arrivals) for what in ("arrivals", "open_cases")
    )
    for number, arrival in enumerate(history.arrivals):
        begin = arrival - window * DAY
        if begin < history.arrivals[0]:
            assert np.isnan(arrived[number])
            assert np.isnan(touched[number])
            continue
        assert arrived[number] == ((history.arrivals >= begin) & (history.arrivals < arrival)).sum()
        assert touched[number] == len(set(case[(at >= begin) & (at < arrival)]))


def test_a_file_continues_the_workspace_or_is_not_covered() -> None:
    history = history_of([(float(day), []) for day in range(40)])
    next_day, next_year = (np.array([moment(day), moment(day + 1)]) for day in (39.5, 400))
    after = derive("arrivals_7_days", with_file(flow_of(history), next_day), next_day)
    assert after.tolist() == [7.0, 7.0]
    gap = derive("arrivals_7_days", with_file(flow_of(history), next_year), next_year)
    assert np.isnan(gap).all()


def test_open_cases_are_missing_where_the_workspace_has_seen_no_events() -> None:
    history = history_of([(float(day), [1.0]) for day in range(40)])
    file = np.array([moment(60.0)])
    assert np.isnan(derive("open_cases_7_days", with_file(flow_of(history), file), file)).all()


def test_weekday_month_and_hour_are_those_of_the_arrival() -> None:
    at = np.array(["2026-11-23T09:59:59", "2026-11-29T00:00"], dtype="datetime64[us]")
    flow = flow_of(history_of([(0.0, [])]))
    assert derive("weekday", flow, at).tolist() == [0.0, 6.0]
    assert derive("month", flow, at).tolist() == [11.0, 11.0]
    assert derive("hour", flow, at).tolist() == [9.0, 0.0]


def test_the_citizens_last_case_is_the_one_before_and_not_the_same() -> None:
    history = history_of([(0.0, []), (3.0, []), (10.0, []), (12.0, [])])
    citizens = np.array(["anna", None, "anna", "bo"], dtype=object)
    since = derive(SINCE_LAST_CASE, flow_of(history, citizens), history.arrivals, citizens)
    assert np.isnan(since[[0, 1, 3]]).all()
    assert since[2] == 10.0


def test_without_a_flow_what_needs_one_is_missing_and_the_calendar_is_not() -> None:
    frame = Frame(np.array(["a"], dtype=object))
    derived = with_derived(frame, DERIVED, None, np.array([moment(3)])).columns
    missing = {name for name in DERIVED if np.isnan(derived[name].values).all()}
    assert missing == set(DERIVED) - {"weekday", "month", "hour"}


@pytest.mark.parametrize("name", DERIVED)
def test_one_case_and_many_have_the_same_derived_bits(name: str) -> None:
    history = history_of([(day / 3, [1.0, 9.0]) for day in range(200)])
    flow, asked = flow_of(history), history.arrivals[::7]
    together = derive(name, flow, asked)
    alone = np.concatenate([derive(name, flow, asked[row : row + 1]) for row in range(len(asked))])
    assert together.tobytes() == alone.tobytes()
