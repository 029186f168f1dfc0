"""What a row of the speed table is, how pieces of work are timed side by side, and how the results are told."""

from __future__ import annotations

import importlib
import json
import pkgutil
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

from benchmarks import rows


@dataclass(frozen=True)
class Scale:
    """How large the run is: `cases` of the batch, `repeats` of what is quick."""

    cases: int = 1_000_000
    repeats: int = 7


@dataclass(frozen=True)
class Row:
    """One row of the speed table.

    `measure` gives the ratio; with `better` "more" it must be at least `reach`, with "less" at most.
    """

    name: str
    what: str
    reach: float
    aim: float
    better: Literal["more", "less"]
    measure: Callable[[Scale], float]

    def result(self, ratio: float) -> dict[str, Any]:
        """The row of results.json."""
        met = ratio >= self.reach if self.better == "more" else ratio <= self.reach
        return {"name": self.name, "ratio": round(ratio, 4), "reach": self.reach, "aim": self.aim, "met": met}


def all_rows() -> list[Row]:
    """Every row: one file each in `benchmarks/rows`, in the order of their `PLACE`."""
    modules = [
        importlib.import_module(f"{rows.__name__}.{one.name}") for one in pkgutil.iter_modules(rows.__path__)
    ]
    return [module.ROW for module in sorted(modules, key=lambda module: module.PLACE)]


def seconds(work: Callable[[], Any]) -> float:
    """Wall-clock seconds of one call."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def medians(works: Sequence[Callable[[], Any]], repeats: int) -> list[float]:
    """Median seconds of each piece of work, in turns, so that a busy moment of the machine hits all alike."""
    for work in works:
        work()
    taken = [[seconds(work) for work in works] for _ in range(repeats)]
    return [statistics.median(of_work) for of_work in zip(*taken, strict=True)]


def tell(results: Sequence[dict[str, Any]], all_of_them: Sequence[Row], path: Path) -> None:
    """Write results.json and print the table."""
    path.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    what = {row.name: row for row in all_of_them}
    table = Table("row", "what", "ratio", "reach", "aim", "met")
    for result in results:
        row = what[result["name"]]
        sign = "≥" if row.better == "more" else "≤"
        reached = "yes" if result["met"] else "NO"
        table.add_row(row.name, row.what, f"{result['ratio']:g}", f"{sign} {row.reach:g}", f"{row.aim:g}", reached)
    Console().print(table)
