"""People at work: each signs in before the first thing they do that day, and every act is theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
import sqlalchemy as sa

from models.clock import parse, stamp
from models.decision_store import Decided, Hearing, record_decision
from models.people import User
from models.professional_assessments import record_professional_assessment
from models.sign_ins import SignedIn, begin_sign_in
from ui.demo.clock import SetClock
from ui.demo.hearings import heard_before
from ui.demo.reasons import reason
from ui.demo.running import Running

BEFORE_THE_FIRST_ACT = timedelta(minutes=6)
STAYS = timedelta(hours=12)
BeforeSigning = Callable[[Hearing | None, int], None]
"""Told how it stands with the hearing, and under which sign-in."""


@dataclass
class Office:
    """Who is here, and since when."""

    clock: SetClock
    users: Mapping[str, User]
    signed_in: dict[str, SignedIn] = field(default_factory=dict)

    def sign_in_of(self, connection: sa.Connection, name: str) -> int:
        """The sign-in under which somebody acts now; begun a moment ago where there is none."""
        held = self.signed_in.get(name)
        if held is None or parse(held.expires_at) <= self.clock.at + timedelta(hours=1):
            held = begin_sign_in(connection, self.users[name], method="password", longest=STAYS)
            self.signed_in[name] = held
        return held.id

    def signed_in_at(self, name: str) -> str:
        """When somebody signed in last."""
        return stamp(parse(self.signed_in[name].expires_at) - STAYS)

    def decide(
        self,
        connection: sa.Connection,
        running: Running,
        row: int,
        assessment: int | None,
        *,
        is_draft: bool,
        before_signing: BeforeSigning,
    ) -> Decided | None:
        """Decide a case as planned, with its draft if they see one; or assess a report about a child."""
        at, who = as_datetime(running.decided_at[row]), str(running.decided_by[row])
        self.clock.move_to(at - BEFORE_THE_FIRST_ACT)
        sign_in = self.sign_in_of(connection, who)
        self.clock.move_to(at)
        case_id, verdicts = str(running.cases.case_ids[row]), running.verdicts
        facts = {name: values[row] for name, values in running.cases.drawn.facts.items()}
        running.is_settled[row] = True
        if running.cases.kind.is_heavy:
            assert running.cases.drawn.assessed_as is not None
            result = str(running.cases.drawn.assessed_as[row])
            record_professional_assessment(
                connection, case_type=running.name, case_id=case_id, sign_in_id=sign_in,
                result=result, reasons=reason(running.name, result, float(verdicts.leaning[row]), facts),
            )  # fmt: skip
            return None
        outcome = verdicts.outcome(row)
        hearing = heard_before(connection, running, row, outcome, sign_in)
        before_signing(hearing, sign_in)
        return record_decision(
            connection, case_type=running.name, case_id=case_id, sign_in_id=sign_in, outcome=outcome,
            reasons=verdicts.reasons(row, outcome, facts, is_draft=is_draft), assessment_id=assessment,
            draft_use=verdicts.draft_use(row) if is_draft else None, hearing=hearing,
        )  # fmt: skip


@dataclass(frozen=True)
class Deed:
    """Something that is done at a moment."""

    at: np.datetime64
    do: Callable[[], object]


@dataclass(frozen=True)
class Due:
    """A case that is to be decided at a moment, by its row."""

    at: np.datetime64
    running: Running
    row: int


def due_between(types: Mapping[str, Running], since: np.datetime64, until: np.datetime64) -> list[Due]:
    """All that is to be decided after one moment and not after another."""
    return [
        Due(running.decided_at[row], running, int(row))
        for running in types.values()
        for row in running.due(since, until)
    ]


def reports_between(running: Running, since: np.datetime64, until: np.datetime64) -> list[np.datetime64]:
    """When reports about children come on record after one moment and not after another; of other types none."""
    if not running.cases.kind.is_heavy:
        return []
    arrives = running.cases.received + ARRIVES
    return list(arrives[(arrives > since) & (arrives <= until)])


ARRIVES = np.timedelta64(2, "m")
"""A report about a child is on record two minutes after it came, whatever the hour."""


def as_datetime(moment: np.datetime64) -> datetime:
    """A moment in UTC as the records' clock tells it."""
    return moment.astype("datetime64[us]").item().replace(tzinfo=UTC)


def as_moment(at: datetime) -> np.datetime64:
    """The opposite of `as_datetime`."""
    return np.datetime64(at.astimezone(UTC).replace(tzinfo=None), "us")
