"""What the simulator is told of a case type, and what it draws for each case of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ui.demo.simulator.calendar import Days
from ui.demo.simulator.people import Citizens

Values = NDArray[Any]
LEAST, ONE_THING, TWO_THINGS = 0.003, 0.24, 0.22
ANOTHER = 9.5
CHANNELS = ("digital", "brev", "fremmoede")


@dataclass(frozen=True)
class Applications:
    """`n` cases as they come in: whose each is, on which day, in office hours or not, through which channel."""

    citizens: Citizens
    received_on: Days
    in_office_hours: NDArray[np.bool_]
    channels: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.citizens)

    @property
    def ages(self) -> NDArray[np.int64]:
        """Shape (n,): the citizen's age on the day."""
        return self.citizens.ages_on(self.received_on)


@dataclass(frozen=True)
class Drawn:
    """What is drawn for `n` cases; every array is (n,).

    Attributes:
        facts: field -> values; None in an array of objects, or NaN, where nothing is known.
        difficulty: of the case, from all that is known at intake: registers, application and papers.
        hidden: what comes on top of that and nobody can know at intake; 0 where nothing does.
        stated: field -> what the application says of it.
        consents: field -> "yes", "no" or "".
        assessed_as: what a report about a child is assessed as by those who read it.
    """

    facts: Mapping[str, Values]
    difficulty: NDArray[np.float64]
    hidden: NDArray[np.float64] | None = None
    stated: Mapping[str, Values] = field(default_factory=dict)
    consents: Mapping[str, Values] = field(default_factory=dict)
    assessed_as: Values | None = None


@dataclass(frozen=True)
class Kind:
    """One case type as the simulator lives it.

    Attributes:
        prefix: begins the reference numbers of its citizens.
        cases: about how many come in two years.
        months: how many come in January, ..., December, against an ordinary month.
        ages: the youngest and oldest citizen today.
        growth: so much more come in today than a year ago, and so much less did two years ago.
        team: who takes the cases.
        within_days: after so many days effort no longer counts.
        most_simple_days: a simple case is done within so many days; a longer one is complex.
        draw: facts and truth of cases; the last argument is the day from which on the type has drifted.
        is_heavy: a person answers at once, and no effort is measured.
        applies, examined: what the first step is called, and the one in which facts are looked into.
    """

    name: str
    prefix: str
    cases: int
    months: tuple[float, ...]
    ages: tuple[int, int]
    team: str
    within_days: int
    most_simple_days: int
    draw: Callable[[np.random.Generator, Applications, np.datetime64], Drawn]
    growth: float = 0.0
    is_heavy: bool = False
    applies: str = "Ansøgning modtaget"
    examined: str = "Oplysninger kontrolleret"


def probability(difficulty: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of complex effort: an easy case goes wrong now and then, a hard one often, a very hard one mostly.

    Example:
        >>> probability(np.array([-6.0, 0.0, 3.0, 9.0])).round(2).tolist()
        [0.0, 0.12, 0.23, 0.33]
    """
    one_thing, another = _logistic(difficulty), _logistic(difficulty - ANOTHER)
    return LEAST + ONE_THING * one_thing + TWO_THINGS * another


def _logistic(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-values)))


def chosen(random: np.random.Generator, words: tuple[str, ...], shares: tuple[float, ...], n: int) -> Values:
    """Shape (n,): words, drawn with these shares."""
    return random.choice(np.array(words, dtype=object), n, p=shares)


def first_or_fifteenth(days: Days) -> Days:
    """The first or fifteenth of a month on or after each day: when leases and places begin.

    Example:
        >>> first_or_fifteenth(np.array(["2026-11-24", "2026-11-03"], dtype="datetime64[D]")).astype(str).tolist()
        ['2026-12-01', '2026-11-15']
    """
    month = days.astype("datetime64[M]")
    first, middle = month.astype("datetime64[D]"), month.astype("datetime64[D]") + 14
    later = np.where(days <= middle, middle, (month + 1).astype("datetime64[D]"))
    return np.where(days == first, first, later)


def happens(random: np.random.Generator, n: int, share: float) -> NDArray[np.bool_]:
    """Shape (n,): true in about this share."""
    return np.asarray(random.random(n) < share)


def with_gaps(random: np.random.Generator, values: Values, share: float) -> Values:
    """The values as objects, about this share of them missing."""
    return np.where(random.random(len(values)) < share, None, values.astype(object))


def yes_or_no(values: Values) -> Values:
    """True and false as a log writes them; what is missing stays so."""
    return np.array([None if one is None else "true" if one else "false" for one in values.tolist()], dtype=object)


def consent_answers(random: np.random.Generator, n: int, *, yes: float, no: float) -> Values:
    """Shape (n,): "yes", "no", or nothing."""
    return chosen(random, ("yes", "no", ""), (yes, no, 1 - yes - no), n)
