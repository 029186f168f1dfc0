"""Shows the whole CPR number of a case's citizen, once, on demand; the audit trail keeps who saw it and when."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.translate import Translator
from models import audit
from models.case_salts import case_subject
from ui.caseworker.case_routes import page_of, record_of, show
from ui.caseworker.decision_form import DecisionForm
from ui.caseworker.handling.act_page import back_to_case
from ui.caseworker.identity import whole
from ui.web.language import language_of
from ui.web.site import site_of

SHOWN = "case.cpr_shown"
router = APIRouter()


@router.post("/cases/{case_type}/{case_id}/cpr", name="show_cpr")
def show_cpr(request: Request) -> Response:
    """The case's page with the whole number, after the entry that says so is stored."""
    request.state.form.only()
    page, (found, _, _) = page_of(request), record_of(request)
    if found.citizen is None or not found.citizen.cpr:
        return back_to_case(page)
    if page.standing.is_conflicted:
        say = Translator(language_of(request))
        notice = say("You have said that you may take no part in this case. A colleague decides it.")
        return show(request, page, DecisionForm(), status=HTTPStatus.CONFLICT, notice=notice)
    with site_of(request).database.write() as connection:
        audit.append(
            connection,
            actor=request.state.visitor.user.actor,
            action=SHOWN,
            subject=case_subject(connection, page.case_type, page.case_id),
            payload={"case_type": page.case_type, "sign_in": request.state.visitor.present.id},
        )
    shown = replace(page, identity=replace(page.identity, cpr=whole(found.citizen.cpr), is_masked=False))
    return show(request, shown, DecisionForm())
