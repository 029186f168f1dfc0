"""Reports about children: read by whoever is on duty, on any day, within 24 hours; some wait right now."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from ui.demo.simulator.calendar import Moments
from ui.demo.simulator.events import DECIDED
from ui.demo.simulator.handling import Work, in_order
from ui.demo.simulator.kind import Kind
from ui.demo.simulator.staff import handlers_of, lead_of

WAITING = (timedelta(minutes=50), timedelta(hours=6, minutes=10), timedelta(hours=17, minutes=25))
"""So long ago came the reports that wait for somebody now; each has 24 hours."""


def waiting_now(now: np.datetime64) -> Moments:
    """When the reports came in that nobody has answered yet."""
    return np.array([now - np.timedelta64(ago) for ago in WAITING[::-1]], dtype="datetime64[m]").astype(
        "datetime64[us]"
    )


def answer(random: np.random.Generator, kind: Kind, received: Moments, now: np.datetime64) -> Work:
    """Somebody on duty reads each report, two speak about it, and it is assessed within 1 to 20 hours."""
    n, team = len(received), list(handlers_of(kind.team))
    hours = 1 + 19 * random.beta(1.3, 2.2, n)
    still_open = np.isin(received, waiting_now(now))
    hours = np.where(still_open, np.maximum(hours, (now - received) / np.timedelta64(1, "h") + 3), hours)
    assessed = received + (hours * 60).astype("timedelta64[m]")
    by = np.array(team, dtype=object)[random.integers(0, len(team), n)]
    read = received + ((hours * 0.3) * 60).astype("timedelta64[m]")
    spoken = received + ((hours * 0.8) * 60).astype("timedelta64[m]")
    later = np.where(still_open[:, None], assessed[:, None], np.stack([read, spoken, assessed], axis=1)).ravel()
    activities = ["Læst af vagten", "Drøftet med holdleder", DECIDED] * n
    people = [who for first in by for who in (first, lead_of(kind.team), first)]
    return in_order(received, np.repeat(np.arange(n), 3), later, activities, people, by.tolist(), kind.applies)
