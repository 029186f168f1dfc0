"""What the application says where a register knows it too: the same, save in some cases where they disagree."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from ui.demo.simulator.kind import Values

Changed = Callable[[np.random.Generator, Values], Values]
"""Another value that somebody might have written instead."""


def stated(
    random: np.random.Generator, facts: Mapping[str, Values], changes: Mapping[str, Changed], share: float
) -> tuple[dict[str, Values], NDArray[np.bool_]]:
    """What n applications say of the fields in `changes`, and which (n,) of them contradict a register.

    About `share` of the cases contradict it, each in one field; where the register knows nothing there is nothing
    to contradict.
    """
    n = len(next(iter(facts.values())))
    names = tuple(changes)
    wrong = np.where(random.random(n) < share, random.integers(0, len(names), n), -1)
    said: dict[str, Values] = {}
    contradicts = np.zeros(n, dtype=np.bool_)
    for number, name in enumerate(names):
        known = np.array([one is not None for one in facts[name].tolist()])
        here = (wrong == number) & known
        said[name] = facts[name].astype(object)
        said[name][here] = changes[name](random, facts[name][here])
        contradicts |= here
    return said, contradicts


def lower_amount(random: np.random.Generator, values: Values) -> Values:
    """An amount that somebody remembers as lower: 8 to 40 percent, in whole hundreds."""
    low = values.astype(float) * random.uniform(0.6, 0.92, len(values))
    return np.maximum(np.round(low, -2), 0).astype(object)


def one_more(random: np.random.Generator, values: Values) -> Values:
    """A number that is one higher."""
    return (values.astype(int) + 1).astype(object)


def the_other(random: np.random.Generator, values: Values) -> Values:
    """True for false and false for true, as a log writes them."""
    return np.array(["false" if one == "true" else "true" for one in values.tolist()], dtype=object)
