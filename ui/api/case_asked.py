"""The case in an address: read as its page reads it, answered as JSON with what may be done next."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Path, Request
from pydantic import BaseModel, ConfigDict

from models.clock import parse
from ui.api.case_shown import CaseShown
from ui.api.problems import Problem
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import page_of, renew
from ui.caseworker.firstview.asking import may_view
from ui.web.addresses import API

CASE = f"{API}/cases/{{case_type}}/{{case_id}}"
READ_REFUSALS: dict[int | str, dict[str, Any]] = {
    int(status): {"model": Problem, "description": status.phrase}
    for status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.UNPROCESSABLE_ENTITY)
}
CASE_REFUSALS = READ_REFUSALS | {404: {"model": Problem, "description": "Your team has no such case"}}
ACT_REFUSALS = CASE_REFUSALS | {
    int(status): {"model": Problem, "description": status.phrase}
    for status in (
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.CONFLICT,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    )
}


class Act(BaseModel):
    """Something that may be done with the case now, and where it is sent."""

    act: str
    address: str


class CaseAnswer(BaseModel):
    """A case, where it is, when it came and is due, and what the person may do with it now."""

    model_config = ConfigDict(frozen=True)

    address: str
    page: str
    received_at: datetime
    deadline: datetime | None
    may: tuple[Act, ...]
    case: CaseShown


def case_asked(
    request: Request,
    case_type: Annotated[str, Path(description="The case type's key")],
    case_id: Annotated[str, Path(description="The case's number; `~2F` stands for `/` and `~7E` for `~`")],
) -> CasePage:
    """The case as the person may see it now; the guard has seen that it is their team's."""
    return page_of(request)


OfCase = Annotated[CasePage, Depends(case_asked)]


def case_answer(request: Request, page: CasePage) -> CaseAnswer:
    """The answer about one case."""
    file = request.state.case_file
    return CaseAnswer(
        address=f"{API}{page.href()}",
        page=page.href(),
        received_at=parse(file["received_at"]),
        deadline=None if page.deadline is None else page.deadline.moment,
        may=tuple(Act(act=act, address=f"{API}{page.href(act)}") for act in acts_of(page)),
        case=CaseShown.model_validate(page),
    )


def case_after(request: Request) -> CaseAnswer:
    """The case as it stands after an act was stored."""
    renew(request)
    return case_answer(request, page_of(request))


def acts_of(page: CasePage) -> tuple[str, ...]:
    """What the person may do now, the next thing first; where their own view is asked nothing ends the case."""
    ends: tuple[str, ...] = ()
    if page.may_sign and not page.own.is_asked:
        ends = ("decision",) if page.is_decided else ("assessment",)
        ends = ("approval", *ends) if page.draft is not None else ends
    return (*(("first-view",) if may_view(page) else ()), *ends, "notes")
