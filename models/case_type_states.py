"""How far the machine may go with a case type: weight, trial or live, and the phase of drafting."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

import sqlalchemy as sa

from models import audit
from models.database import serialise
from models.tables import CASE_TYPE_STATE

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
) -> State:
    """Let a case type stand elsewhere; nothing is written where it stands there already.

    Raises:
        RefusedError: only a light live type can be in shadow or draft (said when the unit of work ends).
    """
    unit = serialise(connection)
    before = state_of(connection, name)
    after = State(name, weight, status, phase, unit.now, reason)
    if before is not None and (before.weight, before.status, before.phase) == (weight, status, phase):
        return before
    values = asdict(after)
    if before is None:
        connection.execute(CASE_TYPE_STATE.insert().values(**values))
    else:
        connection.execute(CASE_TYPE_STATE.update().where(CASE_TYPE_STATE.c.name == name).values(**values))
    payload = {"weight": weight, "status": status, "phase": phase}
    audit.append(connection, actor=actor, action=STATE_SET, subject=f"case_type:{name}", payload=payload)
    return after
