"""What people write as their reasons: short, in their own words, and not the same each time."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

TEXTS = resources.files("ui.demo") / "texts" / "reasons.csv"
EVERY_TYPE, CHECKED, OF_A_DRAFT, OF_A_CHANGED_DRAFT = "*", "checked", "draft", "changed draft"


def reason(case_type: str, outcome: str, leaning: float) -> str:
    """A reason for an outcome; `leaning`, in [0, 1), chooses among those there are."""
    fitting = texts(case_type, outcome)
    return fitting[int(leaning * 7919) % len(fitting)]


@cache
def texts(case_type: str, outcome: str) -> tuple[str, ...]:
    """All reasons for an outcome of a case type."""
    with TEXTS.open(encoding="utf-8", newline="") as lines:
        rows = [
            row["text"]
            for row in csv.DictReader(lines)
            if (row["case_type"], row["outcome"]) == (case_type, outcome)
        ]
    return tuple(rows)
