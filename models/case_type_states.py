"""How far the machine may go with a case type: weight, trial or live, and the phase of drafting."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from typing import Literal

import sqlalchemy as sa

from models.case_salts import SALT_BYTES
from models.database import serialise
from models.recording import record_row
from models.tables import CASE_TYPE_STATE, STATE_CHANGE

STATE_SET = "case_type.state"
Phase = Literal["trial", "shadow", "drafting", "stopped"]


@dataclass(frozen=True)
class State:
    """Where a case type stands, since when and why."""

    name: str
    weight: str
    status: str
    phase: str
    since: str
    reason: str | None = None


@dataclass(frozen=True)
class Change:
    """One time that a case type came to stand elsewhere, or began anew where it stood."""

    weight: str
    status: str
    phase: str
    since: str
    reason: str | None
    actor: str


def state_of(connection: sa.Connection, name: str) -> State | None:
    """The state of one case type, None where it was never published."""
    row = connection.execute(sa.select(CASE_TYPE_STATE).where(CASE_TYPE_STATE.c.name == name)).first()
    return None if row is None else State(**row._mapping)


def states(connection: sa.Connection) -> list[State]:
    """Every case type's state, by name."""
    rows = connection.execute(sa.select(CASE_TYPE_STATE).order_by(CASE_TYPE_STATE.c.name))
    return [State(**row._mapping) for row in rows]


def set_state(
    connection: sa.Connection,
    name: str,
    *,
    weight: str,
    status: str,
    phase: Phase,
    actor: str,
    reason: str | None = None,
    anew: bool = False,
) -> State:
    """Let a case type stand elsewhere; nothing is written where it stands there already, unless it begins `anew`.

    Raises:
        RefusedError: only a light live type can be in shadow or draft (said when the unit of work ends).
    """
    unit = serialise(connection)
    before = state_of(connection, name)
    after = State(name, weight, status, phase, unit.now, reason)
    stands_there = before is not None and (before.weight, before.status, before.phase) == (weight, status, phase)
    if before is not None and stands_there and not anew:
        return before
    values = asdict(after)
    if before is None:
        connection.execute(CASE_TYPE_STATE.insert().values(**values))
    else:
        connection.execute(CASE_TYPE_STATE.update().where(CASE_TYPE_STATE.c.name == name).values(**values))
    where = {"weight": weight, "status": status, "phase": phase}
    row = {"case_type": name, **where, "since": unit.now, "reason": reason, "actor": actor}
    record_row(
        connection,
        STATE_CHANGE,
        {**row, "salt": os.urandom(SALT_BYTES)},
        actor=actor,
        action=STATE_SET,
        subject=f"case_type:{name}",
        payload=where,
    )
    return after


def changes_of(connection: sa.Connection, name: str, until: str | None = None) -> list[Change]:
    """Where a case type has stood, oldest first; `until` leaves out what came after that moment."""
    columns = [STATE_CHANGE.c[one] for one in Change.__dataclass_fields__]
    mine = STATE_CHANGE.c.case_type == name
    then = mine if until is None else mine & (STATE_CHANGE.c.since <= until)
    rows = connection.execute(sa.select(*columns).where(then).order_by(STATE_CHANGE.c.id))
    return [Change(**row._mapping) for row in rows]
