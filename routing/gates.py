"""The gates: conditions that must all hold before the machine may draft; a new gate is one entry in `GATES`.

A gate takes what is known of n cases and answers (n,) bool, True where it is CLOSED. Gates are asked in order and
every closed one is kept. `blind_review` comes last, since only a case that all others let through can be drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Standing:
    """What the gates may ask about n cases of one type; every array is (n,).

    Attributes:
        says_draft: the matching rule says `draft` and the floor is silent.
        may_draft: the type is live, in shadow or drafting, not stopped.
        is_light: the type's weight is light.
        needs_outcome: the type has criteria; without them only letters without an outcome are drafted.
        decided: the criteria decide the case.
        outcome_may_be_drafted: the outcome is fully in favour, or the file allows drafting it.
        below_threshold: the raw score is below the guaranteed threshold of each of the case's groups; False where
            there is no score or no threshold.
        novel: unlike the cases the model has learnt from; False where nothing was scored.
        adds_up: contributions and base value make the raw score; True where nothing was scored.
        withheld: the citizen keeps a value from the model that the model or the criteria would use.
        draw: given who is still open (n,), who is drawn for blind review (n,); in shadow everybody.
    """

    says_draft: Mask
    may_draft: bool
    is_light: bool
    needs_outcome: bool
    decided: Mask
    outcome_may_be_drafted: Mask
    below_threshold: Mask
    novel: Mask
    adds_up: Mask
    withheld: Mask
    draw: Callable[[Mask], Mask]

    def __len__(self) -> int:
        return len(self.says_draft)

    def everywhere(self, closed: bool) -> Mask:
        """The same answer for every case."""
        return np.full(len(self), closed)


Gate = Callable[[Standing, Mask], Mask]

GATES: dict[str, Gate] = {
    "rule": lambda standing, _: ~standing.says_draft,
    "status": lambda standing, _: standing.everywhere(not standing.may_draft),
    "weight": lambda standing, _: standing.everywhere(not standing.is_light),
    "criteria": lambda standing, _: ~standing.decided & standing.needs_outcome,
    "complexity": lambda standing, _: ~standing.below_threshold,
    "novelty": lambda standing, _: standing.novel,
    "explanation": lambda standing, _: ~standing.adds_up,
    "consent": lambda standing, _: standing.withheld,
    "outcome": lambda standing, _: standing.decided & ~standing.outcome_may_be_drafted,
    "blind_review": lambda standing, open_so_far: standing.draw(open_so_far),
}
GATE_NAMES = tuple(GATES)


def closed_gates(standing: Standing) -> NDArray[np.uint16]:
    """Shape (n,): bit `i` is set where gate `GATE_NAMES[i]` is closed; 0 where the machine may draft."""
    closed = np.zeros(len(standing), dtype=np.uint16)
    for position, gate in enumerate(GATES.values()):
        closed |= gate(standing, closed == 0).astype(np.uint16) << np.uint16(position)
    return closed


def would_be_drafts(closed: NDArray[np.uint16]) -> Mask:
    """Shape (n,): cases that every gate but the draw lets through."""
    would: Mask = (closed & ~np.uint16(bits_of(["blind_review"]))) == 0
    return would


def names_of(bits: int) -> tuple[str, ...]:
    """The closed gates of one case, in their fixed order.

    Example:
        >>> names_of(bits_of(["weight", "rule"]))
        ('rule', 'weight')
    """
    return tuple(name for position, name in enumerate(GATE_NAMES) if bits >> position & 1)


def bits_of(names: Iterable[str]) -> int:
    """The opposite of `names_of`."""
    return sum(1 << GATE_NAMES.index(name) for name in set(names))
