"""Letters of a case: one as it was sent, the draft of one, and the receipt to whoever made a report."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.errors import StafetError
from config.translate import Translator
from models.letters import letter_file
from routing.letter_files import FORMATS, in_format
from routing.letter_making import receipt_facts
from routing.letter_record import read_letter_case
from routing.outbox import send_letter
from ui.caseworker.case_routes import page_of, record_of, renew, show
from ui.caseworker.decision_form import DecisionForm, number_in
from ui.caseworker.letter_preview import desk_of, draft_letter
from ui.web.language import language_of, translated
from ui.web.page_errors import no_such_page
from ui.web.site import site_of

router = APIRouter()
TYPES = {"html": "text/html", "txt": "text/plain; charset=utf-8", "pdf": "application/pdf"}


@router.get("/cases/{case_type}/{case_id}/letters/{letter}/{language}/{form}", name="letter")
def letter(request: Request, letter: str, language: str, form: str) -> Response:
    """One file of a letter, byte for byte as it was sent."""
    file, number = request.state.case_file, number_in(letter)
    if number is None or form not in FORMATS:
        raise no_such_page()
    with site_of(request).database.read() as connection:
        content = letter_file(connection, number, language, form)
        page = page_of(request)
    if content is None or number not in {one.number for one in page.letters}:
        raise no_such_page()
    return as_file(content, f"{file['case_id']}-{number}-{language}", form)


@router.get("/cases/{case_type}/{case_id}/draft-letter/{language}/{form}", name="draft_letter")
def letter_of_draft(request: Request, language: str, form: str) -> Response:
    """The letter of a draft that stands; where there is none, or a page must be blind, there is no such page."""
    page = page_of(request)
    if page.draft is None or language not in ("da", "en") or form not in FORMATS:
        raise no_such_page()
    site, file = site_of(request), request.state.case_file
    with site.database.read() as connection:
        in_force = site.current.read(connection)
    document = draft_letter(
        site,
        in_force,
        (file["case_type"], file["case_id"]),
        page.draft.outcome_key,
        request.state.visitor.user,
        language,
    )
    return as_file(in_format(document, form), f"{file['case_id']}-{language}", form)


@router.post("/cases/{case_type}/{case_id}/receipt", name="send_receipt")
def send_receipt(request: Request) -> Response:
    """Send whoever made a report word that it has come, once; the letter names nothing of the child."""
    request.state.form.only()
    page, say = page_of(request), Translator(language_of(request))
    if page.receipt is None or not page.receipt.may_send:
        notice = say("The receipt has been sent already, or nobody can be sent one.")
        return show(request, page, DecisionForm(), status=HTTPStatus.CONFLICT, notice=notice)
    site, file = site_of(request), request.state.case_file
    _, in_force, _ = record_of(request)
    try:
        desk = desk_of(site, in_force)
        with site.database.read() as connection:
            case = read_letter_case(connection, desk.opened, file["case_type"], file["case_id"])
        facts = receipt_facts(desk, case)
        actor = request.state.visitor.user.actor
        send_letter(desk.opened, file["case_type"], file["case_id"], facts, actor=actor)
    except StafetError as error:
        notice = translated(error.sentence.rstrip("."), request)
        return show(request, page, DecisionForm(), status=HTTPStatus.CONFLICT, notice=notice)
    renew(request)
    return RedirectResponse(page.href(), status_code=303)


def as_file(content: bytes, name: str, form: str) -> Response:
    """A file that the browser shows, and saves under a name made of safe characters."""
    plain = "".join(one if one.isascii() and (one.isalnum() or one in "-_") else "_" for one in name)
    headers = {"Content-Disposition": f'inline; filename="{plain}.{form}"'}
    return Response(content, media_type=TYPES[form], headers=headers)
