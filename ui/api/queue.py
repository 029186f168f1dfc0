"""The queue as the person sees it: what is next in each case and when it is due, page by page; never a score."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Query, Request
from pydantic import BaseModel, ConfigDict, Field

from config.translate import Translator
from models.case_waiting import bring_back_passed
from ui.api.case_asked import READ_REFUSALS
from ui.api.case_shown import Due, Shown
from ui.api.described import reading
from ui.api.problems import ProblemError
from ui.api.wrong_fields import Wrong
from ui.caseworker.queue import QueueWords, Row
from ui.caseworker.queue_filter import Filter
from ui.caseworker.queue_lists import Listed, Reader, around_of, listed_for
from ui.caseworker.queue_place import read_key
from ui.caseworker.queue_waiting import waiting_groups
from ui.web.addresses import API, case_path
from ui.web.language import language_of
from ui.web.site import site_of

router = reading()


class QueueQuery(BaseModel):
    """Which list, whose of the waiting cases, and after which place the page begins."""

    model_config = ConfigDict(extra="forbid")

    list: Literal["mine", "team", "free", "waiting", "decided"] = "mine"
    whose: Literal["mine", "team"] = "mine"
    after: str | None = Field(None, description="From `next` of the page before")


class QueuedCase(Shown):
    """One case of a list; `role` says what the machine has made of it, as far as the person may know."""

    case_type: str
    case_id: str
    address: str
    name: str
    is_protected: bool
    type_name: str
    group: str
    next_step: str
    due: Due
    deadline: datetime | None
    role: Literal["draft", "own_view", "viewed", "none", "heavy"]
    note: str | None


class QueueAnswer(BaseModel):
    """One page of a list; `next` is the address of the page after it, null where the list ends."""

    list: str
    cases: tuple[QueuedCase, ...]
    next: str | None


@router.get(f"{API}/cases", name="api_queue", responses=READ_REFUSALS)
def read_queue(request: Request, asked: Annotated[QueueQuery, Query()]) -> QueueAnswer:
    """A page of one list, nearest deadline first."""
    refuse_strange_place(request, asked)
    site, user, language = site_of(request), request.state.visitor.user, language_of(request)
    bring_back_passed(site.database)
    with site.database.read() as connection:
        in_force = site.current.read(connection)
        reader = Reader(site, user, in_force, language, Filter())
        listed = listed_for(connection, reader, asked.list, request)
        around = around_of(connection, site, in_force, listed.unfinished, listed.citizens, viewer=user.id)
    words = QueueWords(language, in_force.case_types, user.id, site.database.clock(), around)
    return QueueAnswer(list=asked.list, cases=tuple(cases_of(listed, words)), next=next_of(asked, listed))


def refuse_strange_place(request: Request, asked: QueueQuery) -> None:
    """A place is one that an earlier page gave.

    Raises:
        ProblemError: it is none.
    """
    if asked.after is None or read_key(asked.after) is not None:
        return
    say = Translator(language_of(request))
    wrong = Wrong(field="after", detail=say("Send what the page before gave as the next one."))
    told = say("Something that was sent is missing, wrong or not asked for.")
    raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "not_understood", told, [wrong])


def next_of(asked: QueueQuery, listed: Listed) -> str | None:
    """The address of the next page."""
    if listed.next_place is None:
        return None
    where = {"list": asked.list, "whose": asked.whose, "after": listed.next_place}
    return f"{API}/cases?{urlencode(where)}"


def cases_of(listed: Listed, words: QueueWords) -> list[QueuedCase]:
    """The cases of a page in the order in which the person sees them."""
    deadlines = {case_path(case.case_type, case.case_id): words.deadline(case) for case in listed.queued}
    named = {case_path(case.case_type, case.case_id): case.case_type
             for case in (*listed.unfinished, *(listed.found or ()))}  # fmt: skip
    groups = words.groups(listed.queued) or waiting_groups(listed.waiting, listed.acts, words)
    rows = [(group.heading, row) for group in groups for row in group.rows]
    rows += [("", words.found(case)) for case in listed.found or ()]

    def shown(heading: str, row: Row) -> QueuedCase:
        deadline = deadlines.get(row.href)
        return QueuedCase(
            case_type=named[row.href],
            case_id=row.case_id,
            address=f"{API}{row.href}",
            name=row.name,
            is_protected=row.is_protected,
            type_name=row.type_name,
            group=heading,
            next_step=row.next_step,
            due=Due.model_validate(row.due),
            deadline=None if deadline is None else deadline.moment,
            role=row.role,
            note=row.note,
        )

    return [shown(heading, row) for heading, row in rows]
