"""A page of the queue among a million open cases on SQLite, against the health page."""

from __future__ import annotations

from benchmarks.harness import Row, Scale
from benchmarks.queue_site import beyond_its_own, take

PLACE = 5


def measure(scale: Scale) -> float:
    """How many health pages a page of the list takes, beyond its own two milliseconds."""
    return beyond_its_own(take("sqlite", scale.cases))


ROW = Row("queue_sqlite", "a page of the queue less 2 ms, of the health page", 4.0, 3.0, "less", measure)
