"""Two texts side by side, word by word: what stands in both, and what in one of them alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Literal

WORD = re.compile(r"\s+|\S+")
MOST_WORDS = 12_000
"""Longer texts are told apart line by line."""

Sort = Literal["same", "only_first", "only_second"]


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stands in both texts, or in one of them alone."""

    sort: Sort
    text: str


def difference(first: str, second: str) -> tuple[Piece, ...]:
    """How to come from the first text to the second.

    Example:
        >>> [(one.sort, one.text) for one in difference("The rent is high", "The rent is low")]
        [('same', 'The rent is '), ('only_first', 'high'), ('only_second', 'low')]
    """
    before, after = WORD.findall(first), WORD.findall(second)
    if max(len(before), len(after)) > MOST_WORDS:
        before, after = first.splitlines(keepends=True), second.splitlines(keepends=True)
    if max(len(before), len(after)) > MOST_WORDS or not are_alike(before, after):
        steps: list[Piece] = [Piece("only_first", first), Piece("only_second", second)]
    else:
        steps = aligned(before, after)
    found = (Piece(sort, "".join(one.text for one in run)) for sort, run in groupby(steps, attrgetter("sort")))
    return tuple(piece for piece in found if piece.text)


def are_alike(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether one text can be read as a changed form of the other; of two strangers each is read better whole.

    Example:
        >>> are_alike(["rent", "is", "high"], ["rent", "is", "low"]), are_alike(["a", "b"], ["c"])
        (True, False)
    """
    counted = Counter(word for word in before if not word.isspace())
    shared = counted & Counter(word for word in after if not word.isspace())
    return 3 * shared.total() >= counted.total()


def aligned(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    """The words of both in one row, by a longest common subsequence.

    The lengths are kept as bits, a whole row of the table in one number (H. Hyyrö, "Bit-parallel LCS-length
    computation revisited", 2004), so that texts that repeat themselves take no longer than others.
    """
    rows = lengths(before, after)
    column, row = len(before), len(after)
    steps: list[Piece] = []
    while column and row:
        if rows[row - 1] >> (column - 1) & 1:
            column -= 1
            steps.append(Piece("only_first", before[column]))
            continue
        row -= 1
        if row and not rows[row - 1] >> (column - 1) & 1:
            steps.append(Piece("only_second", after[row]))
        else:
            column -= 1
            steps.append(Piece("same", before[column]))
    steps += [Piece("only_second", word) for word in reversed(after[:row])]
    steps += [Piece("only_first", word) for word in reversed(before[:column])]
    return in_runs(steps[::-1])


def lengths(before: Sequence[str], after: Sequence[str]) -> list[int]:
    """One number a word of `after`: bit i is 0 where the common subsequence grows at word i of `before`."""
    places: dict[str, int] = {}
    for place, word in enumerate(before):
        places[word] = places.get(word, 0) | 1 << place
    all_ones = (1 << len(before)) - 1
    state, rows = all_ones, []
    for word in after:
        met = state & places.get(word, 0)
        state = ((state + met) | (state - met)) & all_ones
        rows.append(state)
    return rows


def in_runs(steps: Sequence[Piece]) -> list[Piece]:
    """Between two words that stand in both, first all of the one text alone, then all of the other."""
    ordered: list[Piece] = []
    for _, run in groupby(steps, lambda one: one.sort == "same"):
        ordered += sorted(run, key=attrgetter("sort"))  # a run of words that stand in both keeps its order
    return ordered
