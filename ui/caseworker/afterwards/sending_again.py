"""Tries once more to send the letter of a decision that could not be sent."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.translate import Translator
from ui.caseworker.case_routes import page_of, renew, show
from ui.caseworker.decision_form import DecisionForm
from ui.caseworker.handling.act_page import back_to_case
from ui.caseworker.sending import send_at_once
from ui.web.language import language_of
from ui.web.site import site_of

router = APIRouter()


@router.post("/cases/{case_type}/{case_id}/send-letter", name="send_decision_letter")
def send_decision_letter(request: Request) -> Response:
    """Send the letter, which closes the case; where it cannot be sent, say why on the case's page."""
    request.state.form.only()
    page = page_of(request)
    if not page.standing.may_send or page.after.decision is None:
        return back_to_case(page)
    is_sent = send_at_once(site_of(request), page.case_type, page.case_id, page.after.decision)
    renew(request)
    page = page_of(request)
    if is_sent or not page.standing.may_send:
        return back_to_case(page)
    notice = Translator(language_of(request))("The letter could not be sent this time either.")
    return show(request, page, DecisionForm(), status=HTTPStatus.CONFLICT, notice=notice)
