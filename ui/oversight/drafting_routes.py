"""The page about the machine's part in a case type, and the two acts on it: stop drafting, give it back."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

import sqlalchemy as sa
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.errors import RefusedError
from config.translate import Translator, sentences
from models.case_type_states import changes_of
from models.people import user_by_id
from routing.publishing import Opened
from routing.stopping import Acted, give_back, may_stop, reason_given, stop_drafting
from routing.watched import look_at
from ui.oversight.drafting_page import DraftingPage, drafting_page
from ui.web.language import language_of
from ui.web.page_errors import no_such_page, not_allowed
from ui.web.site import site_of

router = APIRouter()
Act = Callable[[Opened, str, object, str], Acted]


@router.get("/oversight/{case_type}/drafting", name="drafting")
def drafting(request: Request, case_type: str) -> Response:
    """How far the machine may go with a case type, why, and what its reviews say."""
    return show(request, page_of(request, case_type))


@router.post("/oversight/{case_type}/drafting/stop", name="stop_drafting")
def stop(request: Request, case_type: str) -> Response:
    """Stop drafting at once, or show the form again with the reason that was typed."""
    site = site_of(request)
    with site.database.read() as connection:
        in_force = site.current.read(connection)
    if case_type in in_force.case_types and not may_stop(request.state.visitor.user, in_force, case_type):
        raise not_allowed()
    return act(request, case_type, stop_drafting)


@router.post("/oversight/{case_type}/drafting/give-back", name="give_back_drafting")
def give_drafting_back(request: Request, case_type: str) -> Response:
    """Give drafting back, into shadow, or show the form again with the reason that was typed."""
    return act(request, case_type, give_back)


def act(request: Request, case_type: str, do: Act) -> Response:
    """Do it under the visitor's own sign-in; what was typed is kept where it is refused."""
    typed = request.state.form.only("reason")["reason"]
    site, page = site_of(request), page_of(request, case_type)
    try:
        reason_given(typed)
    except RefusedError as refused:
        problem = in_language(str(refused), request)
        return show(request, page, typed, problem=problem, status=HTTPStatus.BAD_REQUEST)
    try:
        done = do(site.opened.again(), case_type, request.state.visitor.present, typed)
    except RefusedError as refused:
        notice = in_language(str(refused), request)
        return show(request, page_of(request, case_type), typed, notice=notice, status=HTTPStatus.CONFLICT)
    if done.why_not_assessed is not None:
        say = Translator(language_of(request))
        notice = say(
            "It is done. The open cases could not be assessed again: {why}. Run stafet assess.",
            why=done.why_not_assessed,
        )
        return show(request, page_of(request, case_type), notice=notice)
    return RedirectResponse(page.href, status_code=303)


def page_of(request: Request, case_type: str) -> DraftingPage:
    """The page as things stand now.

    Raises:
        PageError: there is no such case type.
    """
    site = site_of(request)
    with site.database.read() as connection:
        in_force = site.current.read(connection)
        if case_type not in in_force.case_types:
            raise no_such_page()
        seen = look_at(connection, in_force, case_type, site.database.clock())
        changes = changes_of(connection, case_type)
        names = names_of(connection, {seen.by, *(one.actor for one in changes)})
    return drafting_page(
        seen,
        in_force.case_types[case_type],
        changes,
        names,
        user=request.state.visitor.user,
        in_force=in_force,
        language=language_of(request),
    )


def names_of(connection: sa.Connection, actors: set[str]) -> dict[str, str]:
    """The full names of users among the actors of the trail."""
    users = {actor: user_by_id(connection, int(actor[5:])) for actor in actors if actor[5:].isdigit()}
    return {actor: user.full_name for actor, user in users.items() if user is not None}


def show(
    request: Request,
    page: DraftingPage,
    typed: str = "",
    *,
    problem: str | None = None,
    notice: str | None = None,
    status: int = HTTPStatus.OK,
) -> Response:
    """The page with what was typed, and what keeps it from being done."""
    say = Translator(language_of(request))
    return site_of(request).pages.page(
        request,
        "oversight_drafting.html",
        title=say("The machine's part: {name}", name=page.name),
        status=status,
        page=page,
        typed=typed,
        problem=problem,
        notice=notice,
    )


def in_language(sentence: str, request: Request) -> str:
    """A refusal in the reader's language, in English where nobody has translated it."""
    forms = sentences(language_of(request)).get(sentence)
    words = forms[0] if forms else sentence
    return f"{words[:1].upper()}{words[1:]}."
