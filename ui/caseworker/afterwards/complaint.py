"""Registers a complaint of a decision: the day it came, and what the citizen says where it is written down."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.errors import StafetError
from config.translate import Translator
from models.clock import danish_day, parse
from ui.caseworker.acts import NOT_OURS
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.case_routes import page_of, record_of
from ui.caseworker.decision_form import Problem, number_in
from ui.caseworker.handling.act_form import LONGEST_NOTE, SEEN, ActForm, day_in, problems_of, wrong_text
from ui.caseworker.handling.act_page import back_to_case, show_act, today_of
from ui.caseworker.handling.storing import store_act
from ui.web.language import language_of
from ui.web.page_errors import bad_form

FIELDS = ("received_on", "complained", "decision")
COMPLAINTS = "#complaints"
router = APIRouter()


@router.get("/cases/{case_type}/{case_id}/complaint", name="complaint")
def complaint(request: Request) -> Response:
    """The form for a complaint on a page of its own; a case without a decision that stands has none."""
    page = page_of(request)
    if not page.after.may_complain:
        return back_to_case(page)
    return shown(request, page, ActForm({"received_on": today_of(request)}))


@router.post("/cases/{case_type}/{case_id}/complaint", name="store_complaint")
def store_complaint(request: Request) -> Response:
    """Store the complaint word for word; anybody of the team may, for it is they whom the citizen reached."""
    sent, (case, _, _) = request.state.form.only(*FIELDS, SEEN), record_of(request)
    page, typed, say = page_of(request), {**sent, "complained": sent["complained"].strip()}, say_in(request)
    decision = number_in(sent["decision"])
    if decision is None or decision not in {one.id for one in case.decisions}:
        raise bad_form(NOT_OURS)
    day = wrong_day_of_receipt(typed["received_on"], first_day(case, decision), today_of(request), say)
    words = wrong_text("complained", typed["complained"], LONGEST_NOTE, None, say)
    form = ActForm(typed, problems_of(day, words))
    if form.problems:
        return shown(request, page, form)
    content = {"decision_id": decision, "received_on": typed["received_on"], "words": typed["complained"]}
    try:
        store_act(request, "complaint", content, seen=sent[SEEN], anybody=True)
    except StafetError as refused:
        return shown(request, page, form, refused)
    return RedirectResponse(f"{page.href()}{COMPLAINTS}", status_code=303)


def first_day(case: CaseRecord, decision: int) -> str:
    """The day of the decision that is complained of, in Denmark."""
    return danish_day(parse(next(one.decided_at for one in case.decisions if one.id == decision)))


def wrong_day_of_receipt(text: str, decided: str, today: str, say: Translator) -> Problem | None:
    """What is wrong with the day on which a complaint came: it is none, or not between the decision and today."""
    sentence = None
    if day_in(text) is None:
        sentence = say("Write a day, such as 2026-12-07")
    elif text > today:
        sentence = say("Choose a day that is not in the future")
    elif text < decided:
        sentence = say("Choose a day that is not before the decision")
    return None if sentence is None else Problem("received_on", "received_on", sentence)


def say_in(request: Request) -> Translator:
    """The reader's language."""
    return Translator(language_of(request))


def shown(request: Request, page: CasePage, form: ActForm, refused: StafetError | None = None) -> Response:
    """The form in some state."""
    title = say_in(request)("Register a complaint")
    return show_act(request, page, "complaint.html", title, form, refused=refused)
