"""The complexity of one case as a place on a scale of a hundred cases, beside the usual and the limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from config.translate import Translator

WIDTH = 640
EDGE = 70
"""Closer to an end than this a label is written inwards."""

APART = 190
"""Labels closer than this would run into each other."""

ABOVE, BELOW, FURTHER_BELOW = 21, 68, 88

LEVEL = 0.05
"""Within so much of the usual share a case is like most others."""

Effort = Literal["simple", "usual", "complex"]
"""How much work is expected, beside what is usual."""


@dataclass(frozen=True)
class Mark:
    """One place on the scale: where its line and label stand, and which way the label runs."""

    x: float
    label: str
    label_y: int
    anchor: str


@dataclass(frozen=True)
class Scale:
    """The marks, the height of the picture, and the same in words and as a number."""

    here: Mark
    usual: Mark | None
    limit: Mark | None
    height: int
    sentence: str
    of_100: int

    @property
    def shows_zero(self) -> bool:
        """Whether there is room for the lower end's label."""
        return all(one.x > 95 for one in (self.usual, self.limit) if one is not None and one.label_y == BELOW)

    @property
    def shows_hundred(self) -> bool:
        """Whether there is room for the upper end's label."""
        return all(one.x < WIDTH - 160 for one in (self.usual, self.limit) if one and one.label_y == BELOW)


def scale_of(complexity: float, usual: float | None, limit: float | None, say: Translator) -> Scale:
    """The scale of one case; `usual` is the share among closed cases, `limit` the highest complexity of a draft.

    Labels stand above for this case, below for the limit; the usual goes where neither is in its way.
    """
    here = mark(complexity, say("{n} this case", n=of_100(complexity)), ABOVE)
    low = None if limit is None else mark(limit, say("{n} limit for drafts", n=of_100(limit)), BELOW)
    middle = None
    if usual is not None:
        middle = mark(usual, say("{n} usual", n=of_100(usual)), place_of_usual(usual, complexity, limit))
    height = FURTHER_BELOW + 6 if middle is not None and middle.label_y == FURTHER_BELOW else BELOW + 6
    sentence = in_words(complexity, usual, limit, say)
    return Scale(here, middle, low, height, sentence, of_100(complexity))


def expected_effort(complexity: float, usual: float) -> Effort:
    """How much work is expected of a case, in the words in which people are asked for it.

    Example:
        >>> expected_effort(0.72, 0.31), expected_effort(0.33, 0.31), expected_effort(0.1, 0.31)
        ('complex', 'usual', 'simple')
    """
    if abs(complexity - usual) <= LEVEL:
        return "usual"
    return "complex" if complexity > usual else "simple"


def of_100(share: float) -> int:
    """A share as so many of a hundred cases.

    Example:
        >>> of_100(0.716)
        72
    """
    return round(share * 100)


def mark(share: float, label: str, label_y: int) -> Mark:
    """A mark with its label turned inwards at the ends."""
    x = round(share * WIDTH, 1)
    anchor = "start" if x < EDGE else "end" if x > WIDTH - EDGE else "middle"
    return Mark(x, label, label_y, anchor)


def place_of_usual(usual: float, complexity: float, limit: float | None) -> int:
    """Above if this case is far, else below if the limit is far, else on a line of its own."""
    if abs(usual - complexity) * WIDTH >= APART:
        return ABOVE
    return BELOW if limit is None or abs(usual - limit) * WIDTH >= APART else FURTHER_BELOW


def in_words(complexity: float, usual: float | None, limit: float | None, say: Translator) -> str:
    """All that the picture shows."""
    sentences = [say("Of 100 cases like this, {n} took extra work.", n=of_100(complexity))]
    if usual is not None:
        sentences.append(say("Usually it is {n}.", n=of_100(usual)))
    sentences.append(
        say("There is no limit for drafts: too little is proved, so a person takes every case.")
        if limit is None
        else say("The limit for drafts is {n}.", n=of_100(limit))
    )
    return " ".join(sentences)
