"""What a caseworker does to a case: take it, give it back, decide it; who loses a race keeps the text."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.errors import RefusedError
from config.translate import Translator, sentences
from models.decision_store import AlreadyDecidedError, record_decision
from models.queue import case_file, release_case, take_case
from ui.caseworker.case_routes import page_of, show
from ui.caseworker.decision_form import FIELDS, DecisionForm, checked, number_in, typed_in
from ui.web.addresses import case_path
from ui.web.language import language_of
from ui.web.page_errors import bad_form
from ui.web.site import site_of

router = APIRouter()


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
    say = Translator(language_of(request))
    notice = say("Somebody else was faster: the case is taken, or decided.")
    return show(request, page_of(request), DecisionForm(), status=HTTPStatus.CONFLICT, notice=notice)


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
    sent = request.state.form.only(*FIELDS)
    site, say, page = site_of(request), Translator(language_of(request)), page_of(request)
    with site.database.read() as connection:
        case_type = site.current.read(connection).case_types[page.case_type]
    form = checked(typed_in(sent), case_type, say)
    if form.problems:
        return show(request, page, form, status=HTTPStatus.BAD_REQUEST)
    number = number_in(sent["round"])
    if number is None or (sent["assessment"] and number_in(sent["assessment"]) is None):
        raise bad_form("The form holds a field that this page does not have; load the page again.")
    if page.is_open and not page.may_decide:
        notice = say("{name} has taken the case meanwhile. Your text is kept below.", name=page.holder or "")
        return show(request, page, form, status=HTTPStatus.CONFLICT, notice=notice)
    try:
        with site.database.write() as connection:
            record_decision(
                connection,
                case_type=page.case_type,
                case_id=page.case_id,
                sign_in_id=request.state.visitor.present.id,
                outcome=form.typed.outcome,
                reasons=form.typed.reasons,
                assessment_id=number_in(sent["assessment"]),
                expected_round=number,
            )
    except AlreadyDecidedError as first:
        renew(request)
        return show(request, page_of(request), form, status=HTTPStatus.CONFLICT, conflict=first.decision)
    except RefusedError as refused:
        return show(request, page, form, status=HTTPStatus.CONFLICT, notice=translated(str(refused), request))
    return RedirectResponse(page.href("decided"), status_code=303)


def renew(request: Request) -> None:
    """Read the case's row again after somebody else has changed it."""
    file = request.state.case_file
    with site_of(request).database.read() as connection:
        request.state.case_file = case_file(connection, file["case_type"], file["case_id"])


def translated(sentence: str, request: Request) -> str:
    """A refusal of the records in the reader's language, in English where nobody has translated it."""
    forms = sentences(language_of(request)).get(sentence)
    words = forms[0] if forms else sentence
    return f"{words[:1].upper()}{words[1:]}."
