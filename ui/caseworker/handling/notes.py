"""Notes on a case: a person's own, what was said to us (OFL § 13, notatpligt), and what we told the citizen."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.errors import RefusedError
from config.translate import Translator
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import page_of
from ui.caseworker.handling.act_form import (
    LONGEST_LINE,
    LONGEST_NOTE,
    SEEN,
    ActForm,
    NotStored,
    problems_of,
    wrong_text,
)
from ui.caseworker.handling.act_page import back_to_case, show_act
from ui.caseworker.handling.act_words import NOTE_SORTS, note_sorts
from ui.caseworker.handling.storing import store_act
from ui.web.language import language_of
from ui.web.page_errors import bad_form

FIELDS = ("note", "note_sort", "note_source", "note_contact")
router = APIRouter()


@router.get("/cases/{case_type}/{case_id}/note", name="note")
def note(request: Request) -> Response:
    """The form for a note on a page of its own."""
    return shown(request, page_of(request), ActForm())


@router.post("/cases/{case_type}/{case_id}/note", name="store_note")
def store_note(request: Request) -> Response:
    """Store a note, or show the form again with all that was typed."""
    sent, page = request.state.form.only(*FIELDS, SEEN), page_of(request)
    if sent["note_sort"] not in ("", *NOTE_SORTS):
        raise bad_form("The form holds a field that this page does not have; load the page again.")
    if missing := write_note(request, sent):
        return shown(request, page, missing.form, missing.refused)
    return back_to_case(page)


def write_note(request: Request, sent: Mapping[str, str]) -> NotStored | None:
    """Store a note; anybody of the team may write one, on a closed case too. None where it is stored."""
    say, sort = Translator(language_of(request)), sent["note_sort"] or "note"
    typed = {**sent, "note": sent["note"].strip(), "note_source": sent["note_source"].strip()}
    unsaid = say("Write who said it, and how") if sort == "oral" else None
    source = wrong_text("note_source", typed["note_source"], LONGEST_LINE, unsaid, say)
    text = wrong_text("note", typed["note"], LONGEST_NOTE, say("Write the note"), say)
    form = ActForm(typed, problems_of(text, source))
    if form.problems:
        return NotStored(form)
    content = {
        "text": typed["note"],
        "sort": sort,
        "source": typed["note_source"] or None,
        "contact": sent["note_contact"] == "yes",
    }
    try:
        store_act(request, "note", content, seen=sent[SEEN], anybody=True)
    except RefusedError as refused:
        return NotStored(form, refused)
    return None


def shown(request: Request, page: CasePage, form: ActForm, refused: RefusedError | None = None) -> Response:
    """The form in some state."""
    language = language_of(request)
    title = Translator(language)("Write a note")
    return show_act(request, page, "note.html", title, form, refused=refused, sorts=note_sorts(language))
