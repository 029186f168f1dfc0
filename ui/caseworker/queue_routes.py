"""The queue's page: which list, from where on, and what to look for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from fastapi import APIRouter, Request
from starlette.responses import Response

from config.translate import Translator
from models.case_waiting import bring_back_passed
from models.clock import danish_day
from models.people import User
from models.queue import QueuedCase, next_case
from models.second_readers import ToRead, asked_to_read, ever_asked
from models.tables import CASE_FILE
from models.waiting_queue import to_follow_up
from routing.in_force import InForce
from routing.state_reasons import reason_in_words
from ui.caseworker.machine_roles import Named, Numbered
from ui.caseworker.presence.said import here_in
from ui.caseworker.queue import Around, QueueWords
from ui.caseworker.queue_filter import Filter, filter_of, options, remember
from ui.caseworker.queue_lists import (
    LISTS,
    WHOSE,
    Following,
    Listed,
    Reader,
    around_of,
    following_of,
    listed_for,
    whose_of,
)
from ui.caseworker.queue_query import MOST_COUNTED, counted_up_to, queued, unrouted, waiting
from ui.caseworker.queue_same_citizen import open_cases_of
from ui.caseworker.queue_search_routes import FOUND
from ui.caseworker.queue_waiting import follow_up_rows, waiting_groups
from ui.caseworker.second_reader.in_queue import reading_rows
from ui.web.language import language_of
from ui.web.page_errors import no_such_page
from ui.web.site import site_of

router = APIRouter()


@dataclass(frozen=True)
class QueueRead:
    """All that one view of the queue asks the records, at one moment.

    Attributes:
        numbers: how many cases each list holds, up to a limit.
        first: the person's next case.
    """

    in_force: InForce
    chosen: str
    wanted: Filter
    numbers: dict[str, int]
    listed: Listed
    first: QueuedCase | None
    followed: Following
    to_read: list[ToRead]
    around: Around

    def count(self, name: str) -> str:
        """The number of one list as its tab shows it; "" where it is not counted."""
        return shown_count(self.numbers[name]) if name in self.numbers else ""


@router.get("/cases", name="queue")
def queue(request: Request) -> Response:
    """The queue of a person and their team."""
    site, user = site_of(request), request.state.visitor.user
    chosen = request.query_params.get("list", "")
    if chosen not in ("", FOUND, *LISTS):
        raise no_such_page()
    say = Translator(language_of(request))
    bring_back_passed(site.database)
    with site.database.read() as connection:
        read = queue_read(connection, request, chosen)
    words = QueueWords(language_of(request), read.in_force.case_types, user.id, site.database.clock(), read.around)
    response = site.pages.page(
        request,
        "queue.html",
        title=say("Cases"),
        tabs_items=[(say(label), f"/cases?list={key}", read.count(key), key == read.chosen)
                    for key, label in LISTS.items()],
        list_name=say(LISTS.get(read.chosen, "Found")),
        chosen=read.chosen,
        whose=[(key, say(label), key == whose_of(request)) for key, label in WHOSE.items()],
        search=read.listed.what.text if read.listed.what else "",
        is_doubtful=read.listed.what is not None and read.listed.what.doubt,
        is_cut=read.listed.is_cut,
        next_case=words.next_case(read.first) if read.first else None,
        follow_ups=follow_up_rows(read.followed.cases, read.followed.acts, words),
        to_read=reading_rows(read.to_read, words),
        team=user.team,
        unrouted=read.numbers["unrouted"] > 0,
        free_count=read.count("free"),
        stopped=stopped_types(read.in_force, words, say),
        groups=words.groups(read.listed.queued) or waiting_groups(read.listed.waiting, read.listed.acts, words),
        found=None if read.listed.found is None else [words.found(case) for case in read.listed.found],
        more_href=read.listed.more_href,
        first_href=read.listed.first_href,
        is_filtered=bool(read.wanted),
        filters=options(read.wanted, {key: words.type_name(key) for key in read.in_force.case_types}, say),
    )  # fmt: skip
    remember(request, response, read.wanted, site.database.clock())
    return response


def queue_read(connection: sa.Connection, request: Request, chosen: str) -> QueueRead:
    """The list that was chosen, by default one's own where there are any, with all that stands around it."""
    site, user, language = site_of(request), request.state.visitor.user, language_of(request)
    in_force = site.current.read(connection)
    numbers = numbers_of(connection, user, danish_day(site.database.clock()))
    chosen = chosen or ("mine" if numbers["mine"] else "free")
    wanted = filter_of(request, in_force.case_types)
    listed = listed_for(connection, Reader(site, user, in_force, language, wanted), chosen, request)
    first = next_case(connection, user.team, user.id, may_have_own=numbers["mine"] > 0) if user.team else None
    followed = following_of(connection, site, user) if numbers["followed"] else Following()
    to_read = asked_to_read(connection, user.id, user.team) if user.team and numbers["asked"] else []
    beside = {one.citizen_ref for one in (first, *to_read) if one is not None and one.citizen_ref}
    refs = listed.citizens | followed.citizens | beside
    around = replace(
        around_of(connection, site, in_force, listed.unfinished, refs, viewer=user.id),
        of_citizen=open_cases_of(connection, user.team, listed.citizens),
        here=here_in(connection, site, named(listed.unfinished), user.id, language),
    )
    return QueueRead(in_force, chosen, wanted, numbers, listed, first, followed, to_read, around)


def named(cases: Sequence[Numbered]) -> list[Named]:
    """Cases by type and number."""
    return [(case.case_type, case.case_id) for case in cases]


def numbers_of(connection: sa.Connection, user: User, today: str) -> dict[str, int]:
    """How many cases a person's lists hold, none of a team for somebody without one, and what else awaits them.

    Counted together, so that a page asks no further for what there is nothing of: it is one question, not five.
    """
    mine = CASE_FILE.c.assigned_to == user.id
    lists = {"mine": queued(mine), "waiting": waiting(mine), "unrouted": unrouted()}
    lists["followed"] = sa.select(sa.literal(1)).where(to_follow_up(user.id, today))
    lists["asked"] = ever_asked(user.id)
    if user.team is not None:
        of_team = CASE_FILE.c.team == user.team
        lists |= {"team": queued(of_team), "free": queued(of_team & CASE_FILE.c.assigned_to.is_(None))}
    return {"team": 0, "free": 0, **counted_up_to(connection, lists)}


def shown_count(number: int) -> str:
    """A number of open cases as a tab shows it; beyond a hundred nobody needs the digits."""
    return str(number) if number <= MOST_COUNTED else f"{MOST_COUNTED}+"


def stopped_types(in_force: InForce, words: QueueWords, say: Translator) -> list[tuple[str, str]]:
    """Case types for which drafting has been stopped, and the reason: said on every queue."""
    return [
        (words.type_name(state.name), reason_in_words(state.reason, say))
        for state in in_force.states.values()
        if state.phase == "stopped" and state.weight == "light"
    ]
