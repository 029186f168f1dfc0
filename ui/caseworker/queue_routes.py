"""The queue's page: which list, from where on, and what to look for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa
from fastapi import APIRouter, Request
from starlette.responses import Response

from config.translate import Translator
from models.case_waiting import bring_back_passed
from models.people import User
from models.queue import next_case
from models.second_readers import asked_to_read
from models.tables import CASE_FILE
from routing.in_force import InForce
from routing.state_reasons import reason_in_words
from ui.caseworker.machine_roles import Named, Numbered
from ui.caseworker.presence.said import here_in
from ui.caseworker.queue import QueueWords
from ui.caseworker.queue_filter import filter_of, options, remember
from ui.caseworker.queue_lists import LISTS, WHOSE, Reader, around_of, following_of, listed_for, whose_of
from ui.caseworker.queue_query import IS_QUEUED, IS_WAITING, MOST_COUNTED, counted_up_to, has_unrouted
from ui.caseworker.queue_same_citizen import open_cases_of
from ui.caseworker.queue_search_routes import FOUND
from ui.caseworker.queue_waiting import follow_up_rows, waiting_groups
from ui.caseworker.second_reader.in_queue import reading_rows
from ui.web.language import language_of
from ui.web.page_errors import no_such_page
from ui.web.site import site_of

router = APIRouter()


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
        in_force = site.current.read(connection)
        counts = counts_of(connection, user)
        chosen = chosen or ("mine" if counts["mine"] != "0" else "free")
        wanted = filter_of(request, in_force.case_types)
        reader = Reader(site, user, in_force, language_of(request), wanted)
        listed = listed_for(connection, reader, chosen, request)
        first = next_case(connection, user.team, user.id) if user.team else None
        followed = following_of(connection, site, user)
        to_read = asked_to_read(connection, user.id, user.team) if user.team else []
        refs = (
            listed.citizens
            | followed.citizens
            | {one.citizen_ref for one in to_read if one.citizen_ref}
            | ({first.citizen_ref} if first and first.citizen_ref else set())
        )
        around = around_of(connection, site, in_force, listed.unfinished, refs, viewer=user.id)
        around = replace(
            around,
            of_citizen=open_cases_of(connection, user.team, listed.citizens),
            here=here_in(connection, site, named(listed.unfinished), user.id, language_of(request)),
        )
        unrouted = has_unrouted(connection)
    words = QueueWords(language_of(request), in_force.case_types, user.id, site.database.clock(), around)
    response = site.pages.page(
        request,
        "queue.html",
        title=say("Cases"),
        tabs_items=[(say(label), f"/cases?list={key}", counts.get(key), key == chosen)
                    for key, label in LISTS.items()],
        list_name=say(LISTS.get(chosen, "Found")),
        chosen=chosen,
        whose=[(key, say(label), key == whose_of(request)) for key, label in WHOSE.items()],
        search=listed.what.text if listed.what else "",
        is_doubtful=listed.what is not None and listed.what.doubt,
        is_cut=listed.is_cut,
        next_case=words.next_case(first) if first else None,
        follow_ups=follow_up_rows(followed.cases, followed.acts, words),
        to_read=reading_rows(to_read, words),
        team=user.team,
        unrouted=unrouted,
        free_count=counts["free"],
        stopped=stopped_types(in_force, words, say),
        groups=words.groups(listed.queued) or waiting_groups(listed.waiting, listed.acts, words),
        found=None if listed.found is None else [words.found(case) for case in listed.found],
        more_href=listed.more_href,
        first_href=listed.first_href,
        is_filtered=bool(wanted),
        filters=options(wanted, {key: words.type_name(key) for key in in_force.case_types}, say),
    )  # fmt: skip
    remember(request, response, wanted, site.database.clock())
    return response


def named(cases: Sequence[Numbered]) -> list[Named]:
    """Cases by type and number."""
    return [(case.case_type, case.case_id) for case in cases]


def counts_of(connection: sa.Connection, user: User) -> dict[str, str]:
    """The numbers on the tabs; those of the team are none for somebody without one."""
    mine = CASE_FILE.c.assigned_to == user.id
    lists = {"mine": mine & IS_QUEUED, "waiting": mine & IS_WAITING}
    if user.team is not None:
        of_team = (CASE_FILE.c.team == user.team) & IS_QUEUED
        lists |= {"team": of_team, "free": of_team & CASE_FILE.c.assigned_to.is_(None)}
    counts = {"team": 0, "free": 0, **counted_up_to(connection, lists)}
    return {name: shown_count(number) for name, number in counts.items()}


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
