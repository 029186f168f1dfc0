"""Whether one rule leaves another nothing to match: told for conditions that are plain conjunctions, else not.

The answer is always on the safe side: a rule is called unreachable only where that is certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import inf

from config.conditions import All, Condition, Leaf
from config.duration import Duration
from config.model import word_of


@dataclass(frozen=True)
class Interval:
    """Numbers (a date by its day) from `low` to `high`; an end that is `open` does not belong to it."""

    low: float = -inf
    high: float = inf
    low_open: bool = False
    high_open: bool = False

    def holds(self, other: Interval) -> bool:
        """Whether every number of `other` lies in here."""
        above = self.low < other.low or (self.low == other.low and (not self.low_open or other.low_open))
        below = self.high > other.high or (self.high == other.high and (not self.high_open or other.high_open))
        return above and below

    def meets(self, other: Interval) -> Interval:
        """The numbers that lie in both."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Interval(low, high, low_open, not high_closed)

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))


def conjunction(condition: Condition) -> list[Leaf] | None:
    """The comparisons that must all hold; None where the condition is more than a plain conjunction."""
    if isinstance(condition, Leaf):
        return [condition]
    if isinstance(condition, All):
        leaves: list[Leaf] = []
        for part in condition.parts:
            inner = conjunction(part)
            if inner is None:
                return None
            leaves += inner
        return leaves
    return None


def covers(earlier: Condition, later: Condition) -> bool:
    """Whether every case that matches `later`, surely or perhaps, so matches `earlier`: it never has its turn.

    Example:
        >>> from config.conditions import parse_condition as when
        >>> covers(when({"age": {"below": 18}}), when({"age": {"below": 12}, "channel": {"equals": "post"}}))
        True
        >>> covers(when({"age": {"below": 12}}), when({"age": {"below": 18}}))
        False
    """
    if earlier == later:
        return True
    first, second = conjunction(earlier), conjunction(later)
    if first is None or second is None:
        return False
    return all(any(_implies(given, wanted) for given in second) for wanted in first)


def is_impossible(condition: Condition) -> bool:
    """Whether no case can match: two of its comparisons leave no value.

    Example:
        >>> from config.conditions import parse_condition as when
        >>> is_impossible(when({"age": {"below": 18, "at_least": 65}}))
        True
    """
    leaves = conjunction(condition) or []
    for number, one in enumerate(leaves):
        for other in leaves[number + 1 :]:
            if one.field == other.field and _exclude(one, other):
                return True
    return False


def _implies(given: Leaf, wanted: Leaf) -> bool:
    if given == wanted:
        return True
    if given.field != wanted.field:
        return False
    ours, theirs = interval_of(wanted), interval_of(given)
    if ours is not None and theirs is not None:
        return ours.holds(theirs)
    allowed, chosen = words_of(wanted), words_of(given)
    return allowed is not None and chosen is not None and chosen <= allowed


def _exclude(one: Leaf, other: Leaf) -> bool:
    first, second = interval_of(one), interval_of(other)
    if first is not None and second is not None:
        return first.meets(second).is_empty
    allowed, chosen = words_of(one), words_of(other)
    if allowed is not None and chosen is not None:
        return not allowed & chosen
    missing = [leaf for leaf in (one, other) if leaf.operator == "is_missing"]
    if len(missing) == 2:
        return one.value != other.value
    return bool(missing) and missing[0].value is True


def interval_of(leaf: Leaf) -> Interval | None:
    """The numbers that a comparison lets through; None where it compares no numbers with a fixed value."""
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    numbers = [_number(value) for value in values]
    known = [number for number in numbers if number is not None]
    if len(known) != len(numbers):
        return None
    match leaf.operator:
        case "equals":
            return Interval(known[0], known[0])
        case "between":
            return Interval(known[0], known[1])
        case "at_least":
            return Interval(low=known[0])
        case "above":
            return Interval(low=known[0], low_open=True)
        case "at_most":
            return Interval(high=known[0])
        case "below":
            return Interval(high=known[0], high_open=True)
    return None


def words_of(leaf: Leaf) -> frozenset[str] | None:
    """The words that `equals`, `in` or `is_true` let through; None for other comparisons."""
    if leaf.operator == "is_true":
        return frozenset({"true" if leaf.value else "false"})
    if leaf.operator not in ("equals", "in"):
        return None
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    if not all(isinstance(value, str | bool) for value in values):
        return None  # 1 and 1.0 are one number and two words
    return frozenset(str(word_of(value)) for value in values if not isinstance(value, Duration))


def _number(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, date):
        return float(value.toordinal())
    return float(value) if isinstance(value, int | float | Decimal) else None
