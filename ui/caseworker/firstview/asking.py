"""Asks for a person's own view of a case in three short fields, and stores it; each version is kept."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.errors import RefusedError
from config.translate import Translator
from models.first_views import FIRST_VIEW, views_since
from ui.caseworker.acts import NOT_OURS
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import page_of, record_of
from ui.caseworker.decision_form import Problem, number_in
from ui.caseworker.firstview.view import EFFORTS, UNSURE
from ui.caseworker.handling.act_form import LONGEST_WORDS, SEEN, ActForm, NotStored, problems_of, wrong_text
from ui.caseworker.handling.act_page import back_to_case, show_act
from ui.caseworker.handling.storing import store_act
from ui.web.language import language_of
from ui.web.page_errors import bad_form

FIELDS = ("leans", "effort", "weighs", "assessment", SEEN)
CLOSED = "The case is closed, so the view can no longer be stored"
NOT_ASKED = "No view of yours is asked for in this case now"
ASSESSED_ANEW = "The case has been assessed anew since you opened this page. Look at its facts again"
router = APIRouter()


@router.get("/cases/{case_type}/{case_id}/first-view", name="first_view")
def first_view(request: Request) -> Response:
    """The visitor's view as it stands, to be written again."""
    page = page_of(request)
    if not may_view(page):
        return back_to_case(page)
    return shown(request, page, ActForm(last_typed(request)))


@router.post("/cases/{case_type}/{case_id}/first-view", name="store_first_view")
def store_first_view(request: Request) -> Response:
    """Store a version of the view; the page that follows is the first that may show the machine's part."""
    sent, page = request.state.form.only(*FIELDS), page_of(request)
    if sent["assessment"] and number_in(sent["assessment"]) is None:
        raise bad_form(NOT_OURS)
    if missing := write_view(request, page, sent):
        return shown(request, page, missing.form, missing.refused)
    return back_to_case(page)


def write_view(request: Request, page: CasePage, sent: Mapping[str, str]) -> NotStored | None:
    """Store a version of the visitor's own view; None where it is stored."""
    typed = {**sent, "weighs": sent["weighs"].strip()}
    form = ActForm(typed, problems_of(*problems(typed, page, Translator(language_of(request)))))
    if form.problems:
        return NotStored(form)
    if why := why_not(page, typed):
        return NotStored(form, RefusedError(why))
    try:
        store_act(request, FIRST_VIEW, content_of(typed, page), seen=sent[SEEN])
    except RefusedError as refused:
        return NotStored(form, refused)
    return None


def problems(typed: Mapping[str, str], page: CasePage, say: Translator) -> tuple[Problem | None, ...]:
    """What is missing of the two questions that must be answered, or too long of the third."""
    leanings = [one.key for one in page.own.outcome_choices]
    leans = Problem("leans", f"leans-{leanings[0]}", say("Choose what you lean to, or that you cannot say yet"))
    effort = Problem("effort", "effort-simple", say("Choose how much work you expect"))
    return (
        None if typed["leans"] in leanings else leans,
        None if typed["effort"] in EFFORTS else effort,
        wrong_text("weighs", typed["weighs"], LONGEST_WORDS, None, say),
    )


def content_of(typed: Mapping[str, str], page: CasePage) -> dict[str, object]:
    """The view as an act says it."""
    return {
        "assessment_id": page.assessment_id,
        "outcome": None if typed["leans"] == UNSURE else typed["leans"],
        "effort": typed["effort"],
        "weighs": typed["weighs"],
    }


def may_view(page: CasePage) -> bool:
    """Whether the visitor is asked for a view, or has given one that can still be written again."""
    return page.is_open and page.may_decide and (page.own.is_asked or page.own.view is not None)


def why_not(page: CasePage, typed: Mapping[str, str]) -> str | None:
    """Why a view cannot be stored as things stand, as an English sentence; None where it can."""
    if not page.is_open:
        return CLOSED
    if not may_view(page):
        return NOT_ASKED
    return ASSESSED_ANEW if number_in(typed["assessment"]) != page.assessment_id else None


def last_typed(request: Request) -> dict[str, str]:
    """The visitor's newest view as the form begins."""
    given = views_since(record_of(request)[0].acts, request.state.visitor.user.id)
    if not given:
        return {}
    said = given[-1].content
    return {"leans": said["outcome"] or UNSURE, "effort": said["effort"], "weighs": said["weighs"]}


def shown(request: Request, page: CasePage, form: ActForm, refused: RefusedError | None = None) -> Response:
    """The form on a page of its own."""
    title = Translator(language_of(request))("Your first view")
    return show_act(request, page, "first_view.html", title, form, refused=refused)
