"""What people write as their reasons: short, in their own words, true of the case, and not the same each time."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from operator import eq, gt, lt

TEXTS = resources.files("ui.demo") / "texts" / "reasons.csv"
EVERY_TYPE, CHECKED, OF_A_CHANGED_DRAFT = "*", "checked", "changed draft"
CONDITION = re.compile(r"(\w+)([=<>])(.+)")
COMPARES: Mapping[str, Callable[[float, float], bool]] = {"<": lt, ">": gt}


@dataclass(frozen=True)
class Reason:
    """A reason, and of which cases it is true: `when` is a field, `=`, `<` or `>`, and a value; or nothing."""

    when: str
    text: str

    def fits(self, facts: Mapping[str, object]) -> bool:
        """Whether it is true of a case; what is not known is not true."""
        if not self.when:
            return True
        found = CONDITION.fullmatch(self.when)
        assert found is not None, self.when
        name, operator, value = found.groups()
        known = facts.get(name)
        if known is None:
            return False
        return eq(str(known), value) if operator == "=" else COMPARES[operator](float(str(known)), float(value))


def reason(case_type: str, outcome: str, leaning: float, facts: Mapping[str, object]) -> str:
    """A reason for an outcome; `leaning`, in [0, 1), chooses among those that fit, the particular ones first."""
    fitting = [one for one in reasons(case_type, outcome) if one.fits(facts)]
    particular = [one for one in fitting if one.when] or fitting
    return particular[int(leaning * 7919) % len(particular)].text


@cache
def reasons(case_type: str, outcome: str) -> tuple[Reason, ...]:
    """All reasons for an outcome of a case type."""
    with TEXTS.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if (row["case_type"], row["outcome"]) == (case_type, outcome)]
    return tuple(Reason(row["when"], row["text"]) for row in rows)
