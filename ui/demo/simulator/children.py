"""Reports about children: read by whoever is on duty, on any day, within 24 hours; some wait right now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from ui.demo.simulator.calendar import Calendar, Moments, danish_days, danish_minutes, utc
from ui.demo.simulator.events import ASSESSED
from ui.demo.simulator.handling import Work, in_order
from ui.demo.simulator.kind import Kind
from ui.demo.simulator.staff import handlers_of, lead_of

WAITING = (
    timedelta(minutes=25),
    timedelta(hours=3, minutes=40),
    timedelta(hours=9, minutes=15),
    timedelta(hours=17, minutes=25),
    timedelta(hours=22, minutes=50),
    timedelta(hours=25, minutes=35),
)
"""So long ago came the reports that wait for somebody now. Each has 24 hours: one has just come, one is nearly
due, and with the last one somebody is too late."""

ON_DUTY = (7 * 60, 22 * 60)
"""Somebody reads from seven in the morning to ten at night, every day; what comes at night waits until then."""

READ = "Læst af vagten"
WITH_LEAD, WITH_COLLEAGUE = "Drøftet med holdleder", "Drøftet med en kollega"
SENDER_CALLED = "Talt med afsenderen"


def waiting_now(now: np.datetime64) -> Moments:
    """When the reports came in that nobody has answered yet."""
    return np.array([now - np.timedelta64(ago) for ago in WAITING[::-1]], dtype="datetime64[m]").astype(
        "datetime64[us]"
    )


@dataclass(frozen=True)
class Steps:
    """When each of n reports was read, its sender called, talked over and assessed; (n,) each."""

    read: Moments
    called: Moments
    talked_over: Moments
    assessed: Moments


def answer(
    random: np.random.Generator,
    kind: Kind,
    calendar: Calendar,
    received: Moments,
    has_name: NDArray[np.bool_],
    now: np.datetime64,
) -> Work:
    """Somebody on duty reads each report, speaks with the sender and one more person, and assesses it.

    Whoever has no name (n,) cannot be called. What waits now has been read, if there was time for that, and will
    be assessed in a future that nobody sees.
    """
    n, team = len(received), np.array(handlers_of(kind.team), dtype=object)
    steps = _planned(random, received)
    still_open = np.isin(received, waiting_now(now))
    later = now + np.timedelta64(3, "h")
    assessed = np.where(still_open, np.maximum(steps.assessed, later), steps.assessed)
    talked_over = np.where(still_open, assessed, steps.talked_over)
    by = random.integers(0, len(team), n)
    other = team[(by + random.integers(1, len(team), n)) % len(team)]
    at_work = calendar.is_in_office_hours(steps.talked_over)
    activities = np.stack(
        [
            np.full(n, READ, dtype=object),
            np.full(n, SENDER_CALLED, dtype=object),
            np.where(at_work, WITH_LEAD, WITH_COLLEAGUE),
            np.full(n, ASSESSED, dtype=object),
        ],
        axis=1,
    )
    people = np.stack([team[by], team[by], np.where(at_work, lead_of(kind.team), other), team[by]], axis=1)
    at = np.stack([steps.read, steps.called, talked_over, assessed], axis=1)
    kept = np.stack([np.ones(n), has_name & (random.random(n) < 0.75), np.ones(n), np.ones(n)], axis=1).astype(
        np.bool_
    )
    case = np.repeat(np.arange(n), kept.sum(axis=1))
    return in_order(
        received, case, at[kept], activities[kept].tolist(), people[kept].tolist(), team[by].tolist(),
        kind.applies, ends=ASSESSED,
    )  # fmt: skip


def _planned(random: np.random.Generator, received: Moments) -> Steps:
    """Each step some while after the one before, while somebody is on duty."""
    n = len(received)
    read = _while_on_duty(random, received, random.integers(6, 75, n))
    called = _while_on_duty(random, read, random.integers(12, 70, n))
    talked_over = _while_on_duty(random, called, random.integers(10, 110, n))
    assessed = _while_on_duty(random, talked_over, random.integers(8, 150, n))
    return Steps(read, called, talked_over, assessed)


def _while_on_duty(random: np.random.Generator, since: Moments, minutes: NDArray[np.int64]) -> Moments:
    """So many minutes later, or early next morning where that is at night."""
    later = since + minutes.astype("timedelta64[m]")
    days, time_of_day = danish_days(later), danish_minutes(later)
    early = ON_DUTY[0] + random.integers(0, 40, len(later))
    is_late, is_early = time_of_day >= ON_DUTY[1], time_of_day < ON_DUTY[0]
    morning = utc(days + is_late.astype("timedelta64[D]"), early.astype(np.float64))
    return np.where(is_late | is_early, np.maximum(morning, later), later)
