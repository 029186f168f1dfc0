"""A case type's past, from the records, in the form in which the engine learns and derives features from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import Frame
from engine.arrivals import CaseFlow, flow_of
from engine.history import History
from engine.stated import stated_from_json
from engine.typed_facts import frame_from_json
from models.case_reader import StoredCases, load_cases, load_events
from routing.relay import Cases

NEVER = np.datetime64("1970-01-01", "us")


@dataclass(frozen=True)
class Past:
    """A history, whose case each is (n,), and what was stated; None where no case says."""

    history: History
    citizens: NDArray[np.object_] | None
    stated: Frame | None = None

    @cached_property
    def flow(self) -> CaseFlow:
        """Arrivals and work around every case, for derived features."""
        return flow_of(self.history, self.citizens)

    @property
    def cases(self) -> Cases:
        """The same cases as the relay takes them."""
        history = self.history
        return Cases(
            history.facts, history.arrivals, history.consents, self.flow, self.citizens, stated=self.stated
        )


def history_of(connection: sa.Connection, case_type: CaseType) -> Past:
    """Every case of the type, open and closed, with its latest facts and all its events.

    Observation ends with the last event on record: what happened later has not been seen.
    """
    stored = load_cases(connection, case_type.key)
    events = load_events(connection, case_type.key)
    last = events["timestamp"].dt.tz_localize(None).max() if len(events) else None
    until = NEVER if last is None else np.datetime64(last, "us")
    history = History(
        facts=frame_from_json(stored.case_ids, stored.facts, case_type),
        arrivals=stored.received_at,
        events=events,
        observed_until=max(until, stored.received_at.max()) if len(stored) else until,
        consents=stored.consents,
        sampling=stored.sampling,
    )
    return Past(history, citizens_of(stored), stated_from_json(stored.case_ids, stored.stated, case_type))


def citizens_of(stored: StoredCases) -> NDArray[np.object_] | None:
    """Whose case each is (n,), None where no case says."""
    if not any(stored.citizen_refs):
        return None
    return np.array(stored.citizen_refs, dtype=object)
