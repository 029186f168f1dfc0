"""The page of a talk sheet, made to be printed on one sheet of paper."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.translate import Translator
from explain.letters.letter_facts import LetterFacts, facts_from_text
from routing.decided_then import case_type_then, facts_then
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.case_routes import is_withheld, record_of
from ui.caseworker.identity import identity_of
from ui.caseworker.talksheet.sheet import talk_sheet
from ui.web.addresses import case_path
from ui.web.language import language_of
from ui.web.site import site_of

router = APIRouter()


@router.get("/cases/{case_type}/{case_id}/talk-sheet", name="talk_sheet")
def show_talk_sheet(request: Request) -> Response:
    """The newest decision, to be talked over; a case without one, or one that must be blind, has no sheet."""
    site, language = site_of(request), language_of(request)
    found, in_force, _ = record_of(request)
    href = case_path(found.case_type.key, found.case_id)
    if not found.decisions or is_withheld(request, found, in_force):
        return RedirectResponse(href, status_code=303)
    decided = found.decisions[-1]
    with site.database.read() as connection:
        case_type = case_type_then(connection, decided) or found.case_type
        facts = facts_then(connection, decided, case_type)
    sheet = talk_sheet(
        decided,
        case_type,
        facts,
        found.file["received_at"],
        letter_told(found),
        found.assessment,
        site.database.clock(),
        language,
    )
    identity = identity_of(found.citizen, found.case_id)
    return site.pages.page(
        request,
        "talk_sheet.html",
        title=Translator(language)("Talk sheet: {name}", name=identity.name),
        sheet=sheet,
        identity=identity,
        case_id=found.case_id,
        case_type=found.case_type.key,
        type_name=case_type.name.say(language),
        is_reopened=found.is_open and found.file["awaiting"] != "dispatch",
        href=href,
    )


def letter_told(found: CaseRecord) -> LetterFacts | None:
    """The facts of the letter about the newest decision, as it was sent; None where none was."""
    number = found.decisions[-1].id
    sent = next((one for one in found.letters if one.decision_id == number), None)
    return None if sent is None else facts_from_text(sent.document)
