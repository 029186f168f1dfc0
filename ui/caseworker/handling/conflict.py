"""A person may take no part in a case (inhabilitet, forvaltningsloven §§ 3-6): it leaves them at once."""

from __future__ import annotations

from collections.abc import Mapping

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
from ui.caseworker.handling.storing import DoneAlreadyError, store_within
from ui.web.language import language_of
from ui.web.site import site_of

router = APIRouter()


@router.get("/cases/{case_type}/{case_id}/conflict", name="conflict")
def conflict(request: Request) -> Response:
    """Say why one may take no part, and who goes on."""
    return shown(request, page_of(request), ActForm(), choices(request))


@router.post("/cases/{case_type}/{case_id}/conflict", name="store_conflict")
def store_conflict(request: Request) -> Response:
    """Store the grounds; whoever had the case has it no longer, and a colleague or the team goes on."""
    sent, say = request.state.form.only("grounds", "to", SEEN), Translator(language_of(request))
    page, to = page_of(request), choices(request)
    if page.standing.is_conflicted:
        return back_to_case(page)
    typed = {**sent, "grounds": sent["grounds"].strip()}
    grounds = wrong_text("grounds", typed["grounds"], LONGEST_WORDS, say("Write why you may take no part"), say)
    unknown = sent["to"] not in {one.key for one in to}
    who = Problem("to", "to", say("Choose who goes on with the case")) if unknown else None
    form = ActForm(typed, problems_of(grounds, who))
    if form.problems:
        return shown(request, page, form, to)
    try:
        store(request, typed)
    except RefusedError as refused:
        return shown(request, page, form, to, refused)
    return back_to_case(page)


def store(request: Request, typed: Mapping[str, str]) -> None:
    """Both acts or neither: to a colleague the case goes only from whoever had it, or from nobody."""
    try:
        with site_of(request).database.write() as connection:
            if typed["to"]:
                content = {"because": "conflict", "from_user": request.state.case_file["assigned_to"]}
                to_user = int(typed["to"])
                store_within(connection, request, "handed_over", content, seen=typed[SEEN], to_user=to_user)
            content = {"grounds": typed["grounds"]}
            store_within(connection, request, "conflict", content, seen=typed[SEEN], anybody=True)
    except DoneAlreadyError:
        return


def choices(request: Request) -> tuple[Option, ...]:
    """The team, and each colleague who can take the case from the visitor, or from nobody."""
    file, user, say = request.state.case_file, request.state.visitor.user, Translator(language_of(request))
    team = Option("", say("The team: whoever is free"))
    if file["assigned_to"] not in (None, user.id):
        return (team,)
    with site_of(request).database.read() as connection:
        return (team, *colleagues(connection, file["case_type"], file["case_id"], user))


def shown(
    request: Request,
    page: CasePage,
    form: ActForm,
    to: tuple[Option, ...],
    refused: RefusedError | None = None,
) -> Response:
    """The form in some state."""
    title = Translator(language_of(request))("I may take no part in the case")
    return show_act(request, page, "conflict.html", title, form, refused=refused, to=to)
