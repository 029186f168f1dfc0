"""The horizon: the shortest that holds, within what the log allows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from engine.effort import effort_clock
from engine.horizon import propose_horizon


def events_of(case_days: list[list[float]], arrivals_days: np.ndarray) -> pd.DataFrame:
    """Each case's events at so many days after its arrival, each by another person."""
    start = pd.Timestamp("2023-01-01", tz="UTC")
    rows = [
        (f"K{case:04d}", f"step {number}", start + pd.Timedelta(days=arrivals_days[case] + day), f"staff {number}")
        for case, days in enumerate(case_days)
        for number, day in enumerate(days)
    ]
    return pd.DataFrame(rows, columns=["case_id", "activity", "timestamp", "resource"])


def proposed(events: pd.DataFrame):
    clock = effort_clock(events)
    times = events["timestamp"].dt.tz_localize(None).astype("datetime64[us]")
    arrivals = times.groupby(events["case_id"], sort=False).min().to_numpy()
    return propose_horizon(clock, arrivals, times.max().to_datetime64())


def test_the_shortest_horizon_from_which_on_verdicts_hold_is_proposed():
    complex_days, simple_days = [0.0, 1.0, 5.0, 9.5], [0.0, 1.0]
    days = [complex_days if case % 4 == 0 else simple_days for case in range(600)]
    proposal = proposed(events_of(days, np.arange(600.0)))
    assert proposal.rule.within_days <= 10
    assert proposal.share == pytest.approx(0.25, abs=0.01)
    assert not any("still changed" in sentence for sentence in proposal.sentences)


def test_where_verdicts_keep_changing_the_longest_allowed_is_taken_and_said():
    days = [[0.0, 200.0 * (case % 4 == 0) + (case % 40) * 6.0 + 1] for case in range(800)]
    proposal = proposed(events_of(days, np.arange(800.0)))
    assert proposal.rule.within_days <= 90
    assert any("cases still changed their verdict" in sentence for sentence in proposal.sentences)


def test_a_horizon_that_too_few_cases_have_lived_is_not_allowed():
    complex_days, simple_days = [0.0, 1.0, 30.0, 60.0], [0.0, 1.0]
    days = [complex_days if case % 4 == 0 else simple_days for case in range(300)]
    events = events_of(days, np.arange(300.0) / 5)
    proposal = proposed(events[events["timestamp"] <= pd.Timestamp("2023-03-05", tz="UTC")])
    assert proposal.rule.within_days <= 25


def test_bunched_arrivals_waive_the_check_on_what_is_known_in_time_and_it_is_said():
    days = [[0.0, 4.0, 9.0, 14.0] if case % 4 == 0 else [0.0, 4.0] for case in range(400)]
    proposal = proposed(events_of(days, np.arange(400.0) / 100_000))
    assert any("arrive so close together" in sentence for sentence in proposal.sentences)
    assert proposal.share == pytest.approx(0.25, abs=0.05)


def test_the_share_by_fifth_and_of_single_events_is_said():
    days = [[0.0, 3.0, 8.0] if case < 200 and case % 2 else [0.0] for case in range(500)]
    proposal = proposed(events_of(days, np.arange(500.0)))
    assert len(proposal.share_by_fifth) == 5
    assert proposal.share_by_fifth[0] > proposal.share_by_fifth[-1] == 0
    assert proposal.single_event_share == pytest.approx(0.8)
    assert "80% of all cases have a single event" in proposal.sentences


def test_a_log_in_which_nothing_happens_gets_a_rule_that_says_nobody_passes():
    proposal = proposed(events_of([[0.0]] * 50, np.arange(50.0)))
    assert proposal.share == 0
    assert "no case passes any threshold on effort" in proposal.sentences


@pytest.mark.parametrize("cases", [1, 2, 5])
def test_a_handful_of_cases_is_no_error(cases):
    assert proposed(events_of([[0.0, 3.0]] * cases, np.arange(float(cases)))).rule.within_days > 0
