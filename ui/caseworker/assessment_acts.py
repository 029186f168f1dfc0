"""A case that is assessed and not decided, such as a report about a child: a person's assessment is stored."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.errors import RefusedError
from config.translate import Translator
from models.professional_assessments import AlreadyAssessedError, record_professional_assessment
from ui.caseworker.acts import NOT_OURS, case_type_of, renew, translated
from ui.caseworker.case_page import assessment_made
from ui.caseworker.case_routes import page_of, show
from ui.caseworker.decision_form import checked_assessment, number_in, typed_in
from ui.caseworker.firstview.needing import case_with_view
from ui.caseworker.handling.storing import refuse_conflicted
from ui.caseworker.stale_basis import OF_A_REPORT, StaleBasisError, assess_first, refuse_stale
from ui.web.language import language_of
from ui.web.page_errors import bad_form
from ui.web.site import site_of

router = APIRouter()


@router.post("/cases/{case_type}/{case_id}/assessment", name="store_assessment")
def store_assessment(request: Request) -> Response:
    """Store what the visitor finds under their own sign-in, or show the form again with all that was typed."""
    sent = request.state.form.only("outcome", "reasons", "assessment")
    page, case_type, say = page_of(request), case_type_of(request), Translator(language_of(request))
    if case_type.outcomes or (sent["assessment"] and number_in(sent["assessment"]) is None):
        raise bad_form(NOT_OURS)
    form = checked_assessment(typed_in(sent), case_type, say)
    if form.problems:
        return show(request, page, form, status=HTTPStatus.BAD_REQUEST)
    if page.standing.is_conflicted:
        notice = say("You have said that you may take no part in this case. A colleague decides it.")
        return show(request, page, form, status=HTTPStatus.CONFLICT, notice=notice)
    if page.is_open and not page.may_decide:
        notice = say("{name} has taken the case meanwhile. Your text is kept below.", name=page.holder or "")
        return show(request, page, form, status=HTTPStatus.CONFLICT, notice=notice)
    try:
        with site_of(request).database.write() as connection:
            in_force = site_of(request).current.read(connection)
            refuse_stale(connection, case_with_view(request, connection), in_force, number_in(sent["assessment"]))
            refuse_conflicted(connection, page.case_type, page.case_id, request.state.visitor.user.id)
            record_professional_assessment(
                connection,
                case_type=page.case_type,
                case_id=page.case_id,
                sign_in_id=request.state.visitor.present.id,
                result=form.typed.outcome,
                reasons=form.typed.reasons,
            )
    except AlreadyAssessedError as first:
        same = (first.assessed.result, first.assessed.reasons) == (form.typed.outcome, form.typed.reasons)
        if same and first.assessed.sign_in_id == request.state.visitor.present.id:
            return RedirectResponse(page.href("decided"), status_code=303)
        renew(request)
        theirs = assessment_made(first.assessed, case_type, language_of(request))
        return show(request, page_of(request), form, status=HTTPStatus.CONFLICT, conflict=theirs)
    except StaleBasisError as stale:
        told = translated(OF_A_REPORT.get(stale.sentence.rstrip("."), stale.sentence.rstrip(".")), request)
        return assess_first(request, page, form, None, told=told, is_assessed=stale.is_assessed)
    except RefusedError as refused:
        return show(request, page, form, status=HTTPStatus.CONFLICT, notice=translated(str(refused), request))
    return RedirectResponse(page.href("decided"), status_code=303)
