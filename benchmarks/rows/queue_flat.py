"""A page of the queue among a million open cases, against the same page among ten thousand, on both databases."""

from __future__ import annotations

from benchmarks.harness import Row, Scale
from benchmarks.queue_site import FEW, take

PLACE = 7


def measure(scale: Scale) -> float:
    """How many times longer it takes, on the database where it is longer."""
    return max(take(kind, scale.cases).slower / take(kind, FEW).slower for kind in ("sqlite", "postgresql"))


ROW = Row("queue_flat", "a page of the queue, of the same among 10,000 cases", 1.25, 1.05, "less", measure)
