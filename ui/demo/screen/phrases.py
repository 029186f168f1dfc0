"""What people write on the screen in a hurry: short, true of the case, and often nothing at all."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

from ui.demo.reasons import EVERY_TYPE, Reason

TEXTS = resources.files("ui.demo") / "texts"
PARTICULAR = 0.75
"""In so many cases of which something particular can be said, it is said."""


def phrase(file: str, case_type: str, sort: str, facts: Mapping[str, object], random: tuple[float, float]) -> str:
    """A text of one sort that is true of a case; `random` are two numbers in [0, 1) that choose."""
    own = [one for one in phrases(file, case_type, sort) if one.fits(facts)]
    fitting = [*own, *(one for one in phrases(file, EVERY_TYPE, sort) if one.fits(facts))]
    particular = [one for one in fitting if one.when]
    general = [one for one in own if not one.when] or [one for one in fitting if not one.when]
    among = particular if particular and (random[0] < PARTICULAR or not general) else general
    return among[int(random[1] * len(among))].text if among else ""


@cache
def phrases(file: str, case_type: str, sort: str) -> tuple[Reason, ...]:
    """All texts of one sort about a case type."""
    return tuple(Reason(when, text) for key, of, when, text in all_of(file) if (key, of) == (case_type, sort))


@cache
def all_of(file: str) -> tuple[tuple[str, str, str, str], ...]:
    """Case type, sort, of which cases it is true, and the text."""
    with (TEXTS / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple((row["case_type"], row["sort"], row["when"], row["text"]) for row in csv.DictReader(lines))
