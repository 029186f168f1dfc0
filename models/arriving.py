"""Cases on their way into the records, and the temporary tables in which the database meets them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from config.errors import InputError
from models.case_salts import SALT_BYTES
from models.citizens import ToldOfCitizens
from models.clock import stamp_many
from models.waiting import fill, make_temporary

Times = NDArray[np.datetime64]
ANSWERS = {1: "yes", 0: "no"}

INCOMING = {
    "incoming_case": "case_id TEXT{c} PRIMARY KEY, received_at TEXT{c}, closed_at TEXT{c}, channel TEXT{c},"
    " citizen_ref TEXT{c}, facts TEXT{c}, stated TEXT{c}, salt {blob}",
    "incoming_event": "case_id TEXT{c}, at TEXT{c}, activity TEXT{c}, resource TEXT{c}, occurrence INTEGER",
    "incoming_consent": "case_id TEXT{c}, field TEXT{c}, answer TEXT{c}, answered_at TEXT{c}",
}


@dataclass(frozen=True)
class Arriving:
    """`n` cases of one case type with their `m` events, as read from one file. Times are datetime64 in UTC.

    All events that the file has of one case belong into one `Arriving`: an event that stands twice in a file is
    two events, and the same two when the file comes again.

    Attributes:
        case_ids: (n,) each once.
        received_at: (n,) the first event that the file has of each case.
        case_of_event: (m,) each event's case, as a row number; event_times, activities, resources beside it.
        facts: (n,) one JSON object a case, or None where the file says nothing about facts.
        stated: (n,) what the applications say of some facts, one JSON object a case, `{}` where one says nothing;
            None where the file has no such columns: then what is on record stays.
        citizens: who the citizens are that `citizen_refs` name, each once.
        closed_at: (n,) NaT where the case is open; None where all are.
        consents: field -> (n,) int8: 1 yes, 0 no, -1 not answered; consent_at (n,) when, by default on arrival.
    """

    case_ids: Sequence[str]
    received_at: Times
    case_of_event: NDArray[np.intp]
    event_times: Times
    activities: Sequence[str]
    resources: Sequence[str | None]
    facts: Sequence[str] | None = None
    closed_at: Times | None = None
    channels: Sequence[str | None] | None = None
    citizen_refs: Sequence[str | None] | None = None
    citizens: ToldOfCitizens | None = None
    stated: Sequence[str] | None = None
    consents: Mapping[str, NDArray[np.int8]] = field(default_factory=dict)
    consent_at: Times | None = None

    def __len__(self) -> int:
        return len(self.case_ids)

    def case_rows(self) -> Iterator[tuple[Any, ...]]:
        """Rows of `incoming_case`; every case brings the salt it will have if it is new."""
        n = len(self)
        nothing: list[None] = [None] * n
        random = os.urandom(SALT_BYTES * n)
        salts = (random[start : start + SALT_BYTES] for start in range(0, SALT_BYTES * n, SALT_BYTES))
        closed = nothing if self.closed_at is None else stamp_many(self.closed_at)
        given = (self.channels, self.citizen_refs, self.facts, self.stated)
        columns = (nothing if column is None else column for column in given)
        return zip(self.case_ids, stamp_many(self.received_at), closed, *columns, salts, strict=True)

    def event_rows(self) -> Iterator[tuple[Any, ...]]:
        """Rows of `incoming_event`, by case, time, activity and resource; equal ones are counted."""
        seen: Counter[tuple[Any, ...]] = Counter()
        who = ("" if resource is None else resource for resource in self.resources)
        times = stamp_many(np.asarray(self.event_times))
        for case, *event in zip(self.case_of_event.tolist(), times, self.activities, who, strict=True):
            same = (case, *event)
            seen[same] += 1
            yield self.case_ids[case], *event, seen[same]

    def consent_rows(self) -> Iterator[tuple[Any, ...]]:
        """Rows of `incoming_consent`: only answers that were given."""
        when = np.asarray(self.received_at) if self.consent_at is None else np.asarray(self.consent_at)
        answered_at = stamp_many(np.where(np.isnat(when), self.received_at, when))
        for name, answers in self.consents.items():
            for row in np.flatnonzero(np.asarray(answers) >= 0).tolist():
                yield self.case_ids[row], name, ANSWERS[int(answers[row])], answered_at[row]


def receive(connection: sa.Connection, arriving: Arriving) -> None:
    """Fill the temporary tables; they are gone when `let_go` is called or the unit of work is undone.

    Raises:
        InputError: a case id is empty or stands twice.
    """
    refuse_unusable(arriving)
    rows = {
        "incoming_case": arriving.case_rows(),
        "incoming_event": arriving.event_rows(),
        "incoming_consent": arriving.consent_rows(),
    }
    for table, columns in INCOMING.items():
        make_temporary(connection, table, columns)
        fill(connection, table, columns.count(",") + 1, rows[table])


def let_go(connection: sa.Connection) -> None:
    """Drop the temporary tables."""
    for table in INCOMING:
        connection.exec_driver_sql(f"DROP TABLE {table}")


def refuse_unusable(arriving: Arriving) -> None:
    """Case ids must name cases."""
    seen: set[str] = set()
    for case_id in arriving.case_ids:
        if not case_id:
            raise InputError("a case has no id; give every case one")
        if case_id in seen:
            raise InputError(f"case {case_id} stands twice among the cases; give each case once")
        seen.add(case_id)
    if np.isnat(np.asarray(arriving.received_at)).any():
        row = int(np.flatnonzero(np.isnat(np.asarray(arriving.received_at)))[0])
        raise InputError(f"case {arriving.case_ids[row]} has no time of arrival; give its first event a timestamp")
