"""Hands an absent colleague's cases to named people or to the team; what has changed meanwhile is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from models.accounts import DECIDING_ROLES
from models.act_store import record_act
from models.case_acts import acts_of_many
from models.cases import QUEUED, WAITING
from models.people import User
from models.queue import case_file
from models.tables import CASE_FILE, USER_ACCOUNT
from ui.caseworker.machine_roles import Named

AT_ONCE = 25
"""So many cases stand on one page and are handed over by one form."""
TEAM = "team"
Target = int | None
"""Whom a case goes to: a person's number, or None for the team."""


@dataclass(frozen=True)
class Colleague:
    """Somebody whose cases can be handed over, or who can take them; `cases` counts those of this team."""

    id: int
    full_name: str
    cases: int = 0


@dataclass(frozen=True)
class HandedOver:
    """What became of the cases that were to be handed over.

    Attributes:
        left: those that the colleague no longer had.
        conflicts: those that stay, for whoever they were meant for has declared a conflict of interest.
    """

    done: list[Named] = field(default_factory=list)
    left: list[Named] = field(default_factory=list)
    conflicts: list[Named] = field(default_factory=list)


def held(team: str, user_id: int) -> sa.ColumnElement[bool]:
    """SQL: a case of the team that somebody has."""
    return (CASE_FILE.c.team == team) & (CASE_FILE.c.assigned_to == user_id)


def takers(connection: sa.Connection, team: str) -> list[Colleague]:
    """The team's own people who handle cases, by name."""
    here = (USER_ACCOUNT.c.team == team) & (USER_ACCOUNT.c.kind == "person") & USER_ACCOUNT.c.disabled_at.is_(None)
    query = sa.select(USER_ACCOUNT.c.id, USER_ACCOUNT.c.full_name).where(
        here, USER_ACCOUNT.c.role.in_(DECIDING_ROLES)
    )
    return [
        Colleague(row.id, row.full_name) for row in connection.execute(query.order_by(USER_ACCOUNT.c.full_name))
    ]


def holders(connection: sa.Connection, team: str, most: int) -> list[Colleague]:
    """Everybody who has open cases of the team, whether or not they belong to it; counted up to `most` + 1."""
    people = sa.select(USER_ACCOUNT.c.id, USER_ACCOUNT.c.full_name).where(USER_ACCOUNT.c.kind == "person")
    found = []
    for row in connection.execute(people.order_by(USER_ACCOUNT.c.full_name)).all():
        cases = len(cases_of(connection, team, row.id, most + 1))
        if cases:
            found.append(Colleague(row.id, row.full_name, cases))
    return found


def cases_of(connection: sa.Connection, team: str, user_id: int, limit: int = AT_ONCE) -> list[sa.Row]:
    """Somebody's open cases of the team: those to go on with, nearest deadline first, then those that wait."""
    columns = [CASE_FILE.c[name] for name in ("case_type", "case_id", "citizen_ref", "received_at")]
    found: list[sa.Row] = []
    for which, first in ((QUEUED, "queue_by"), (WAITING, "awaiting_until")):
        query = sa.select(*columns).where(held(team, user_id), sa.text(which))
        ordered = query.order_by(*(CASE_FILE.c[name] for name in (first, "received_at", "case_type", "case_id")))
        if len(found) < limit:
            found += connection.execute(ordered.limit(limit - len(found))).all()
    return found


def hand_over(
    connection: sa.Connection,
    lead: User,
    sign_in_id: int,
    from_user: int,
    targets: Mapping[Named, Target],
    note: str,
) -> HandedOver:
    """Hand cases over, each by an act of its own under the lead's sign-in.

    Raises:
        InputError: somebody whom a case goes to no longer works here.
        RefusedError: the records refuse it, for the sign-in has ended above all.
    """
    told = HandedOver()
    for (case_type, case_id), target in targets.items():
        file = case_file(connection, case_type, case_id)
        if file is None or (file["team"], file["assigned_to"], file["status"]) != (lead.team, from_user, "open"):
            told.left.append((case_type, case_id))
        elif target is not None and has_conflict(connection, case_type, case_id, target):
            told.conflicts.append((case_type, case_id))
        else:
            record_act(
                connection,
                case_type=case_type,
                case_id=case_id,
                sign_in_id=sign_in_id,
                kind="handed_over",
                content={"note": note, "because": "absence", "from_user": from_user},
                to_user=target,
            )
            told.done.append((case_type, case_id))
    return told


def has_conflict(connection: sa.Connection, case_type: str, case_id: str, user_id: int) -> bool:
    """Whether somebody has declared that they may take no part in a case."""
    acts = acts_of_many(connection, case_type, [case_id], ["conflict"]).get(case_id, [])
    return any(act.by_id == user_id for act in acts)
