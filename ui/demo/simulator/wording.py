"""Free text as caseworkers and reporters write it: a few sentences, each chosen from those that fit the case."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

TEXTS = resources.files("ui.demo.simulator") / "texts"


@dataclass(frozen=True)
class Sentence:
    """A sentence and the cases it fits; an empty word fits all.

    Attributes:
        part: the place in the text at which it may stand.
        about: what the case is about.
        senders: who may write it.
        youngest, oldest: age of whom it is about.
    """

    part: str
    about: str
    senders: tuple[str, ...]
    youngest: int
    oldest: int
    text: str

    def fits(self, about: str, sender: str, age: int) -> bool:
        """Whether it can be said of a case."""
        is_theirs = not self.senders or sender in self.senders
        return self.about in ("", about) and is_theirs and self.youngest <= age <= self.oldest


def written(
    random: np.random.Generator, file: str, parts: Sequence[str], *, about: str, age: int, sender: str = ""
) -> str:
    """One sentence for each part, in order; a part for which none fits is left out."""
    said = []
    for part in parts:
        fitting = [one.text for one in sentences(file) if one.part == part and one.fits(about, sender, age)]
        if fitting:
            said.append(fitting[int(random.integers(len(fitting)))])
    return " ".join(said)


def can_be_said(file: str, part: str, *, about: str, age: int, sender: str) -> bool:
    """Whether any sentence fits."""
    return any(one.part == part and one.fits(about, sender, age) for one in sentences(file))


@cache
def sentences(file: str) -> tuple[Sentence, ...]:
    """All sentences of a file in `texts/`."""
    with (TEXTS / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Sentence(
                row["part"],
                row["about"],
                tuple(row["from"].split()),
                int(row["youngest"]),
                int(row["oldest"]),
                row["text"],
            )
            for row in csv.DictReader(lines)
        )
