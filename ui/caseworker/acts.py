"""What a caseworker does to a case: take it, give it back, decide it; who loses a race keeps the text."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.translate import Translator
from models.queue import release_case, take_case
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import page_of, renew, show
from ui.caseworker.checks import PREFIX, checked_in
from ui.caseworker.deciding import Sent, check_fields, decide_by_hand
from ui.caseworker.decision_form import BY_HAND, FIELDS, DecisionForm, number_in, typed_in
from ui.caseworker.refusal_page import show_refusal
from ui.web.addresses import case_path
from ui.web.language import language_of
from ui.web.page_errors import bad_form
from ui.web.site import site_of

router = APIRouter()
NOT_OURS = "The form holds a field that this page does not have; load the page again."


@router.post("/cases/{case_type}/{case_id}/claim", name="claim")
def claim(request: Request) -> Response:
    """Take the case, unless somebody else has it."""
    request.state.form.only()
    file, user = request.state.case_file, request.state.visitor.user
    with site_of(request).database.write() as connection:
        is_taken = take_case(connection, file["case_type"], file["case_id"], user.id)
    if is_taken:
        return RedirectResponse(case_path(file["case_type"], file["case_id"]), status_code=303)
    renew(request)
    page, say = page_of(request), Translator(language_of(request))
    notice = say("Somebody else was faster: the case is taken, or decided.")
    if page.standing.is_conflicted:
        notice = say("You have said that you may take no part in this case. A colleague decides it.")
    return show(request, page, DecisionForm(), status=HTTPStatus.CONFLICT, notice=notice)


@router.post("/cases/{case_type}/{case_id}/release", name="release")
def release(request: Request) -> Response:
    """Give one's own case back to the team."""
    request.state.form.only()
    file, user = request.state.case_file, request.state.visitor.user
    with site_of(request).database.write() as connection:
        release_case(connection, file["case_type"], file["case_id"], user.id)
    return RedirectResponse(case_path(file["case_type"], file["case_id"]), status_code=303)


@router.post("/cases/{case_type}/{case_id}/decide", name="decide")
def decide(request: Request) -> Response:
    """Store the decision under the visitor's own sign-in, or show the form again with all that was typed."""
    page = page_of(request)
    sent = request.state.form.only(*FIELDS, *check_names(page, request))
    typed, assessment = typed_in(sent), number_in(sent["assessment"])
    is_ours = typed.draft_use in ("", *BY_HAND) and page.is_decided
    if not is_ours or (sent["assessment"] and assessment is None):
        raise bad_form(NOT_OURS)
    checks = checked_in(sent, () if page.draft is None else page.draft.checks)
    if refused := decide_by_hand(request, page, Sent(typed, checks, round_in(sent["round"]), assessment)):
        return show_refusal(request, refused)
    return RedirectResponse(page.href("decided"), status_code=303)


def round_in(text: str) -> int:
    """The round that a page of ours put into a hidden field.

    Raises:
        PageError: it is none.
    """
    found = number_in(text)
    if found is None:
        raise bad_form(NOT_OURS)
    return found


def check_names(page: CasePage, request: Request) -> tuple[str, ...]:
    """The names of the checks that a form may hold."""
    return tuple(f"{PREFIX}{field}" for field in check_fields(page, request))
