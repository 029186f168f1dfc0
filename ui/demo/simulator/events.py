"""What is done on a case, step by step: a few quiet steps by one person, or many by many, or a long wait.

A step is (working days since the one before, activity, who). Whether a case becomes complex is settled before; the
steps then make it so: at least three people, or the same steps again and again, or too many days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ui.demo.simulator.kind import Kind
from ui.demo.simulator.staff import handlers_of, lead_of

Step = tuple[int, str, str | None]
URGENT = 0.3
"""From this probability on the citizen is called at once, and the case is decided within a day or two."""

DECIDED = "Afgørelse"
ASSESSED = "Vurdering noteret"
"""What is said of a report about a child is no decision."""

SENT = "Brev sendt"


@dataclass(frozen=True)
class Hands:
    """Who has a case: the one who decides it, the colleagues who help, and the lead of the team."""

    first: str
    others: tuple[str, ...]
    lead: str


def hands(random: np.random.Generator, kind: Kind) -> Hands:
    """Draw whose case it becomes."""
    team = list(handlers_of(kind.team))
    random.shuffle(team)
    return Hands(team[0], tuple(team[1:]), lead_of(kind.team))


def quiet(random: np.random.Generator, kind: Kind, who: Hands) -> list[Step]:
    """A simple case: opened, checked, perhaps a paper asked for, decided."""
    steps: list[Step] = [(_from(random, 1, 3), "Sag oprettet", who.first)]
    if random.random() < 0.22:
        steps += [(_from(random, 0, 1), "Bedt om oplysninger", who.first)]
        steps += [(_from(random, 1, 3), "Oplysninger modtaget", None)]
    steps += [(_from(random, 0, 3), kind.examined, who.first)]
    if random.random() < 0.12:
        steps += [(_from(random, 0, 1), kind.examined, who.others[0])]
    return [*steps, *_end(random, who)]


def many_hands(random: np.random.Generator, kind: Kind, who: Hands) -> list[Step]:
    """Three people or more: a colleague's view, a meeting of the team, the lead."""
    return [
        (_from(random, 1, 3), "Sag oprettet", who.first),
        (_from(random, 0, 3), kind.examined, who.first),
        (_from(random, 1, 3), "Faglig vurdering", who.others[0]),
        (_from(random, 1, 2), "Drøftet på teammøde", who.lead),
        *_end(random, who),
    ]


def again_and_again(random: np.random.Generator, kind: Kind, who: Hands) -> list[Step]:
    """The citizen is asked twice, and the same is checked three times."""
    steps: list[Step] = [(_from(random, 1, 2), "Sag oprettet", who.first)]
    for _ in range(2):
        steps += [(_from(random, 0, 1), "Bedt om oplysninger", who.first)]
        steps += [(_from(random, 1, 4), "Oplysninger modtaget", None)]
        steps += [(0, kind.examined, who.first)]
    return [*steps, *_end(random, who)]


def hearing(random: np.random.Generator, kind: Kind, who: Hands) -> list[Step]:
    """The citizen is heard (partshøring) about what registers say, and two colleagues read it with the first."""
    return [
        (_from(random, 1, 2), "Sag oprettet", who.first),
        (_from(random, 0, 2), "Partshøring sendt", who.first),
        (_from(random, 3, 8), "Partshøring besvaret", None),
        (_from(random, 0, 1), "Faglig vurdering", who.others[0]),
        (_from(random, 0, 2), "Drøftet på teammøde", who.lead),
        *_end(random, who),
    ]


def at_once(random: np.random.Generator, who: Hands, is_complex: bool) -> list[Step]:
    """The citizen is called on the first working day; where it is complex, a colleague and the lead join."""
    steps: list[Step] = [(1, "Borger kontaktet", who.first)]
    if is_complex:
        steps += [(0, "Faglig vurdering", who.others[0]), (0, "Drøftet på teammøde", who.lead)]
    return [*steps, (_from(random, 0, 1), DECIDED, who.first), (0, SENT, None)]


COMPLEX: tuple[Callable[[np.random.Generator, Kind, Hands], list[Step]], ...] = (
    many_hands,
    again_and_again,
    hearing,
)
A_DRAFT_WAITS = (3, 7)
"""So many working days, fewest and most: calls and urgent cases come first."""

LONG_SHARE = 0.15
"""How many complex cases also lie for long."""


def steps_of(
    random: np.random.Generator, kind: Kind, probability: float, is_complex: bool
) -> tuple[list[Step], str]:
    """The steps of one case after it came in, and who decides it."""
    who = hands(random, kind)
    if probability >= URGENT:
        return at_once(random, who, is_complex), who.first
    if not is_complex:
        return quiet(random, kind, who), who.first
    steps = COMPLEX[int(random.integers(len(COMPLEX)))](random, kind, who)
    if random.random() < LONG_SHARE:
        wait, activity, by = steps[-2]
        steps[-2] = (wait + _from(random, 6, 12), activity, by)
    return steps, who.first


def drafted(random: np.random.Generator, kind: Kind) -> tuple[list[Step], str]:
    """The steps of a case that the machine drafts: one person checks what is proposed, and decides."""
    who = hands(random, kind)
    return [
        (_from(random, *A_DRAFT_WAITS), "Forslag kontrolleret", who.first),
        (0, DECIDED, who.first),
        (0, SENT, None),
    ], (who.first)


def _end(random: np.random.Generator, who: Hands) -> list[Step]:
    return [(_from(random, 0, 2), DECIDED, who.first), (0, SENT, None)]


def _from(random: np.random.Generator, fewest: int, most: int) -> int:
    return int(random.integers(fewest, most + 1))
