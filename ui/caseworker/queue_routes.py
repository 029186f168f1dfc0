"""The queue's page: which list, from where on, and what to look for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

import sqlalchemy as sa
from fastapi import APIRouter, Request
from starlette.responses import Response

from config.translate import Translator
from config.words import DANISH_TIME
from models.case_waiting import bring_back_passed
from models.citizens import citizens_named
from models.clock import stamp
from models.people import User
from models.queue import QueuedCase, next_case, own_queue, team_queue
from models.tables import CASE_FILE
from routing.in_force import InForce
from routing.standards import day_of
from routing.state_reasons import reason_in_words
from ui.caseworker.machine_roles import roles_of
from ui.caseworker.queue import Around, QueueWords, read_key, written_key
from ui.caseworker.queue_query import (
    MOST_COUNTED,
    FoundCase,
    cases_by_number,
    counted_up_to,
    decided_since,
    free_queue,
    has_unrouted,
    names_of,
)
from ui.web.language import language_of
from ui.web.page_errors import no_such_page
from ui.web.site import Site, site_of

ROWS = 25
LISTS = {
    "mine": "Mine",
    "team": "The team's",
    "free": "Not taken",
    "decided": "Decided by me this week",
}
"""Lists and their English names, in the order of the tabs."""

router = APIRouter()


@router.get("/cases", name="queue")
def queue(request: Request) -> Response:
    """The queue of a person and their team."""
    site, user = site_of(request), request.state.visitor.user
    chosen = request.query_params.get("list", "")
    search = request.query_params.get("search", "").strip()[:200]
    if chosen not in ("", *LISTS) or not search.isprintable():
        raise no_such_page()
    say = Translator(language_of(request))
    bring_back_passed(site.database)
    with site.database.read() as connection:
        in_force = site.current.read(connection)
        counts = {"mine": count(connection, CASE_FILE.c.assigned_to == user.id)}
        counts |= team_counts(connection, user)
        chosen = chosen or ("mine" if counts["mine"] != "0" else "free")
        listed = listed_for(connection, user, in_force, chosen, search, request)
        following = next_case(connection, user.team, user.id) if user.team else None
        around = around_of(connection, site, in_force, listed, following)
        unrouted = has_unrouted(connection)
    words = QueueWords(language_of(request), in_force.case_types, user.id, site.database.clock(), around)
    return site.pages.page(
        request,
        "queue.html",
        title=say("Cases"),
        tabs_items=[(say(label), f"/cases?list={key}", counts.get(key), key == chosen and not search)
              for key, label in LISTS.items()],
        list_name=say(LISTS[chosen]),
        chosen=chosen,
        search=search,
        next_case=words.next_case(following) if following else None,
        team=user.team,
        unrouted=unrouted,
        free_count=counts.get("free", "0"),
        stopped=stopped_types(in_force, words, say),
        groups=words.groups(listed.queued),
        found=None if listed.found is None else [words.found(case) for case in listed.found],
        more_href=listed.more_href,
        first_href=listed.first_href,
    )  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """The cases of one page: those of a queue, or those found or decided, None where a queue is shown."""

    queued: Sequence[QueuedCase] = ()
    found: Sequence[FoundCase] | None = None
    more_href: str | None = None
    first_href: str | None = None

    @property
    def citizens(self) -> set[str]:
        """The references of everybody whose case is on the page."""
        return {case.citizen_ref for case in (*self.queued, *(self.found or ())) if case.citizen_ref}


def listed_for(
    connection: sa.Connection, user: User, in_force: InForce, chosen: str, search: str, request: Request
) -> Listed:
    """What was searched for, or one page of the list that was chosen."""
    if search:
        types = list(in_force.case_types)
        return Listed(found=[] if user.team is None else cases_by_number(connection, user.team, types, search))
    if chosen == "decided":
        week = monday(site_of(request).database.clock())
        return Listed(found=decided_since(connection, user.id, stamp(week), 4 * ROWS))
    return rows(connection, user, chosen, request)


def around_of(
    connection: sa.Connection, site: Site, in_force: InForce, listed: Listed, following: QueuedCase | None
) -> Around:
    """What stands beside the cases of one page."""
    refs = listed.citizens | ({following.citizen_ref} if following and following.citizen_ref else set())
    roles = roles_of(connection, listed.queued, in_force, site.opened.draw_key, day_of(site.database.clock()))
    return Around(
        citizens=citizens_named(connection, refs),
        holders=names_of(connection, [case.assigned_to for case in listed.queued]),
        roles=roles.of,
        checks=site.drafts.checks_of(connection, roles.drafted, in_force),
    )


def count(connection: sa.Connection, whose: sa.ColumnElement[bool]) -> str:
    """A number of open cases as a tab shows it; beyond a hundred nobody needs the digits."""
    number = counted_up_to(connection, whose)
    return str(number) if number <= MOST_COUNTED else f"{MOST_COUNTED}+"


def team_counts(connection: sa.Connection, user: User) -> dict[str, str]:
    """The counts of the team's two lists."""
    if user.team is None:
        return {"team": "0", "free": "0"}
    of_team = CASE_FILE.c.team == user.team
    return {
        "team": count(connection, of_team),
        "free": count(connection, of_team & CASE_FILE.c.assigned_to.is_(None)),
    }


def rows(connection: sa.Connection, user: User, chosen: str, request: Request) -> Listed:
    """One page of a queue, and the addresses of the next and the first."""
    after = read_key(request.query_params.get("after", ""))
    page: list[QueuedCase] = []
    if chosen == "mine":
        page = own_queue(connection, user.id, after=after, limit=ROWS + 1)
    elif user.team is not None:
        ask = team_queue if chosen == "team" else free_queue
        page = ask(connection, user.team, after=after, limit=ROWS + 1)
    shown = page[:ROWS]
    more = urlencode({"list": chosen, "after": written_key(shown[-1].key)}) if len(page) > ROWS else None
    return Listed(
        queued=shown,
        more_href=f"/cases?{more}" if more else None,
        first_href=f"/cases?list={chosen}" if after else None,
    )


def stopped_types(in_force: InForce, words: QueueWords, say: Translator) -> list[tuple[str, str]]:
    """Case types for which drafting has been stopped, and the reason: said on every queue."""
    return [
        (words.type_name(state.name), reason_in_words(state.reason, say))
        for state in in_force.states.values()
        if state.phase == "stopped" and state.weight == "light"
    ]


def monday(now: datetime) -> datetime:
    """The beginning of the week in Denmark."""
    today = now.astimezone(DANISH_TIME)
    start = today - timedelta(days=today.weekday())
    return start.replace(hour=0, minute=0, second=0, microsecond=0)
