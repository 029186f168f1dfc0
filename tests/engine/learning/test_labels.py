"""Labels as known at the time: counting what looks complex early would bias the share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from config.case_type import CaseType
from engine.history import History
from engine.labels import horizon_of, known_at, label_cases

DAY = np.timedelta64(1, "D")
Simulate = Callable[..., tuple[CaseType, History]]


def test_a_label_is_known_when_the_horizon_is_over_and_not_a_moment_before(simulate: Simulate) -> None:
    _, history = simulate(50)
    end = history.arrivals[7] + horizon_of(30)
    assert known_at(history, 30, end)[7]
    assert not known_at(history, 30, end - np.timedelta64(1, "us"))[7]


def test_early_complex_cases_do_not_push_the_share_up(simulate: Simulate) -> None:
    """At 15 days every complex case has passed 10 days, and no label may be read from that."""
    case_type, history = simulate(4000, days=120)
    assert case_type.complexity is not None
    truth = label_cases(history, case_type.complexity).is_complex
    stop = history.arrivals[2000] + 15 * DAY
    seen = history.events[history.events["timestamp"].dt.tz_localize(None) <= stop]
    part = history.arrivals <= stop
    cut = replace(
        history,
        facts=history.facts.take(np.flatnonzero(part)),
        arrivals=history.arrivals[part],
        events=seen,
        observed_until=stop,
        consents={},
    )
    labels = label_cases(cut, case_type.complexity)
    assert not labels.known[history.arrivals[part] > stop - 30 * DAY].any()
    assert (labels.is_complex[labels.known] == truth[part][labels.known]).all()
    assert not labels.is_complex[~labels.known].any()
    assert not labels.weight[~labels.known].any()


def test_a_case_that_the_machine_drafted_has_no_label(simulate: Simulate) -> None:
    case_type, history = simulate(200)
    assert case_type.complexity is not None
    sampling = np.ones(200)
    sampling[3], sampling[5] = np.nan, 0.05
    labels = label_cases(replace(history, sampling=sampling), case_type.complexity)
    assert not labels.known[3]
    assert labels.weight[3] == 0
    assert labels.known[5]
    assert labels.weight[5] == 20


def test_effort_after_the_horizon_does_not_count(simulate: Simulate) -> None:
    case_type, history = simulate(200)
    assert case_type.complexity is not None
    late = history.events.copy()
    late.loc[late["activity"] == "decide", "timestamp"] += np.timedelta64(31, "D")
    labels = label_cases(
        replace(history, events=late, observed_until=history.observed_until + 60 * DAY), case_type.complexity
    )
    assert labels.known.all()
    assert not labels.is_complex.any()


def test_a_single_event_is_told_from_work(simulate: Simulate) -> None:
    case_type, history = simulate(100)
    assert case_type.complexity is not None
    lonely = history.facts.case_ids[4]
    events = history.events[(history.events["case_id"] != lonely) | (history.events["activity"] == "receive")]
    labels = label_cases(replace(history, events=events), case_type.complexity)
    assert np.flatnonzero(labels.single_event).tolist() == [4]
