"""A day on which something is to be looked after; the case goes on meanwhile, and the queue says so on the day."""

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


@router.get("/cases/{case_type}/{case_id}/follow-up", name="follow_up")
def follow_up(request: Request) -> Response:
    """Say what is to be looked after, and when."""
    return shown(request, page_of(request), ActForm())


@router.post("/cases/{case_type}/{case_id}/follow-up", name="store_follow_up")
def store_follow_up(request: Request) -> Response:
    """Store the day; a later one takes its place."""
    sent, say = request.state.form.only("what", "until", SEEN), Translator(language_of(request))
    page, typed = page_of(request), {**sent, "what": sent["what"].strip()}
    what = wrong_text("what", typed["what"], LONGEST_WORDS, say("Write what is to be looked after"), say)
    day = wrong_day("until", typed["until"], today_of(request), say)
    form = ActForm(typed, problems_of(what, day))
    if form.problems:
        return shown(request, page, form)
    try:
        store_act(request, "follow_up", {"what": typed["what"]}, seen=sent[SEEN], until=typed["until"])
    except RefusedError as refused:
        return shown(request, page, form, refused)
    return back_to_case(page)


@router.post("/cases/{case_type}/{case_id}/followed-up", name="followed_up")
def followed_up(request: Request) -> Response:
    """Say that it has been looked after; nothing is stored where there is nothing to look after."""
    sent = request.state.form.only(SEEN)
    page = page_of(request)
    if page.standing.follow_up is None:
        return back_to_case(page)
    try:
        store_act(request, "followed_up", {}, seen=sent[SEEN])
    except RefusedError as refused:
        return refused_on_case(request, page, refused)
    return back_to_case(page)


def shown(request: Request, page: CasePage, form: ActForm, refused: RefusedError | None = None) -> Response:
    """The form in some state."""
    title = Translator(language_of(request))("Follow up on a day")
    return show_act(request, page, "follow_up.html", title, form, refused=refused)
