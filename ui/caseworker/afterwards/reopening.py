"""Takes a decided case up again (genoptagelse): with a ground and a reason, by whoever goes on with it.

The decision stands as it was made. What follows is another one that replaces it. A case whose letter could not be
sent can be taken up again too: nothing has been told that binds, and that letter is never sent then.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.errors import RefusedError, StafetError
from config.translate import Translator
from models.database import serialise
from models.decision_store import decisions_of
from ui.caseworker.acts import NOT_OURS
from ui.caseworker.afterwards.grounds import grounds
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import page_of
from ui.caseworker.decision_form import Problem, number_in
from ui.caseworker.handling.act_form import LONGEST_WORDS, SEEN, ActForm, problems_of, wrong_text
from ui.caseworker.handling.act_page import back_to_case, show_act
from ui.caseworker.handling.storing import DoneAlreadyError, store_within
from ui.web.language import language_of
from ui.web.page_errors import bad_form
from ui.web.site import site_of

FIELDS = ("ground", "reason", "decision")
router = APIRouter()


@router.get("/cases/{case_type}/{case_id}/reopen", name="reopen")
def reopen(request: Request) -> Response:
    """Say why the case is taken up again; one that is open is not."""
    page, ground = page_of(request), request.query_params.get("ground", "")
    if not page.after.may_reopen:
        return back_to_case(page)
    offered = offered_on(request, page)
    chosen = ground if ground in offered else next(iter(offered)) if len(offered) == 1 else ""
    return shown(request, page, ActForm({"ground": chosen}))


@router.post("/cases/{case_type}/{case_id}/reopen", name="store_reopening")
def store_reopening(request: Request) -> Response:
    """Open the case; whoever does it has taken it."""
    sent, say = request.state.form.only(*FIELDS, SEEN), Translator(language_of(request))
    page, typed = page_of(request), {**sent, "reason": sent["reason"].strip()}
    decision = number_in(sent["decision"])
    if decision is None:
        raise bad_form(NOT_OURS)
    offered = offered_on(request, page)
    unknown = Problem("ground", f"ground-{next(iter(offered))}", say("Choose why the case is reopened"))
    reason = wrong_text("reason", typed["reason"], LONGEST_WORDS, say("Write why the case is reopened"), say)
    form = ActForm(typed, problems_of(None if typed["ground"] in offered else unknown, reason))
    if form.problems:
        return shown(request, page, form)
    content = {"decision_id": decision, "ground": typed["ground"], "reason": typed["reason"]}
    try:
        store(request, content, sent[SEEN])
    except DoneAlreadyError:
        return back_to_case(page)
    except StafetError as refused:
        return shown(request, page, form, refused)
    return back_to_case(page)


def store(request: Request, content: dict[str, object], seen: str) -> None:
    """Store the act, if the decision that its page showed is still the newest.

    Raises:
        DoneAlreadyError: this form was sent before.
        StafetError: the case was decided anew or reopened meanwhile, or the records refuse it.
    """
    file = request.state.case_file
    with site_of(request).database.write() as connection:
        serialise(connection)
        decisions = decisions_of(connection, str(file["case_type"]), str(file["case_id"]))
        if not decisions or decisions[-1].id != content["decision_id"]:
            raise RefusedError("the case has been decided anew meanwhile; read that decision first")
        store_within(connection, request, "reopened", content, seen=seen, anybody=True)


def offered_on(request: Request, page: CasePage) -> list[str]:
    """The grounds that the form of this page offers."""
    return [one.key for one in grounds(language_of(request), is_told=not page.after.awaits_letter)]


def shown(request: Request, page: CasePage, form: ActForm, refused: StafetError | None = None) -> Response:
    """The form in some state."""
    language = language_of(request)
    title = Translator(language)("Reopen the case")
    offered = grounds(language, is_told=not page.after.awaits_letter)
    return show_act(request, page, "reopen.html", title, form, refused=refused, grounds=offered)
