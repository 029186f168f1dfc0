"""The queue's page: which list, from where on, and what to look for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from fastapi import APIRouter, Request
from starlette.responses import Response

from config.translate import Translator
from config.words import DANISH_TIME
from models.clock import stamp
from models.people import User
from models.queue import QueuedCase, next_case, own_queue, team_queue
from models.tables import CASE_FILE
from routing.in_force import InForce
from ui.caseworker.queue import QueueWords, read_key, written_key
from ui.caseworker.queue_query import (
    MOST_COUNTED,
    cases_by_number,
    counted_up_to,
    decided_since,
    free_queue,
    has_unrouted,
    names_of,
)
from ui.web.language import language_of
from ui.web.page_errors import no_such_page
from ui.web.site import site_of

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
    with site.database.read() as connection:
        in_force = site.current.read(connection)
        words = QueueWords(language_of(request), in_force.case_types, user.id, site.database.clock())
        following = next_case(connection, user.team, user.id) if user.team else None
        counts = {"mine": count(connection, CASE_FILE.c.assigned_to == user.id)}
        counts |= team_counts(connection, user)
        chosen = chosen or ("mine" if counts["mine"] != "0" else "free")
        listed = (
            {"found": found(connection, user, in_force, words, search)}
            if search
            else rows(connection, user, chosen, request, words)
        )
        unrouted = has_unrouted(connection)
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
        stopped=stopped_types(in_force, words),
        **{"groups": (), "found": None, "more_href": None, "first_href": None, **listed},
    )  # fmt: skip


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


def rows(
    connection: sa.Connection, user: User, chosen: str, request: Request, words: QueueWords
) -> dict[str, Any]:
    """The rows of one list, and the address of the next page."""
    if chosen == "decided":
        week = monday(words.now)
        return {"found": [words.found(case) for case in decided_since(connection, user.id, stamp(week), 4 * ROWS)]}
    after = read_key(request.query_params.get("after", ""))
    page: list[QueuedCase] = []
    if chosen == "mine":
        page = own_queue(connection, user.id, after=after, limit=ROWS + 1)
    elif user.team is not None:
        ask = team_queue if chosen == "team" else free_queue
        page = ask(connection, user.team, after=after, limit=ROWS + 1)
    shown = page[:ROWS]
    names = names_of(connection, [case.assigned_to for case in shown])
    more = urlencode({"list": chosen, "after": written_key(shown[-1].key)}) if len(page) > ROWS else None
    return {
        "groups": words.groups(shown, names),
        "more_href": f"/cases?{more}" if more else None,
        "first_href": f"/cases?list={chosen}" if after else None,
    }


def found(connection: sa.Connection, user: User, in_force: InForce, words: QueueWords, search: str) -> list[Any]:
    """The team's cases whose number begins with what was typed."""
    if user.team is None:
        return []
    return [
        words.found(case) for case in cases_by_number(connection, user.team, list(in_force.case_types), search)
    ]


def stopped_types(in_force: InForce, words: QueueWords) -> list[tuple[str, str]]:
    """Case types for which drafting has been stopped, and the reason: said on every queue."""
    return [
        (words.type_name(state.name), state.reason or "")
        for state in in_force.states.values()
        if state.phase == "stopped"
    ]


def monday(now: datetime) -> datetime:
    """The beginning of the week in Denmark."""
    today = now.astimezone(DANISH_TIME)
    start = today - timedelta(days=today.weekday())
    return start.replace(hour=0, minute=0, second=0, microsecond=0)
