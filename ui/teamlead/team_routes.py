"""The team lead's table of open cases, by next step, age and deadline, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode

import sqlalchemy as sa
from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from config.translate import Translator
from models.case_waiting import bring_back_passed
from routing.in_force import InForce
from ui.caseworker.queue import QueueWords
from ui.caseworker.queue_filter import AT_A_TIME, MOST_READ, sift
from ui.caseworker.queue_place import read_key, written_key
from ui.caseworker.queue_query import some_wait
from ui.teamlead.team_cases import Open, Part, TeamReader, TeamRow
from ui.teamlead.team_csv import lines
from ui.teamlead.team_filter import TeamFilter, by_step, team_filter, team_options
from ui.web.language import language_of
from ui.web.site import site_of

ROWS = 50
MOST_COUNTED = 500
"""The overview is of so many cases at most: those that are due first."""

router = APIRouter()


@router.get("/team", name="team_cases")
def team_cases(request: Request) -> Response:
    """The team's open cases."""
    site, team, say = site_of(request), request.state.visitor.user.team, Translator(language_of(request))
    bring_back_passed(site.database)
    with site.database.read() as connection:
        in_force = site.current.read(connection)
        wanted = team_filter(request.query_params, in_force.case_types)
        reader = reader_of(request, in_force)
        counted = [] if team is None else list(islice(every_row(reader, connection), MOST_COUNTED + 1))
        rows, more = ([], None) if team is None else page_of(request, connection, reader, wanted)
    names = {key: reader.words.type_name(key) for key in in_force.case_types}
    return site.pages.page(
        request,
        "team.html",
        title=say("The team's open cases"),
        team=team,
        steps=by_step(counted[:MOST_COUNTED]),
        counted=min(len(counted), MOST_COUNTED),
        is_cut=len(counted) > MOST_COUNTED,
        rows=rows,
        filters=team_options(wanted, names, say),
        is_filtered=bool(wanted.query),
        more_href=more,
        first_href=first_of(request, wanted),
        looked_through=MOST_READ,
        csv_href=f"/team/cases.csv?{urlencode(wanted.query)}",
    )


@router.get("/team/cases.csv", name="team_csv")
def team_csv(request: Request) -> Response:
    """The team's open cases that the filter lets through, all of them, as a file."""
    site, say = site_of(request), Translator(language_of(request))
    bring_back_passed(site.database)

    def written() -> Iterator[str]:
        with site.database.read() as connection:
            in_force = site.current.read(connection)
            wanted, reader = team_filter(request.query_params, in_force.case_types), reader_of(request, in_force)
            rows = every_row(reader, connection) if reader.team else iter(())
            yield from lines((row for row in rows if wanted.fits(row)), say)

    headers = {"Content-Disposition": 'attachment; filename="team-cases.csv"'}
    return StreamingResponse(written(), media_type="text/csv; charset=utf-8", headers=headers)


def first_of(request: Request, wanted: TeamFilter) -> str | None:
    """The address of the first page, None where it is this one."""
    is_first = not any(request.query_params.get(name) for name in ("after", "part"))
    return None if is_first else f"/team?{urlencode(wanted.query)}"


def reader_of(request: Request, in_force: InForce) -> TeamReader:
    """Reads the cases of the visitor's team; `team` is empty for somebody without one."""
    site = site_of(request)
    words = QueueWords(language_of(request), in_force.case_types, None, site.database.clock())
    return TeamReader(site, in_force, words, request.state.visitor.user.team or "")


def every_row(reader: TeamReader, connection: sa.Connection) -> Iterator[TeamRow]:
    """One row after the other."""
    for some in reader.every(connection):
        yield from some


def page_of(
    request: Request, connection: sa.Connection, reader: TeamReader, wanted: TeamFilter
) -> tuple[list[TeamRow], str | None]:
    """One page of rows, and the address of the next; after the queue come the cases that wait."""
    in_queue = request.query_params.get("part") != "waiting" and wanted.step != "wait"
    part: Part = "queue" if in_queue else "waiting"
    shown: dict[tuple[str, str], TeamRow] = {}

    def fitting(some: list[Open]) -> list[Open]:
        rows = zip(some, reader.rows(connection, some), strict=True)
        kept = [(case, row) for case, row in rows if wanted.fits(row)]
        shown.update({(case.case_type, case.case_id): row for case, row in kept})
        return [case for case, _ in kept]

    cases, then = sift(
        lambda after, limit: reader.page(connection, part, after, limit),
        fitting,
        read_key(request.query_params.get("after", "")),
        ROWS,
        at_a_time=AT_A_TIME,
    )
    more = None
    if then is not None:
        more = {**wanted.query, "part": part, "after": written_key(then)}
    elif part == "queue" and not wanted.step and some_wait(connection, reader.team):
        more = {**wanted.query, "part": "waiting"}
    rows = [shown[case.case_type, case.case_id] for case in cases]
    return rows, None if more is None else f"/team?{urlencode(more)}"
