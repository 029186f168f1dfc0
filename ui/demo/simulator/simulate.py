"""Two years of Egeby Kommune, from a seed and today: who applied, what was done, and what was true all along."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from ui.demo.simulator import children, events
from ui.demo.simulator.calendar import Calendar, Moments, danish_days
from ui.demo.simulator.handling import Diary, Work, work_through
from ui.demo.simulator.kind import CHANNELS, Applications, Drawn, Kind, chosen
from ui.demo.simulator.numbering import case_numbers
from ui.demo.simulator.people import Citizens, invent
from ui.demo.simulator.truth import probability_at_intake, probability_known
from ui.demo.simulator.types import KINDS

DAYS = 730
DRIFT_DAYS_AGO = 200
CASES_A_CITIZEN = 1.5
ONLINE, ON_PAPER = (0.72, 0.09, 0.19), (0.08, 0.57, 0.35)
"""How citizens with Digital Post apply in office hours, and how the others do: digitally, by letter, in person."""

DANISH_TIME = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True)
class SimulatedCases:
    """`n` cases of one type, in order of arrival; every array is (n,).

    Attributes:
        known: of complex effort, by all that the simulator knows; `at_intake` by what anybody could know then.
        is_complex: what becomes of the case where people handle it.
        leaning: a number in [0, 1) by which a person leans where the law leaves room.
    """

    kind: Kind
    case_ids: NDArray[np.object_]
    received: Moments
    applications: Applications
    drawn: Drawn
    work: Work
    known: NDArray[np.float64]
    at_intake: NDArray[np.float64]
    is_complex: NDArray[np.bool_]
    leaning: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.case_ids)


@dataclass(frozen=True)
class World:
    """The municipality until `now`; what its cases will come to later is in here too, and nobody may look."""

    seed: int
    now: datetime
    calendar: Calendar
    drifts_from: date
    cases: Mapping[str, SimulatedCases]

    @property
    def diary(self) -> Diary:
        """For steps that are planned later."""
        return Diary(self.calendar)


def simulate(seed: int, now: datetime, *, scale: float = 1.0) -> World:
    """Invent the two years that end `now`; the same seed and day give the same people and cases.

    `scale` makes the municipality smaller or larger. Only reports about children, who have 24 hours, depend on the
    time of day.
    """
    moment = np.datetime64(now.astimezone(UTC).replace(tzinfo=None), "us")
    today = now.astimezone(DANISH_TIME).date()
    calendar = Calendar(today - timedelta(days=DAYS), today)
    drifts_from = today - timedelta(days=DRIFT_DAYS_AGO)
    random = {kind.name: np.random.default_rng([seed, zlib.crc32(kind.name.encode())]) for kind in KINDS}
    received = {kind.name: _arrivals(random[kind.name], kind, calendar, moment, scale) for kind in KINDS}
    numbers = case_numbers(received)
    cases = {}
    for kind in KINDS:
        drift = np.datetime64(drifts_from)
        cases[kind.name] = _live_through(
            random[kind.name], kind, calendar, received[kind.name], numbers[kind.name], drift, moment
        )
    return World(seed, now, calendar, drifts_from, cases)


def _arrivals(
    random: np.random.Generator, kind: Kind, calendar: Calendar, now: np.datetime64, scale: float
) -> Moments:
    came = calendar.arrivals(random, kind.cases * scale, kind.months, kind.growth)
    if kind.is_heavy:
        came = np.sort(np.concatenate([came[came < now - np.timedelta64(2, "D")], children.waiting_now(now)]))
    return came[came <= now]


def _live_through(
    random: np.random.Generator,
    kind: Kind,
    calendar: Calendar,
    received: Moments,
    numbers: NDArray[np.object_],
    drifts_from: np.datetime64,
    now: np.datetime64,
) -> SimulatedCases:
    n = len(received)
    pool = invent(
        random, max(int(n / CASES_A_CITIZEN), 1), ages=kind.ages, today=calendar.last, prefix=kind.prefix
    )
    at_work = calendar.is_in_office_hours(received)
    citizens = pool.take(_who_applies(random, pool, at_work))
    applications = Applications(
        citizens, danish_days(received), at_work, _channels(random, citizens.digital_post, at_work)
    )
    drawn = kind.draw(random, applications, drifts_from)
    known = probability_known(drawn)
    is_complex = random.random(n) < known
    if kind.is_heavy:
        work = children.answer(random, kind, calendar, received, drawn.facts["received_from"] != "anonym", now)
    else:
        work = _worked(random, kind, calendar, received, known, is_complex)
    return SimulatedCases(
        kind, numbers, received, applications, drawn, work, known, probability_at_intake(drawn), is_complex,
        random.random(n),
    )  # fmt: skip


def _who_applies(random: np.random.Generator, pool: Citizens, at_work: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Rows of the pool, (n,): whoever writes on paper applies while the town hall is open."""
    n = len(at_work)
    anybody, online = random.integers(0, len(pool), n), np.flatnonzero(pool.digital_post)
    if not len(online):
        return anybody
    return np.where(at_work | pool.digital_post[anybody], anybody, online[random.integers(0, len(online), n)])


def _channels(
    random: np.random.Generator, digital_post: NDArray[np.bool_], at_work: NDArray[np.bool_]
) -> NDArray[np.object_]:
    """Shape (n,): letters are opened and people come in office hours; at night and on Sundays all is digital."""
    n = len(at_work)
    open_online, open_on_paper = chosen(random, CHANNELS, ONLINE, n), chosen(random, CHANNELS, ON_PAPER, n)
    return np.where(at_work, np.where(digital_post, open_online, open_on_paper), CHANNELS[0]).astype(object)


def _worked(
    random: np.random.Generator,
    kind: Kind,
    calendar: Calendar,
    received: Moments,
    known: NDArray[np.float64],
    is_complex: NDArray[np.bool_],
) -> Work:
    steps = [
        events.steps_of(random, kind, probability, hard)
        for probability, hard in zip(known.tolist(), is_complex.tolist(), strict=True)
    ]
    arrived = danish_days(received)
    within = np.timedelta64(kind.most_simple_days - 1, "D")
    latest = [None if hard else day for hard, day in zip(is_complex.tolist(), arrived + within, strict=True)]
    return work_through(random, Diary(calendar), received, steps, latest, kind.applies)
