"""When each step of a case is done: on working days, in opening hours, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ui.demo.simulator.calendar import Calendar, Moments, danish_days, utc
from ui.demo.simulator.events import DECIDED, Step

OPENS, CLOSES = 8 * 60 + 5, 15 * 60 + 40
RECEIPT = "Kvittering sendt"


@dataclass(frozen=True)
class Work:
    """What is done on `n` cases in `m` steps, the arrival and the receipt for it among them.

    Attributes:
        case: (m,) each step's case, as a number; ascending, and within a case in time order.
        at: (m,) UTC.
        activities, people: (m,); nobody is None.
        decided_at: (n,) UTC; decided_by: (n,) user names.
    """

    case: NDArray[np.intp]
    at: Moments
    activities: NDArray[np.object_]
    people: NDArray[np.object_]
    decided_at: Moments
    decided_by: NDArray[np.object_]


@dataclass
class Diary:
    """Steps of cases as they are written down, in days and minutes in Denmark."""

    calendar: Calendar

    def __post_init__(self) -> None:
        """The working days, so that the next one is a place in a list."""
        every = np.arange(self.calendar.first, np.datetime64(self.calendar.last) + 200, dtype="datetime64[D]")
        self.working = every[self.calendar.is_working(every)]

    def written(
        self, random: np.random.Generator, start: int, steps: Sequence[Step], latest: np.datetime64 | None
    ) -> tuple[list[int], list[int]]:
        """Days (as places among the working days) and minutes of the steps, from the working day `start` on.

        A step of no days follows on the same day; nothing is done after the day `latest`.
        """
        cap = len(self.working) - 1
        if latest is not None:
            cap = int(np.searchsorted(self.working, latest, side="right")) - 1
        days, minutes = [], []
        day, minute = start, OPENS
        for number, (wait, activity, _) in enumerate(steps):
            is_same_day = number > 0 and (wait == 0 or day >= cap)
            day = min(day + wait, cap)
            if is_same_day:
                minute += int(random.integers(4, 40))
            else:
                early = activity == "Borger kontaktet"
                minute = int(random.integers(OPENS, OPENS + 70 if early else CLOSES - 180))
            days.append(day)
            minutes.append(minute)
        return days, minutes

    def place_before(self, days: NDArray[np.datetime64]) -> NDArray[np.intp]:
        """Shape (n,): the last working day on or before each day, as a place among the working days."""
        return np.searchsorted(self.working, days, side="right") - 1


def work_through(
    random: np.random.Generator,
    diary: Diary,
    received: Moments,
    steps: Sequence[tuple[Sequence[Step], str]],
    latest: Sequence[np.datetime64 | None],
    arrives: str,
) -> Work:
    """Put the steps of n cases, and who decides each, into the diary; the first two are the arrival itself."""
    start = diary.place_before(danish_days(received))
    case: list[int] = []
    days: list[int] = []
    minutes: list[int] = []
    activities: list[str] = []
    people: list[str | None] = []
    for number, (of_case, _) in enumerate(steps):
        when, minute = diary.written(random, int(start[number]), of_case, latest[number])
        case += [number] * len(of_case)
        days += when
        minutes += minute
        activities += [activity for _, activity, _ in of_case]
        people += [who for _, _, who in of_case]
    later = utc(diary.working[days], np.array(minutes, dtype=np.float64))
    return in_order(
        received, np.array(case, dtype=np.intp), later, activities, people, [by for _, by in steps], arrives
    )


def in_order(
    received: Moments,
    case: NDArray[np.intp],
    later: Moments,
    activities: Sequence[str],
    people: Sequence[str | None],
    decided_by: Sequence[str],
    arrives: str,
    *,
    ends: str = DECIDED,
) -> Work:
    """The steps with the arrival and its receipt before them; `ends` is the step that settles a case."""
    n = len(received)
    every = np.concatenate([np.arange(n), np.arange(n), case])
    at = np.concatenate([received, received + np.timedelta64(1, "m"), later])
    order = np.lexsort((at, every))
    names = np.array([*[arrives] * n, *[RECEIPT] * n, *activities], dtype=object)[order]
    decided = names == ends
    decided_at = np.full(n, np.datetime64("NaT", "us"))
    decided_at[every[order][decided]] = at[order][decided]
    who = np.array([*[None] * (2 * n), *people], dtype=object)[order]
    return Work(every[order], at[order], names, who, decided_at, np.array(decided_by, dtype=object))
