"""The blind reviews of a case type, from the records: one a case, with its verdict once its horizon is over.

A review is a would-be draft that was drawn and handled by a person who was told nothing. It counts from the moment
that its label is known (arrival + horizon, or the draw where that came later), complex or not. Cases that were on
record before their shadow began are left out: those of them that are still open then are the slow ones, and would
make a promise that is kept look broken.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from config.case_type import CaseType
from engine.effort import is_complex, measure
from engine.labels import horizon_of
from models.blind_reviews import DrawnCases, drawn_cases, events_of_cases, observed_until
from models.clock import parse_many
from routing.sequences import Sequence


@dataclass(frozen=True)
class Reviews:
    """Labelled reviews (n,) in the order in which their labels became known, and how many have none yet.

    Attributes:
        is_complex: the verdict, bool (n,).
        drawn_at: datetime64[us] (n,).
        waiting_since: datetime64[us] (w,): when each review without a label was drawn.
    """

    is_complex: NDArray[np.bool_]
    drawn_at: NDArray[np.datetime64]
    waiting_since: NDArray[np.datetime64]

    def __len__(self) -> int:
        return len(self.is_complex)

    def since(self, moment: str) -> Reviews:
        """The reviews drawn at or after a moment (stored text)."""
        begun = parse_many([moment])[0]
        rows = self.drawn_at >= begun
        return Reviews(self.is_complex[rows], self.drawn_at[rows], self.waiting_since[self.waiting_since >= begun])


def gather_reviews(connection: sa.Connection, case_type: CaseType, sequence: Sequence) -> Reviews:
    """The reviews of one sequence, by the rule for complexity as it is in force."""
    drawn = came_in_time(drawn_cases(connection, case_type.key, sequence.since), sequence)
    rule = case_type.effort_rule
    over_at = drawn.received_at + horizon_of(rule.within_days)
    has_label = over_at <= observed_until(connection, case_type.key)
    labelled = drawn.take(has_label)
    order = np.lexsort((labelled.case_ids.astype(str), np.maximum(over_at[has_label], labelled.drawn_at)))
    labelled = labelled.take(order)
    ids = labelled.case_ids.tolist()
    efforts = measure(events_of_cases(connection, case_type.key, ids), rule.within_days).reindex(ids).fillna(0)
    return Reviews(is_complex(efforts, rule), labelled.drawn_at, drawn.drawn_at[~has_label])


def came_in_time(drawn: DrawnCases, sequence: Sequence) -> DrawnCases:
    """The cases that came on record after the shadow had begun in which, or after which, they were drawn."""
    begun = parse_many(sequence.shadows)
    shadow = np.searchsorted(begun, drawn.drawn_at, side="right") - 1
    return drawn.take(drawn.recorded_at >= begun[shadow])
