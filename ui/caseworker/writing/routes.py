"""Keeps a form as it stands, discards what is kept, and shows two texts that one person wrote in two windows."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from config.translate import Translator
from models.clock import parse
from models.text_drafts import TextDraft
from ui.caseworker.case_routes import page_of
from ui.caseworker.writing.difference import Piece, difference
from ui.caseworker.writing.keeping import Ahead, ahead_of
from ui.caseworker.writing.kept_form import is_text, mark_of
from ui.caseworker.writing.shown import when_kept, written_elsewhere
from ui.caseworker.writing.stash import SCRIPT
from ui.web.addresses import safe_next
from ui.web.language import language_of, translated
from ui.web.page_errors import bad_form
from ui.web.site import site_of

router = APIRouter()


@dataclass(frozen=True)
class TwoTexts:
    """One field that says different things in two windows.

    Attributes:
        pieces: from the other window's text to this one's.
    """

    name: str
    mine: str
    pieces: tuple[Piece, ...]


@router.post("/cases/{case_type}/{case_id}/text", name="keep_text")
def keep_text(request: Request) -> Response:
    """Say what became of the words that came, which are kept before any form is looked at (`keep_ahead`)."""
    ahead = ahead_of(request)
    if ahead is None:
        raise bad_form("The form holds a field that this page does not have; load the page again.")
    if request.headers.get("accept") == SCRIPT:
        return told_to_script(request, ahead)
    if ahead.elsewhere is not None:
        return both_texts(request, ahead, ahead.elsewhere)
    if ahead.failed is not None:
        raise ahead.failed
    return back(request)


@router.post("/cases/{case_type}/{case_id}/text-discarded", name="discard_text")
def discard_text(request: Request) -> Response:
    """Go back to the form, of which nothing is kept any more: an answer that says so lets it be forgotten."""
    return back(request)


@router.get("/signed-in", name="signed_in")
def signed_in(request: Request) -> Response:
    """Who is signed in in this browser now, for a page that was made before: its forms need the new token."""
    visitor = request.state.visitor
    return JSONResponse({"user": str(visitor.user.id), "csrf": visitor.csrf})


def back(request: Request) -> Response:
    """To the page that the form stands on."""
    return RedirectResponse(safe_next(request.query_params.get("back", "")), status_code=HTTPStatus.SEE_OTHER)


def told_to_script(request: Request, ahead: Ahead) -> Response:
    """The new mark of the form and a sentence; a form that was emptied has none."""
    say, now = Translator(language_of(request)), site_of(request).database.clock()
    if ahead.elsewhere is not None:
        when = when_kept(ahead.elsewhere, now, language_of(request))
        said = {"said": written_elsewhere(ahead.elsewhere, when, say), "both": say("See both texts")}
        return JSONResponse(said, status_code=HTTPStatus.CONFLICT)
    if ahead.failed is not None:
        said = {"said": translated(ahead.failed.sentence.rstrip("."), request)}
        return JSONResponse(said, status_code=HTTPStatus.BAD_REQUEST)
    if ahead.draft is None:
        return JSONResponse({"kept": mark_of(ahead.sent.name, 0), "said": ""})
    when = when_kept(ahead.draft, parse(ahead.draft.saved_at), language_of(request))
    kept = mark_of(ahead.sent.name, ahead.draft.row_version)
    return JSONResponse({"kept": kept, "said": say("Your draft was saved at {when}.", when=when)})


def both_texts(request: Request, ahead: Ahead, theirs: TextDraft) -> Response:
    """Both texts with their difference marked; nothing is overwritten until the person has chosen."""
    say, mine = Translator(language_of(request)), ahead.sent.content
    texts = [
        TwoTexts(name, mine.get(name, ""), difference(theirs.content.get(name, ""), mine.get(name, "")))
        for name in dict.fromkeys([*mine, *theirs.content])
        if mine.get(name, "") != theirs.content.get(name, "")
        and (is_text(mine.get(name, "")) or is_text(theirs.content.get(name, "")))
    ]
    shown = {one.name for one in texts}
    when = when_kept(theirs, site_of(request).database.clock(), language_of(request))
    title = say("You have written in two windows")
    return site_of(request).pages.page(
        request,
        "both_texts.html",
        title=title,
        status=HTTPStatus.CONFLICT,
        page=page_of(request),
        texts=texts,
        choices=[(name, value) for name, value in mine.items() if name not in shown],
        mark=mark_of(ahead.sent.name, theirs.row_version),
        when=when,
        action=str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""),
        back=safe_next(request.query_params.get("back", "")),
    )
