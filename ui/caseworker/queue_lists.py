"""One page of the list that was chosen, and what stands beside its cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlencode

import sqlalchemy as sa
from fastapi import Request

from config.bilingual import Language
from models.citizens import citizens_named
from models.clock import danish_day, stamp
from models.people import User
from models.queue import Key, QueuedCase, own_queue, team_queue
from models.waiting_queue import FollowUp, WaitingCase, follow_ups, waiting_queue
from routing.in_force import InForce
from routing.standards import day_of
from ui.caseworker.machine_roles import Named, Numbered, roles_of
from ui.caseworker.queue import Around, QueueWords
from ui.caseworker.queue_filter import AT_A_TIME, Filter, sift
from ui.caseworker.queue_place import read_key, written_key
from ui.caseworker.queue_query import FoundCase, decided_since, free_queue, monday, names_of
from ui.caseworker.queue_search import Sought, cases_sought
from ui.caseworker.queue_search_routes import FOUND, kept_search
from ui.caseworker.queue_waiting import FOLLOWING_KINDS, WAITING_KINDS, Acts, acts_of_cases
from ui.web.site import Site, site_of

ROWS = 25
Unfinished = TypeVar("Unfinished", QueuedCase, WaitingCase)
LISTS = {
    "mine": "Mine",
    "team": "The team's",
    "free": "Not taken",
    "waiting": "Waiting for others",
    "decided": "Decided by me this week",
}
"""Lists and their English names, in the order of the tabs."""
WHOSE = {"mine": "Mine", "team": "The team's"}
"""Whose waiting cases are listed."""


@dataclass(frozen=True)
class Listed:
    """The cases of one page: queued, waiting, or those found or decided (None where another list is shown).

    Attributes:
        next_place: where the next page begins, as an address holds it.
    """

    queued: Sequence[QueuedCase] = ()
    waiting: Sequence[WaitingCase] = ()
    acts: Acts = field(default_factory=dict)
    found: Sequence[FoundCase] | None = None
    more_href: str | None = None
    first_href: str | None = None
    next_place: str | None = None
    what: Sought | None = None
    is_cut: bool = False

    @property
    def unfinished(self) -> Sequence[QueuedCase | WaitingCase]:
        """The open cases of a list."""
        return (*self.queued, *self.waiting)

    @property
    def citizens(self) -> set[str]:
        """The references of everybody whose case is on the page."""
        return {case.citizen_ref for case in (*self.unfinished, *(self.found or ())) if case.citizen_ref}


@dataclass(frozen=True)
class Reader:
    """Who reads a list, and what of it they want to see."""

    site: Site
    user: User
    in_force: InForce
    language: Language
    wanted: Filter

    def fitting(self, connection: sa.Connection, cases: Sequence[Unfinished]) -> list[Unfinished]:
        """Those of some cases that are wanted; the machine's part is looked up only where it is asked for."""
        cases = [case for case in cases if self.wanted.type in ("", case.case_type)]
        if not (self.wanted.step or self.wanted.role):
            return cases
        around = around_of(connection, self.site, self.in_force, cases, set(), viewer=self.user.id)
        now = self.site.database.clock()
        words = QueueWords(self.language, self.in_force.case_types, self.user.id, now, around)
        return [
            case
            for case in cases
            if self.wanted.role in ("", around.role((case.case_type, case.case_id)))
            and self.wanted.step in ("", words.step(case) if isinstance(case, QueuedCase) else "wait")
        ]


@dataclass(frozen=True)
class Following:
    """What a person wanted to look after today."""

    cases: Sequence[FollowUp] = ()
    acts: Acts = field(default_factory=dict)

    @property
    def citizens(self) -> set[str]:
        """The references of those whom it is about."""
        return {case.citizen_ref for case in self.cases if case.citizen_ref}


def listed_for(connection: sa.Connection, reader: Reader, chosen: str, request: Request) -> Listed:
    """What was searched for, or one page of the list that was chosen."""
    if chosen == FOUND:
        return searched(connection, reader.user, list(reader.in_force.case_types), kept_search(request))
    if chosen == "decided":
        week = monday(site_of(request).database.clock())
        return Listed(found=decided_since(connection, reader.user.id, stamp(week), 4 * ROWS))
    after = read_key(request.query_params.get("after", ""))
    if chosen == "waiting":
        return waiting(connection, reader, whose_of(request), after)
    return rows(connection, reader, chosen, after)


def searched(connection: sa.Connection, user: User, case_types: list[str], what: Sought) -> Listed:
    """The team's cases that fit what was written."""
    if user.team is None or not what.text:
        return Listed(found=(), what=what)
    found = cases_sought(connection, user.team, case_types, what)
    return Listed(found=found.cases, is_cut=found.is_cut, what=what)


def rows(connection: sa.Connection, reader: Reader, chosen: str, after: Key | None) -> Listed:
    """One page of a queue, and the addresses of the next and the first."""
    team, user_id = reader.user.team, reader.user.id

    def read(start: Key | None, limit: int) -> list[QueuedCase]:
        if chosen == "mine":
            return own_queue(connection, user_id, after=start, limit=limit)
        ask = team_queue if chosen == "team" else free_queue
        return [] if team is None else ask(connection, team, after=start, limit=limit)

    at_a_time = AT_A_TIME if reader.wanted else ROWS
    shown, then = sift(read, lambda some: reader.fitting(connection, some), after, ROWS, at_a_time=at_a_time)
    more, first = around_page({"list": chosen, **reader.wanted.query}, then, after)
    return Listed(queued=shown, more_href=more, first_href=first, next_place=place_of(then))


def waiting(connection: sa.Connection, reader: Reader, whose: str, after: Key | None) -> Listed:
    """One page of the cases that wait, a person's own or the team's."""
    if whose == "team" and reader.user.team is None:
        return Listed()
    of = {"team": reader.user.team} if whose == "team" else {"user_id": reader.user.id}

    def read(start: Key | None, limit: int) -> list[WaitingCase]:
        return waiting_queue(connection, **of, after=start, limit=limit)

    at_a_time = AT_A_TIME if reader.wanted else ROWS
    shown, then = sift(read, lambda some: reader.fitting(connection, some), after, ROWS, at_a_time=at_a_time)
    more, first = around_page({"list": "waiting", "whose": whose, **reader.wanted.query}, then, after)
    acts = acts_of_cases(connection, shown, WAITING_KINDS)
    return Listed(waiting=shown, acts=acts, more_href=more, first_href=first, next_place=place_of(then))


def place_of(then: Key | None) -> str | None:
    """Where the next page begins; None where there is none."""
    return written_key(then) if then else None


def around_page(where: dict[str, str], then: Key | None, after: Key | None) -> tuple[str | None, str | None]:
    """The addresses of the next page and of the first, None where there is none."""
    more = {**where, "after": written_key(then)} if then else None
    return (f"/cases?{urlencode(more)}" if more else None), (f"/cases?{urlencode(where)}" if after else None)


def whose_of(request: Request) -> str:
    """Whose waiting cases are asked for: one's own unless the address says otherwise."""
    whose = request.query_params.get("whose", "mine")
    return whose if whose in WHOSE else "mine"


def following_of(connection: sa.Connection, site: Site, user: User) -> Following:
    """What a person wanted to look after today or before."""
    cases = follow_ups(connection, user.id, danish_day(site.database.clock()), limit=ROWS)
    return Following(cases, acts_of_cases(connection, cases, FOLLOWING_KINDS))


def around_of(
    connection: sa.Connection,
    site: Site,
    in_force: InForce,
    cases: Sequence[QueuedCase | WaitingCase],
    refs: set[str],
    *,
    viewer: int | None,
) -> Around:
    """What stands beside the open cases of one person's page, and who everybody named by `refs` is."""
    return Around(
        citizens=citizens_named(connection, refs),
        holders=names_of(connection, [case.assigned_to for case in cases]),
        **machines_part(connection, site, in_force, cases, viewer),
    )


def machines_part(
    connection: sa.Connection, site: Site, in_force: InForce, cases: Sequence[Numbered], viewer: int | None
) -> dict[str, dict[Named, object]]:
    """The machine's role in each case, and the checks of its drafts."""
    today = day_of(site.database.clock())
    roles = roles_of(connection, cases, in_force, site.opened.draw_key, today, viewer)
    return {"roles": roles.of, "checks": site.drafts.checks_of(connection, roles.drafted, in_force)}
