"""The same batch over its own parts: reading the file, the kernel, and writing the rows."""

from __future__ import annotations

from benchmarks.batch_run import take
from benchmarks.harness import Row, Scale

PLACE = 4


def measure(scale: Scale) -> float:
    """How many times longer the whole takes."""
    taken = take(scale)
    return taken.whole / (taken.read + taken.kernel + taken.write)


ROW = Row("batch_over_parts", "the same over read + kernel + write", 2.0, 1.3, "less", measure)
