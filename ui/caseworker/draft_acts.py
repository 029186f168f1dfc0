"""What a caseworker does with a draft: approve and sign it once its facts are checked, or take over by hand."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.translate import Translator
from ui.caseworker.acts import NOT_OURS, check_names, round_in
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import page_of, show
from ui.caseworker.checks import checked_in
from ui.caseworker.deciding import Sent, approve_draft
from ui.caseworker.decision_form import BY_HAND, DecisionForm, Typed, number_in
from ui.caseworker.refusal_page import show_refusal
from ui.web.language import language_of
from ui.web.page_errors import bad_form

HIDDEN = ("round", "assessment", "opened")
router = APIRouter()


@router.post("/cases/{case_type}/{case_id}/approve", name="approve")
def approve(request: Request) -> Response:
    """Store the draft as the visitor's own decision, if every fact was checked and agrees."""
    page = page_of(request)
    sent = request.state.form.only(*HIDDEN, "hearing", *check_names(page, request))
    checks = checked_in(sent, () if page.draft is None else page.draft.checks)
    typed = Typed(hearing=sent["hearing"], opened=sent["opened"])
    asked = Sent(typed, checks, round_in(sent["round"]), number_in(sent["assessment"]))
    if refused := approve_draft(request, page, asked):
        return show_refusal(request, refused)
    return RedirectResponse(page.href("decided"), status_code=303)


@router.post("/cases/{case_type}/{case_id}/by-hand", name="by_hand")
def by_hand(request: Request) -> Response:
    """The same page with a form to decide by hand: from the draft's words, or without them. Nothing is stored."""
    page = page_of(request)
    sent = request.state.form.only(*HIDDEN, "hearing", "draft_use", *check_names(page, request))
    if sent["draft_use"] not in BY_HAND:
        raise bad_form(NOT_OURS)
    if page.draft is None or not page.may_decide:
        return gone(request, page)
    typed = Typed(draft_use="discarded", opened=sent["opened"])
    if sent["draft_use"] == "changed":
        typed = Typed(page.draft.outcome_key, page.draft.reasons, "changed", sent["hearing"], sent["opened"])
    return show(request, page, DecisionForm(typed), checked=checked_in(sent, page.draft.checks))


def gone(request: Request, page: CasePage) -> Response:
    """The case's page as it is now, for somebody whose draft is no longer the one they saw."""
    say = Translator(language_of(request))
    notice = say("The draft that you saw no longer stands. This is the case as it is now.")
    return show(request, page, DecisionForm(), status=HTTPStatus.CONFLICT, notice=notice)
