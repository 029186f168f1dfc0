"""One case type on its way through the invented years: what comes in next, and who is to decide what when."""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.arriving import Arriving
from models.citizens import ToldOfCitizens
from ui.demo.simulator import events
from ui.demo.simulator.calendar import Moments, danish_days
from ui.demo.simulator.events import Step
from ui.demo.simulator.handling import work_through
from ui.demo.simulator.simulate import SimulatedCases, World
from ui.demo.told import Told
from ui.demo.verdicts import Verdicts

ARRIVAL_STEPS = 2
Later = tuple[np.datetime64, int, str, str | None]


@dataclass
class Running:
    """The cases of one type while they are lived through.

    Attributes:
        arriving: all `n` cases as the product's own reader takes them, each with its arrival alone.
        verdicts: what people decide of them.
        told: what the records hold of them.
        decided_at, decided_by: (n,) as planned now.
        is_drafted: (n,) the machine has drafted it, and one person checks what it proposes.
        was_drafted: (n,) it has once been drafted.
        is_settled: (n,) it has been decided, or assessed by a person.
        done: the steps so far, in order: (moment, case, activity, who).
    """

    world: World
    cases: SimulatedCases
    arriving: Arriving
    verdicts: Verdicts
    told: Told
    decided_at: Moments = field(init=False)
    decided_by: NDArray[np.object_] = field(init=False)
    is_drafted: NDArray[np.bool_] = field(init=False)
    was_drafted: NDArray[np.bool_] = field(init=False)
    is_settled: NDArray[np.bool_] = field(init=False)
    done: list[Later] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Everything is still to come."""
        work, n = self.cases.work, len(self.cases)
        self.decided_at, self.decided_by = work.decided_at.copy(), work.decided_by.copy()
        self.is_drafted, self.was_drafted, self.is_settled = (np.zeros(n, dtype=np.bool_) for _ in range(3))
        self._row = {case_id: row for row, case_id in enumerate(self.cases.case_ids.tolist())}
        self._round = np.zeros(n, dtype=np.int64)
        everything = zip(work.at, work.case.tolist(), work.activities.tolist(), work.people.tolist(), strict=True)
        self._to_come: list[tuple[np.datetime64, int, int, int, str, str | None]] = [
            (at, row, 0, number, activity, who) for number, (at, row, activity, who) in enumerate(everything)
        ]
        heapq.heapify(self._to_come)

    @property
    def name(self) -> str:
        """The case type."""
        return self.cases.kind.name

    @cached_property
    def usual(self) -> float:
        """The share of complex cases, as people know it."""
        return float(self.cases.is_complex.mean())

    @cached_property
    def ordinary(self) -> float:
        """How complex most cases are, in log-odds."""
        middle = float(np.median(self.cases.known))
        return float(np.log(middle / (1 - middle)))

    def row_of(self, case_id: str) -> int:
        """A case's number here."""
        return self._row[case_id]

    def until(self, now: np.datetime64) -> Arriving | None:
        """The steps until `now` that were not taken in before, with the facts of their cases; None without any."""
        steps: list[Later] = []
        while self._to_come and self._to_come[0][0] <= now:
            at, row, in_round, _, activity, who = heapq.heappop(self._to_come)
            if in_round == self._round[row]:
                steps.append((at, row, activity, who))
        self.done += steps
        return self._arriving(steps) if steps else None

    def draft(self, row: int, now: np.datetime64) -> None:
        """From now on the case is one that the machine has drafted."""
        self._replan(row, now, *events.drafted(self._random(row, 1), self.cases.kind))
        self.is_drafted[row] = self.was_drafted[row] = True

    def undraft(self, row: int, now: np.datetime64) -> None:
        """The draft is withdrawn: people handle the case from now on, as complex as it is."""
        hard = bool(self.cases.is_complex[row])
        self._replan(row, now, *events.steps_of(self._random(row, 2), self.cases.kind, 0.0, hard))
        self.is_drafted[row] = False

    def hold_up(self, row: int, until: np.datetime64) -> None:
        """Nobody gets to the case before the moment given, which the citizen should have heard long before."""
        self._round[row] += 1
        self.decided_at[row] = until

    def due(self, since: np.datetime64, until: np.datetime64) -> NDArray[np.intp]:
        """Cases to be decided after one moment and not after another, in that order."""
        rows = np.flatnonzero((self.decided_at > since) & (self.decided_at <= until) & ~self.is_settled)
        return rows[np.argsort(self.decided_at[rows], kind="stable")]

    def _random(self, row: int, purpose: int) -> np.random.Generator:
        return np.random.default_rng([self.world.seed, zlib.crc32(self.name.encode()), row, purpose])

    def _replan(self, row: int, now: np.datetime64, steps: Sequence[Step], by: str) -> None:
        """Forget what was to come of the case, and plan these steps from now on."""
        received = np.array([now], dtype="datetime64[us]")
        limit = danish_days(received)[0] + np.timedelta64(60, "D")
        work = work_through(
            self._random(row, 3), self.world.diary, received, [(steps, by)], [limit], self.cases.kind.applies
        )
        self._round[row] += 1
        self.decided_at[row], self.decided_by[row] = work.decided_at[0], by
        for number in range(ARRIVAL_STEPS, len(work.at)):
            step = (
                work.at[number],
                row,
                int(self._round[row]),
                number,
                work.activities[number],
                work.people[number],
            )
            heapq.heappush(self._to_come, step)

    def _arriving(self, steps: Sequence[Later]) -> Arriving:
        rows, case = np.unique([row for _, row, _, _ in steps], return_inverse=True)
        return replace(
            take_cases(self.arriving, rows),
            case_of_event=case.astype(np.intp),
            event_times=np.array([at for at, *_ in steps], dtype="datetime64[us]"),
            activities=[activity for _, _, activity, _ in steps],
            resources=[who for *_, who in steps],
        )


def take_cases(arriving: Arriving, rows: NDArray[np.intp]) -> Arriving:
    """The cases at `rows`, without their steps."""
    return replace(
        arriving,
        case_ids=[arriving.case_ids[row] for row in rows],
        received_at=arriving.received_at[rows],
        facts=None if arriving.facts is None else [arriving.facts[row] for row in rows],
        channels=None if arriving.channels is None else [arriving.channels[row] for row in rows],
        citizen_refs=None if arriving.citizen_refs is None else [arriving.citizen_refs[row] for row in rows],
        citizens=None if arriving.citizens is None else _told(arriving, rows),
        stated=None if arriving.stated is None else [arriving.stated[row] for row in rows],
        consents={name: answers[rows] for name, answers in arriving.consents.items()},
        consent_at=None,
    )


def _told(arriving: Arriving, rows: NDArray[np.intp]) -> ToldOfCitizens:
    """What is told of the citizens whose cases are at `rows`."""
    assert arriving.citizens is not None
    assert arriving.citizen_refs is not None
    whole = arriving.citizens
    wanted = {arriving.citizen_refs[row] for row in rows.tolist()}
    kept = [number for number, ref in enumerate(whole.refs) if ref in wanted]
    told = {name: [values[number] for number in kept] for name, values in whole.told.items()}
    return ToldOfCitizens([whole.refs[number] for number in kept], told)
