"""A case that is assessed and not decided, such as a report about a child: a person's assessment is stored."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from ui.caseworker.acts import NOT_OURS
from ui.caseworker.assessing import assess
from ui.caseworker.case_routes import page_of
from ui.caseworker.decision_form import number_in, typed_in
from ui.caseworker.refusal_page import show_refusal
from ui.web.page_errors import bad_form

router = APIRouter()


@router.post("/cases/{case_type}/{case_id}/assessment", name="store_assessment")
def store_assessment(request: Request) -> Response:
    """Store what the visitor finds under their own sign-in, or show the form again with all that was typed."""
    sent, page = request.state.form.only("outcome", "reasons", "assessment"), page_of(request)
    assessment = number_in(sent["assessment"])
    if page.is_decided or (sent["assessment"] and assessment is None):
        raise bad_form(NOT_OURS)
    if refused := assess(request, page, typed_in(sent), assessment):
        return show_refusal(request, refused)
    return RedirectResponse(page.href("decided"), status_code=303)
