"""Measures the rows of the speed table: `python -m benchmarks [NAME ...] [--cases N] [--repeats N]`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "ARROW_NUM_THREADS": "1",
}


def on_one_core() -> None:
    """Bind this process to one core, and start it anew where its libraries would take more threads."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    if any(os.environ.get(name) != value for name, value in ONE_THREAD.items()):
        os.execve(
            sys.executable, [sys.executable, "-m", "benchmarks", *sys.argv[1:]], {**os.environ, **ONE_THREAD}
        )


def main() -> int:
    """Measure, write results.json; exit 1 when a row is not met."""
    on_one_core()
    from benchmarks.harness import Scale, all_rows, tell

    known = all_rows()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *(row.name for row in known)], metavar="NAME")
    parser.add_argument("--cases", type=int, default=Scale.cases, help="cases of the batch rows")
    parser.add_argument("--repeats", type=int, default=Scale.repeats)
    given = parser.parse_args()
    scale = Scale(given.cases, given.repeats)
    chosen = [row for row in known if not given.names or row.name in given.names]
    results = []
    for row in chosen:
        print(f"{row.name} ...", file=sys.stderr, flush=True)
        results.append(row.result(row.measure(scale)))
    tell(results, known, Path(__file__).with_name("results.json"))
    return 0 if all(result["met"] for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
