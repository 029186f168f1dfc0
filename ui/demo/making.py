"""Makes the demo of today, or finds it made: the one call behind `stafet demo`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from models.clock import system_clock
from routing.publishing import open_workspace
from routing.standards import day_of
from ui.demo.build import build
from ui.demo.place import built_beside, found_at, mark
from ui.demo.summary import summary
from ui.demo.truth_file import write_truth

OLDER = "The demo that stands here is of another day; it is built anew, so that its open cases are of today."


def make_demo(
    root: Path, say: Callable[[str], None], *, now: datetime | None = None, scale: float = 1.0
) -> dict[str, Any]:
    """See that today's demo stands in `root`; what it has to show, and how many seconds it took.

    Raises:
        InputError: something else stands there, or another run is building it.
    """
    begun, moment = perf_counter(), now or system_clock()
    found = found_at(root, day_of(moment))
    if found == "older":
        say(OLDER)
    if found != "of today":
        with built_beside(root) as folder:
            made = build(folder, moment, say, scale=scale)
            write_truth(folder, made.world, made.types)
            mark(folder, day_of(moment))
    opened = open_workspace(root)
    try:
        return {**summary(opened), "seconds": round(perf_counter() - begun, 1)}
    finally:
        opened.database.close()
