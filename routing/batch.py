"""Many cases through the relay: in blocks, side by side, the same bits and files whatever the number of workers.

The relay carries each case alone, so blocks change nothing. Only the blocks in the making are held in memory: what
is done is written to the `--out` file, or handed to the records, before the next block is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from routing.assessed import Assessed
from routing.gates import GATE_NAMES, bits_of
from routing.lanes import Lanes, one_lane
from routing.relay import Cases, Standard, carry

CASES_IN_A_BLOCK = 65_536
SIMPLE = np.uint16(bits_of(["complexity", "novelty"]))

Sink = Callable[[Cases, Assessed], None]
"""Takes a block's cases and their assessments, in order."""


@dataclass
class Tally:
    """What a batch has come to so far, in numbers of cases.

    Attributes:
        drafts: every gate open.
        simple: below the threshold of the promise and not novel, whatever the other gates say.
        gates: (number of gates,) for how many cases each is closed.
    """

    cases: int = 0
    drafts: int = 0
    simple: int = 0
    gates: NDArray[np.int64] = field(default_factory=lambda: np.zeros(len(GATE_NAMES), dtype=np.int64))

    def add(self, _: Cases, assessed: Assessed) -> None:
        """Count a block."""
        self.cases += len(assessed)
        self.drafts += int(assessed.is_draft.sum())
        self.simple += int(((assessed.gates & SIMPLE) == 0).sum())
        masks, counts = np.unique(assessed.gates, return_counts=True)
        self.gates += ((masks[:, None] >> np.arange(len(GATE_NAMES))) & 1).T @ counts

    @property
    def routes(self) -> dict[str, int]:
        """Real drafts, and cases that go to a person; both always there."""
        return {"draft": self.drafts, "caseworker": self.cases - self.drafts}

    @property
    def gates_closed(self) -> dict[str, int]:
        """For how many cases each gate is closed; gates that are open for all left out."""
        return {name: int(count) for name, count in zip(GATE_NAMES, self.gates, strict=True) if count}

    @property
    def simple_share(self) -> float | None:
        """Share of the cases that are simple; None where there are none."""
        return self.simple / self.cases if self.cases else None


def blocks_of(cases: Cases, size: int = CASES_IN_A_BLOCK) -> Iterator[Cases]:
    """The cases in blocks of at most `size`, in order; nothing is copied."""
    for start in range(0, len(cases), size):
        yield rows_of(cases, slice(start, start + size))


def rows_of(cases: Cases, rows: slice) -> Cases:
    """The cases in these rows, with the same flow of cases around them."""
    return replace(
        cases,
        facts=cases.facts.take(rows),
        arrivals=cases.arrivals[rows],
        consents={name: answers[rows] for name, answers in cases.consents.items()},
        citizens=None if cases.citizens is None else cases.citizens[rows],
        stated=None if cases.stated is None else cases.stated.take(rows),
    )


def carried(
    blocks: Iterable[Cases], standard: Standard, *, lanes: Lanes = one_lane
) -> Iterator[tuple[Cases, Assessed]]:
    """Each block with its assessments, in order."""
    return lanes(partial(_carry_block, standard), blocks)


def _carry_block(standard: Standard, cases: Cases) -> tuple[Cases, Assessed]:
    return cases, carry(cases, standard)


def poured(blocks: Iterable[tuple[Cases, Assessed]], sinks: Iterable[Sink]) -> Iterator[Assessed]:
    """Hands each block to every sink, then on: who reads this drives the whole batch, a block at a time."""
    into = tuple(sinks)
    for cases, assessed in blocks:
        for sink in into:
            sink(cases, assessed)
        yield assessed
