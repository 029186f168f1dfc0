"""What an act does to its case: it waits, comes back, goes to somebody else, is to be looked after on a day.

What a case waits for follows from its acts. It comes back to the queue when the answer is in, when somebody takes
it up again, or when the last day has passed: `bring_back_passed` sees to that before a queue is read and before
cases are assessed, so that no list has to ask what day it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from models.cases import WAITING
from models.clock import FAR_FUTURE, danish_day, parse
from models.database import Database, serialise
from models.tables import CASE_FILE

if TYPE_CHECKING:
    from models.case_acts import CaseAct

WAITS = frozenset({
    "parked", "resumed", "asked", "reminded", "answered", "hearing", "hearing_answered", "hearing_exception",
})  # fmt: skip
"""The acts after which a case may wait for something else than before."""

DISPATCH = "dispatch"
AWAITS_LETTER = sa.func.coalesce(CASE_FILE.c.awaiting, "") == DISPATCH
"""SQL: the case is decided, and open only until the letter has left; nothing that is done to it changes that."""
UNSENT = "unsent"
"""The ground of a reopening where the letter of the decision could not be sent."""
CLOSED: dict[str, Any] = {"status": "closed", "awaiting": None, "awaiting_until": None}
"""How a case stands that has ended, beside the time it did."""


def waits_for(acts: Sequence[CaseAct], today: str) -> tuple[str | None, str | None]:
    """What a case with these acts waits for, and the last day: the one that ends first of those that have not.

    `today` is a day in Denmark.
    """
    begun = {act.id: act for act in acts}
    waits: dict[int, tuple[str, str]] = {}
    for act in acts:
        if act.kind in ("asked", "hearing", "parked"):
            waits[act.id] = (str(act.until), str(act.content.get("of", act.kind)))
        elif act.kind == "reminded" and act.about_act is not None:
            waits[act.about_act] = (str(act.until), str(begun[act.about_act].content["of"]))
        elif act.kind in ("answered", "hearing_answered") and act.about_act is not None:
            waits.pop(act.about_act, None)
        elif act.kind == "hearing_exception":
            waits = {number: wait for number, wait in waits.items() if wait[1] != "hearing"}
        elif act.kind in ("resumed", "reopened"):
            waits = {}
    until, awaited = min((wait for wait in waits.values() if wait[0] >= today), default=(None, None))
    return awaited, until


def follow(connection: sa.Connection, act: CaseAct, acts: Sequence[CaseAct]) -> None:
    """Do to the case what follows from its newest act; `acts` are all that it has, this one the last."""
    changes: Mapping[str, Any] = {}
    if act.kind in WAITS:
        awaited, until = waits_for(acts, danish_day(parse(act.at)))
        changes = {"awaiting": awaited, "awaiting_until": until}
    elif act.kind in FOLLOWS:
        changes = FOLLOWS[act.kind](act)
    if not changes:
        return
    which = of_case(act.case_type, act.case_id)
    if act.kind == "conflict":
        which &= CASE_FILE.c.assigned_to == act.by_id
    elif act.kind in WAITS:
        which &= (CASE_FILE.c.status == "open") & ~AWAITS_LETTER
    change(connection, which, changes)


def handed_over(act: CaseAct) -> Mapping[str, Any]:
    """A case goes to a colleague, or to a team that the rules do not take it from again."""
    team = act.content["to_team"]
    return {"assigned_to": act.to_user, **({} if team is None else {"team": team, "team_given": team})}


def reopened(act: CaseAct) -> Mapping[str, Any]:
    """A case is open again, waits for nothing, is with whoever took it up again, and has its time anew.

    Where the citizen was never told of the decision, the time has gone on, and the case stands where it stood.
    """
    if act.content["ground"] == UNSENT:
        return {"awaiting": None, "awaiting_until": None, "assigned_to": act.by_id}
    stands = {"status": "open", "closed_at": None, "awaiting": None, "awaiting_until": None}
    queued = sa.func.coalesce(CASE_FILE.c.queue_by, FAR_FUTURE)
    return {**stands, "taken_up_at": act.at, "queue_by": queued, "assigned_to": act.by_id}


FOLLOWS: Mapping[str, Callable[[CaseAct], Mapping[str, Any]]] = {
    "handed_over": handed_over,
    "conflict": lambda _act: {"assigned_to": None},
    "reopened": reopened,
    "follow_up": lambda act: {"follow_up_on": act.until},
    "followed_up": lambda _act: {"follow_up_on": None},
}
"""What follows from an act by itself."""


def of_case(case_type: str, case_id: str) -> sa.ColumnElement[bool]:
    """The file of one case."""
    return (CASE_FILE.c.case_type == case_type) & (CASE_FILE.c.case_id == case_id)


def change(connection: sa.Connection, which: sa.ColumnElement[bool], changes: Mapping[str, Any]) -> int:
    """Change case files, and say so in their version; returns how many."""
    version = CASE_FILE.c.row_version + 1
    return connection.execute(CASE_FILE.update().where(which).values(**changes, row_version=version)).rowcount


def bring_back_passed(database: Database) -> int:
    """Bring the cases back whose last day of waiting has passed; writes only where there is one."""
    passed = sa.text(WAITING) & (CASE_FILE.c.awaiting_until < danish_day(database.clock()))
    with database.read() as connection:
        if connection.execute(sa.select(CASE_FILE.c.case_id).where(passed).limit(1)).first() is None:
            return 0
    with database.write() as connection:
        serialise(connection)
        return change(connection, passed, {"awaiting": None, "awaiting_until": None})
