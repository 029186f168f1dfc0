"""The complex share of the reviewed cases as a line with what the reviews leave open, beside the promise."""

from __future__ import annotations

from dataclasses import dataclass

from config.translate import Translator
from config.words import Words
from routing.watched import Evidence

WIDTH = 640
EDGE = 90
"""Nearer to an end than this a label is written inwards."""

ROOM = 1.25
"""The line reaches a quarter further than the promise, or the share where that is more."""


@dataclass(frozen=True)
class SharePicture:
    """Where things stand on a line of 640 points from none to `most` of 100 cases.

    The interval begins at `low` and is `width` long, cut at the line's end; `here` is the share, `promise` the
    promise, each with the way its label runs.
    """

    low: float
    width: float
    here: float
    here_anchor: str
    promise: float
    promise_anchor: str
    here_label: str
    promise_label: str
    most_label: str


def share_picture(evidence: Evidence, promise: float, say: Translator, words: Words) -> SharePicture | None:
    """The picture of one sequence's reviews; None before the first of them has a label."""
    if evidence.all.labelled == 0:
        return None
    share = evidence.all.complex / evidence.all.labelled
    most = min(1.0, ROOM * max(2 * promise, share))

    def at(part: float) -> float:
        return round(min(part / most, 1.0) * WIDTH, 1)

    return SharePicture(
        low=at(evidence.between.low),
        width=round(at(evidence.between.high) - at(evidence.between.low), 1),
        here=at(share),
        here_anchor=anchor(at(share)),
        promise=at(promise),
        promise_anchor=anchor(at(promise)),
        here_label=say("{n} of 100 complex", n=words.number(share * 100, 1)),
        promise_label=say("promised: at most {n}", n=words.number(round(promise * 100, 6))),
        most_label=say("{n} of 100", n=words.number(most * 100, 0)),
    )


def anchor(x: float) -> str:
    """Which way a label runs from its mark.

    Example:
        >>> anchor(0.0), anchor(320.0), anchor(640.0)
        ('start', 'middle', 'end')
    """
    return "start" if x < EDGE else "end" if x > WIDTH - EDGE else "middle"
