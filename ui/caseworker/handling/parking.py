"""Puts a case aside until a day, for a reason that everybody reads, and takes it up again."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.errors import RefusedError
from config.translate import Translator
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import page_of
from ui.caseworker.handling.act_form import LONGEST_WORDS, SEEN, ActForm, problems_of, wrong_day, wrong_text
from ui.caseworker.handling.act_page import back_to_case, refused_on_case, show_act, today_of
from ui.caseworker.handling.storing import store_act
from ui.web.language import language_of

router = APIRouter()


@router.get("/cases/{case_type}/{case_id}/park", name="park")
def park(request: Request) -> Response:
    """Say why the case waits, and until when."""
    return shown(request, page_of(request), ActForm())


@router.post("/cases/{case_type}/{case_id}/park", name="store_parking")
def store_parking(request: Request) -> Response:
    """Let the case wait; it comes back by itself the day after."""
    sent, say = request.state.form.only("reason", "until", SEEN), Translator(language_of(request))
    page, typed = page_of(request), {**sent, "reason": sent["reason"].strip()}
    reason = wrong_text("reason", typed["reason"], LONGEST_WORDS, say("Write why the case waits"), say)
    day = wrong_day("until", typed["until"], today_of(request), say)
    form = ActForm(typed, problems_of(reason, day))
    if form.problems:
        return shown(request, page, form)
    try:
        store_act(request, "parked", {"reason": typed["reason"]}, seen=sent[SEEN], until=typed["until"])
    except RefusedError as refused:
        return shown(request, page, form, refused)
    return back_to_case(page)


@router.post("/cases/{case_type}/{case_id}/resume", name="resume")
def resume(request: Request) -> Response:
    """Take a case up again before its day; nothing is stored of one that does not wait."""
    sent = request.state.form.only(SEEN)
    page = page_of(request)
    if not page.standing.may_resume:
        return back_to_case(page)
    try:
        store_act(request, "resumed", {}, seen=sent[SEEN])
    except RefusedError as refused:
        return refused_on_case(request, page, refused)
    return back_to_case(page)


def shown(request: Request, page: CasePage, form: ActForm, refused: RefusedError | None = None) -> Response:
    """The form in some state."""
    title = Translator(language_of(request))("Park the case until a day")
    return show_act(request, page, "park.html", title, form, refused=refused)
