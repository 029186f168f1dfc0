"""Puts on record who acts for the citizen (partsrepræsentation, forvaltningsloven § 8), and that it has ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.errors import RefusedError
from config.translate import Translator
from models.representatives import representative_of
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import page_of, record_of
from ui.caseworker.decision_form import Problem, number_in
from ui.caseworker.handling.act_form import LONGEST_LINE, SEEN, ActForm, Option, problems_of, wrong_text
from ui.caseworker.handling.act_page import back_to_case, refused_on_case, show_act
from ui.caseworker.handling.storing import DoneAlreadyError, store_act, store_within
from ui.web.language import language_of
from ui.web.site import site_of

ABOUT = "about"
SAID = "said"
LINES = ("name", "street", "town", "phone")
POST: Mapping[str, str] = {"digital": "By Digital Post", "letter": "By letter"}
NO_PARTY = "there is no party in this case who can be represented"
router = APIRouter()


@router.get("/cases/{case_type}/{case_id}/represent", name="represent")
def represent(request: Request) -> Response:
    """Write who acts for the citizen."""
    return shown(request, page_of(request), ActForm())


@router.post("/cases/{case_type}/{case_id}/represent", name="store_representation")
def store_representation(request: Request) -> Response:
    """Store it; from now on letters go to them. Anybody of the team may, on a closed case too."""
    sent, page = request.state.form.only(*LINES, "post", "shown_by", SEEN), page_of(request)
    typed = {**sent, **{name: sent[name].strip() for name in LINES}}
    form = ActForm(typed, wrong(page, typed, Translator(language_of(request))))
    if form.problems:
        return shown(request, page, form)
    try:
        store(request, content_of(typed), sent[SEEN])
    except RefusedError as refused:
        return shown(request, page, form, refused)
    return back_to_case(page)


@router.post("/cases/{case_type}/{case_id}/representation-ended", name="end_representation")
def end_representation(request: Request) -> Response:
    """The citizen acts alone again; of somebody who acts no longer nothing is stored."""
    sent, page = request.state.form.only(ABOUT, SEEN), page_of(request)
    if page.representative is None or number_in(sent[ABOUT]) != page.representative.act:
        return back_to_case(page)
    try:
        store_act(
            request, "representation_ended", {}, seen=sent[SEEN], about_act=page.representative.act, anybody=True
        )
    except RefusedError as refused:
        return refused_on_case(request, page, refused)
    return back_to_case(page)


def store(request: Request, content: Mapping[str, Any], seen: str) -> None:
    """Put somebody on record; whoever acted for the citizen before does so no longer, both or neither.

    Raises:
        RefusedError: the case has no party, or lies with another team, or the visitor may take no part in it.
    """
    if not page_of(request).is_decided:
        raise RefusedError(NO_PARTY)
    try:
        with site_of(request).database.write() as connection:
            before = representative_of(record_of(request)[0].acts)
            store_within(connection, request, "represented", content, seen=seen, anybody=True)
            if before is not None:
                about = before.act
                store_within(
                    connection, request, "representation_ended", {}, seen=seen, about_act=about, anybody=True
                )
    except DoneAlreadyError:
        return


def wrong(page: CasePage, typed: Mapping[str, str], say: Translator) -> dict[str, Problem]:
    """What is missing of who acts for the citizen, and how they are reached."""
    needs_address = typed["post"] != "digital"
    unsaid = {
        "name": say("Write who acts for the citizen"),
        "street": say("Write the street, so that a letter arrives") if needs_address else None,
        "town": say("Write the town, so that a letter arrives") if needs_address else None,
        "phone": None,
    }
    lines = [wrong_text(name, typed[name], LONGEST_LINE, unsaid[name], say) for name in LINES]
    post = None if typed["post"] in POST else Problem("post", "post-digital", say("Choose how letters reach them"))
    known = {SAID, *(str(one.number) for one in page.documents)}
    what = say("Choose what shows that they may act for the citizen")
    shown_by = None if typed["shown_by"] in known else Problem("shown_by", "shown_by", what)
    return problems_of(*lines, post, shown_by)


def content_of(typed: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, as the act keeps it."""
    return {
        **{name: typed[name] or None for name in LINES},
        "digital_post": typed["post"] == "digital",
        "document_id": None if typed["shown_by"] == SAID else number_in(typed["shown_by"]),
    }


def shown(request: Request, page: CasePage, form: ActForm, refused: RefusedError | None = None) -> Response:
    """The form in some state."""
    say = Translator(language_of(request))
    papers = tuple(Option(str(one.number), one.name) for one in page.documents)
    shown_by = (Option("", say("Choose")), *papers, Option(SAID, say("The citizen has said so")))
    ways = tuple(Option(key, say(label)) for key, label in POST.items())
    if not page.is_decided and refused is None:
        refused = RefusedError(NO_PARTY)
    title = say("Who acts for the citizen")
    return show_act(request, page, "represent.html", title, form, refused=refused, shown_by=shown_by, ways=ways)
