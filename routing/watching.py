"""Watches a live case type: shadow ends when the promise is borne out, drafting stops when it is broken.

`watch` gathers the blind reviews from the records, decides, and sets the state with an audit entry by the machine,
in one unit of work; run again it changes nothing. Every run of `stafet assess` begins with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from models import audit
from models.case_type_states import set_state
from models.clock import stamp
from models.database import serialise
from routing.in_force import InForce
from routing.publishing import Opened
from routing.sequences import WATCHED, present_sequence
from routing.state_reasons import PROMISE_BORNE_OUT, PROMISE_BROKEN
from routing.watched import Watched, look_at
from routing.weekly_share import ShareSet, monday_of, record_share, share_for, shares_set, weekly_drafts


@dataclass(frozen=True)
class Move:
    """Where a case type must stand from now on, and why."""

    phase: Literal["drafting", "stopped"]
    reason: str


def watch(opened: Opened, name: str) -> Watched:
    """Look at one case type and let it stand where its reviews say; `opened.again()` then sees the new state.

    Raises:
        InputError: no such case type.
    """
    now = opened.database.clock()
    with opened.database.read() as connection:
        seen = look_at(connection, opened.in_force, name, now)
        if move_of(seen) is None and share_due(connection, opened.in_force, seen, now) is None:
            return seen
    with opened.database.write() as connection:
        serialise(connection)
        seen = look_at(connection, opened.in_force, name, now)
        move = move_of(seen)
        if move is not None:
            _move(connection, seen, move)
            seen = look_at(connection, opened.in_force, name, now)
        due = share_due(connection, opened.in_force, seen, now)
        if due is not None:
            record_share(connection, name, due)
            seen = look_at(connection, opened.in_force, name, now)
    return replace(seen, has_moved=move is not None)


def move_of(seen: Watched) -> Move | None:
    """Where the reviews say that the type must go; None where it stays. A broken promise comes first."""
    if seen.evidence is None or seen.phase not in WATCHED:
        return None
    if not seen.evidence.stop.is_silent:
        return Move("stopped", PROMISE_BROKEN)
    if seen.phase == "shadow" and seen.evidence.look.passed_at is not None:
        return Move("drafting", PROMISE_BORNE_OUT)
    return None


def _move(connection: sa.Connection, seen: Watched, move: Move) -> None:
    state = seen.state
    set_state(
        connection,
        state.name,
        weight=state.weight,
        status=state.status,
        phase=move.phase,
        actor=audit.SYSTEM,
        reason=move.reason,
    )


def share_due(connection: sa.Connection, in_force: InForce, seen: Watched, now: datetime) -> ShareSet | None:
    """The share of this week, where the type drafts and none is on record for it yet."""
    sequence = present_sequence(connection, seen.name)
    if seen.phase != "drafting" or sequence is None or sequence.drafting_since is None:
        return None
    monday = monday_of(now)
    earlier = shares_set(connection, seen.name, sequence.drafting_since, stamp(now))
    if any(one.week == monday for one in earlier):
        return None
    drafts_a_week = weekly_drafts(connection, seen.name, sequence, monday)
    least = in_force.rules.blind_review.share
    return ShareSet(monday, share_for(monday, least, drafts_a_week, earlier), drafts_a_week)
