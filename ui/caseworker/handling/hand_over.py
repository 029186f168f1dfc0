"""Hands a case over to a colleague by name, or back to the team, with a note of where it stands."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.errors import RefusedError
from config.translate import Translator
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import page_of
from ui.caseworker.decision_form import Problem
from ui.caseworker.handling.act_form import LONGEST_WORDS, SEEN, ActForm, Option, problems_of, wrong_text
from ui.caseworker.handling.act_page import back_to_case, show_act
from ui.caseworker.handling.colleagues import colleagues
from ui.caseworker.handling.storing import store_act
from ui.web.language import language_of
from ui.web.site import site_of

TEAM = "team"
router = APIRouter()


@router.get("/cases/{case_type}/{case_id}/hand-over", name="hand_over")
def hand_over(request: Request) -> Response:
    """Choose who goes on with the case."""
    return shown(request, page_of(request), ActForm(), choices(request))


@router.post("/cases/{case_type}/{case_id}/hand-over", name="store_hand_over")
def store_hand_over(request: Request) -> Response:
    """Hand the case over, if whoever is chosen can take it."""
    sent, say = request.state.form.only("to", "note", SEEN), Translator(language_of(request))
    page, to = page_of(request), choices(request)
    typed = {**sent, "note": sent["note"].strip()}
    who = (
        None if may_take(request, to, sent["to"]) else Problem("to", "to", say("Choose who goes on with the case"))
    )
    form = ActForm(typed, problems_of(who, wrong_text("note", typed["note"], LONGEST_WORDS, None, say)))
    if form.problems:
        return shown(request, page, form, to)
    content = {
        "note": typed["note"],
        "because": "handed_over",
        "from_user": request.state.case_file["assigned_to"],
    }
    to_user = None if sent["to"] == TEAM else int(sent["to"])
    try:
        store_act(request, "handed_over", content, seen=sent[SEEN], to_user=to_user)
    except RefusedError as refused:
        return shown(request, page, form, to, refused)
    return back_to_case(page)


def may_take(request: Request, to: tuple[Option, ...], chosen: str) -> bool:
    """Whether the case can go there; whoever has it by now may be named by a form that is sent a second time."""
    holder = request.state.case_file["assigned_to"]
    if chosen == TEAM or chosen in {one.key for one in to if one.key}:
        return True
    return holder not in (None, request.state.visitor.user.id) and chosen == str(holder)


def choices(request: Request) -> tuple[Option, ...]:
    """The team, where somebody has the case, and each colleague who can take it."""
    file, say = request.state.case_file, Translator(language_of(request))
    with site_of(request).database.read() as connection:
        named = colleagues(connection, file["case_type"], file["case_id"], request.state.visitor.user)
    team = () if file["assigned_to"] is None else (Option(TEAM, say("The team: whoever is free")),)
    return (Option("", say("Choose")), *team, *(one for one in named if one.key != str(file["assigned_to"])))


def shown(
    request: Request,
    page: CasePage,
    form: ActForm,
    to: tuple[Option, ...],
    refused: RefusedError | None = None,
) -> Response:
    """The form in some state."""
    title = Translator(language_of(request))("Hand the case over")
    return show_act(request, page, "hand_over.html", title, form, refused=refused, to=to)
