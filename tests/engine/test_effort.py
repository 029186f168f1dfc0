"""Effort: what FORMATS defines, counted on millions of events as on three."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.effort_rule import EffortRule
from engine.effort import effort_clock, is_complex, measure

EVENTS = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.integers(0, 40), st.sampled_from("xyz"), st.sampled_from(["u", "v", None])
    ),
    min_size=1,
    max_size=40,
)


def table(rows) -> pd.DataFrame:
    at = pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta([hours * 6 for _, hours, _, _ in rows], unit="h")
    columns = {"case_id": [row[0] for row in rows], "activity": [row[2] for row in rows], "timestamp": at}
    return pd.DataFrame({**columns, "resource": pd.Series([row[3] for row in rows], dtype=object)})


def plainly(events: pd.DataFrame, within_days: float) -> dict[str, tuple[float, ...]]:
    efforts = {}
    for case, own in events.groupby("case_id"):
        first = own["timestamp"].min()
        seen = own[own["timestamp"] <= first + pd.Timedelta(days=within_days)]
        days = (seen["timestamp"].max() - first) / pd.Timedelta(days=1)
        rework = len(seen) - seen["activity"].nunique()
        efforts[case] = (len(seen), seen["resource"].nunique(), rework, days)
    return efforts


@settings(max_examples=40)
@given(EVENTS, st.sampled_from([0.0, 0.25, 1.0, 3.5, 100.0]))
def test_effort_is_what_a_reader_would_count(rows, within_days):
    events = table(rows)
    measured = measure(events, within_days)
    expected = plainly(events, within_days)
    assert set(measured.index) == set(expected)
    for case, row in measured.iterrows():
        assert tuple(row) == pytest.approx(expected[case])


def test_an_event_at_the_very_end_of_the_horizon_counts_and_one_later_does_not():
    at = pd.to_datetime(["2024-01-01", "2024-01-11", "2024-01-11T00:00:00.000001"], format="ISO8601", utc=True)
    events = pd.DataFrame({"case_id": "a", "activity": ["x", "y", "z"], "timestamp": at, "resource": "u"})
    assert measure(events, 10).loc["a", "events"] == 2


def test_cases_come_in_the_order_in_which_they_appear():
    assert effort_clock(table([("b", 5, "x", "u"), ("a", 1, "x", "u"), ("b", 0, "x", "u")])).case_ids.tolist() == [
        "b",
        "a",
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"any": [{"handlers": {"at_least": 2}}, {"days": {"above": 5}}]}, [True, True, False]),
        ({"all": [{"handlers": {"at_least": 2}}, {"days": {"above": 5}}]}, [True, False, False]),
        ({"any": [{"rework": {"at_least": 1}}, {"events": {"above": 9}}]}, [False, True, False]),
    ],
)
def test_any_or_all_of_the_thresholds_make_a_case_complex(rule, expected):
    efforts = pd.DataFrame(
        {"events": [3, 3, 1], "handlers": [2, 2, 1], "rework": [0, 1, 0], "days": [6.0, 5.0, 0.0]}, index=[*"abc"]
    )
    assert is_complex(efforts, EffortRule.model_validate({"within_days": 30, **rule})).tolist() == expected
