"""The page of a case's documents: put one in, and take one out again as a file that no browser opens by itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.errors import RefusedError
from config.translate import Translator
from models.case_acts import acts_of
from models.database import serialise
from models.documents import Document, document_content, documents_of, store_document
from models.queue import case_file
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import page_of
from ui.caseworker.decision_form import Problem, number_in
from ui.caseworker.documents.content import judged
from ui.caseworker.documents.file_name import cleaned_name, to_be_saved
from ui.caseworker.documents.rows import SOURCES, document_row
from ui.caseworker.handling.act_form import SEEN, ActForm, Option, problems_of
from ui.caseworker.handling.act_page import show_act
from ui.caseworker.handling.storing import refuse_unfit
from ui.web.forms import Upload
from ui.web.language import language_of
from ui.web.page_errors import bad_form, no_such_page
from ui.web.site import site_of
from ui.web.uploads import FILE_FIELD

FROM, HAS_SEEN = "source", "citizen_has_seen"
SEEN_OR_NOT = {"yes": "Yes", "no": "No"}
router = APIRouter()


@dataclass(frozen=True)
class Offered:
    """A file that was looked at and can be taken."""

    name: str
    media_type: str
    content: bytes


@router.get("/cases/{case_type}/{case_id}/documents", name="documents")
def documents(request: Request) -> Response:
    """The documents of the case, and a form for one more."""
    return shown(request, page_of(request), ActForm())


@router.post("/cases/{case_type}/{case_id}/documents", name="store_document")
def put_document(request: Request) -> Response:
    """Put a document into the case, on a closed one too; one that lies there already is not stored again."""
    sent, say = request.state.form.only(FROM, HAS_SEEN, SEEN), Translator(language_of(request))
    if sent[FROM] not in ("", *SOURCES) or sent[HAS_SEEN] not in ("", *SEEN_OR_NOT):
        raise bad_form("The form holds a field that this page does not have; load the page again.")
    page, (offered, wrong) = page_of(request), offered_in(request.state.form.file, say)
    source = (
        Problem(FROM, f"{FROM}-citizen", say("Choose from whom the document comes")) if not sent[FROM] else None
    )
    seen = (
        Problem(HAS_SEEN, f"{HAS_SEEN}-yes", say("Say whether the citizen has seen the document"))
        if not sent[HAS_SEEN]
        else None
    )
    form = ActForm(sent, problems_of(wrong, source, seen))
    if offered is None or form.problems:
        return shown(request, page, form)
    try:
        with site_of(request).database.write() as connection:
            same = stored_within(connection, request, offered, sent[FROM], has_been_seen=sent[HAS_SEEN] == "yes")
    except RefusedError as refused:
        return shown(request, page, form, refused)
    if same is not None:
        return shown(request, page, ActForm(), same=same)
    return RedirectResponse(f"{page.href()}#documents", status_code=303)


@router.get("/cases/{case_type}/{case_id}/documents/{number}", name="document")
def document(request: Request, number: str) -> Response:
    """One document byte for byte, as a file to be saved and of the type that it was found to be."""
    file, wanted = request.state.case_file, number_in(number)
    with site_of(request).database.read() as connection:
        kept = documents_of(connection, file["case_type"], file["case_id"])
        found = next((one for one in kept if one.id == wanted), None)
        content = None if found is None else document_content(connection, found.case_type, found.case_id, found.id)
    if found is None or content is None:
        raise no_such_page()
    headers = {"Content-Type": found.media_type, "Content-Disposition": to_be_saved(found.name)}
    return Response(content, headers=headers)


def offered_in(upload: Upload | None, say: Translator) -> tuple[Offered | None, Problem | None]:
    """The file that was sent, or what is wrong with it."""
    if upload is None:
        return None, Problem(FILE_FIELD, FILE_FIELD, say("Choose a file"))
    name = cleaned_name(upload.name)
    found = judged(name, upload.content)
    if found.media_type is None:
        return None, Problem(FILE_FIELD, FILE_FIELD, say(found.why_not or ""))
    return Offered(name, found.media_type, upload.content), None


def stored_within(
    connection: sa.Connection, request: Request, offered: Offered, source: str, *, has_been_seen: bool
) -> Document | None:
    """Store a document; the one that lies in the case already, where it is the very same.

    Raises:
        RefusedError: the case is another team's by now, or the visitor may take no part in it.
    """
    visitor, file = request.state.visitor, request.state.case_file
    key, case_id = str(file["case_type"]), str(file["case_id"])
    serialise(connection)
    refuse_unfit(
        case_file(connection, key, case_id), acts_of(connection, key, case_id), visitor.user, anybody=True
    )
    digest = hashlib.sha256(offered.content).hexdigest()
    for one in documents_of(connection, key, case_id):
        if one.sha256 == digest:
            return one
    store_document(
        connection,
        case_type=key,
        case_id=case_id,
        sign_in_id=visitor.present.id,
        name=offered.name,
        media_type=offered.media_type,
        content=offered.content,
        source=source,
        citizen_has_seen=has_been_seen,
    )
    return None


def shown(
    request: Request,
    page: CasePage,
    form: ActForm,
    refused: RefusedError | None = None,
    same: Document | None = None,
) -> Response:
    """The form in some state; `same` is the document that lies in the case already."""
    language = language_of(request)
    say = Translator(language)
    return show_act(
        request,
        page,
        "documents.html",
        say("Documents"),
        form,
        refused=refused,
        sources=tuple(Option(key, say(label)) for key, label in SOURCES.items()),
        seen_or_not=tuple(Option(key, say(label)) for key, label in SEEN_OR_NOT.items()),
        same=None if same is None else document_row(same, site_of(request).database.clock(), language),
    )
