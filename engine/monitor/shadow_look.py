"""The looks at which shadow may end: at 100 labelled blind reviews, then at 200, 400, 800 and so on.

At each look the first n reviews of the shadow are counted; it ends at the first look that finds at most the
promised share of them complex. At a promise of 5 % a look at 100 passes 79 % of the time where 4 % are truly
complex, and 6 % where 10 % are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FIRST_LOOK = 100
ROUNDING = 1e-9
"""Keeps 5 % of 100 at 5."""


@dataclass(frozen=True)
class ShadowLook:
    """What the looks have found so far.

    Attributes:
        passed_at: the look at which the promise was borne out, None where none has.
        next_at: the number of labelled reviews of the next look.
        may_be_complex: how many of those may be complex.
    """

    passed_at: int | None
    next_at: int
    may_be_complex: int


def looks() -> Iterator[int]:
    """100, 200, 400, ... without end."""
    n = FIRST_LOOK
    while True:
        yield n
        n *= 2


def most_complex(n: int, promise: float) -> int:
    """How many of n reviews may be complex: the whole number at or below the promised share of them.

    Example:
        >>> most_complex(100, 0.05), most_complex(100, 0.055)
        (5, 5)
    """
    return int(np.floor(n * promise + ROUNDING))


def shadow_look(is_complex: NDArray[np.bool_], promise: float) -> ShadowLook:
    """Look at the reviews (n,) of one shadow, in the order in which their labels became known.

    Looking late changes nothing: with 250 labels it is still the first 100, then the first 200 that are counted.

    Example:
        >>> reviews = np.zeros(250, dtype=bool)
        >>> reviews[:6] = True
        >>> shadow_look(reviews[:100], 0.05)
        ShadowLook(passed_at=None, next_at=200, may_be_complex=10)
        >>> shadow_look(reviews, 0.05).passed_at
        200
    """
    for n in looks():
        allowed = most_complex(n, promise)
        if len(is_complex) < n:
            return ShadowLook(None, n, allowed)
        if int(is_complex[:n].sum()) <= allowed:
            return ShadowLook(n, n, allowed)
    raise AssertionError("the looks have no end")
