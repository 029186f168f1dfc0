"""Writes down which exception makes a hearing needless (forvaltningsloven § 19, stk. 2), and why."""

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
from ui.caseworker.handling.storing import store_act
from ui.web.language import language_of

EXCEPTIONS: Mapping[str, str] = {
    "1": "No. 1: to decide without a hearing is not questionable, by the nature of the fact and of the case",
    "2": "No. 2: a postponement would pass a deadline set by law",
    "3": "No. 3: the citizen's interest in a postponement must yield to essential public or private interests",
    "4": "No. 4: the citizen has no right to see the fact",
    "5": "No. 5: very many would have to be heard, or it would be essentially difficult",
    "6": "No. 6: special rules give the citizen access to the grounds, and to comment before the decision",
}
"""The numbers of § 19, stk. 2, in short words; the municipality goes by the text of the law."""

router = APIRouter()


@router.get("/cases/{case_type}/{case_id}/hearing-exception", name="hearing_exception")
def hearing_exception(request: Request) -> Response:
    """Choose the exception, and say why it applies here."""
    return shown(request, page_of(request), ActForm())


@router.post("/cases/{case_type}/{case_id}/hearing-exception", name="store_hearing_exception")
def store_hearing_exception(request: Request) -> Response:
    """Store the exception; a hearing that waits is then waited for no more."""
    sent, say = request.state.form.only("number", "reasons", SEEN), Translator(language_of(request))
    page, typed = page_of(request), {**sent, "reasons": sent["reasons"].strip()}
    first = f"number-{next(iter(EXCEPTIONS))}"
    number = None if sent["number"] in EXCEPTIONS else Problem("number", first, say("Choose the exception"))
    reasons = wrong_text("reasons", typed["reasons"], LONGEST_WORDS, say("Write why the exception applies"), say)
    form = ActForm(typed, problems_of(number, reasons))
    if form.problems:
        return shown(request, page, form)
    content = {"number": int(sent["number"]), "reasons": typed["reasons"]}
    try:
        store_act(request, "hearing_exception", content, seen=sent[SEEN])
    except RefusedError as refused:
        return shown(request, page, form, refused)
    return back_to_case(page)


def shown(request: Request, page: CasePage, form: ActForm, refused: RefusedError | None = None) -> Response:
    """The form in some state."""
    say = Translator(language_of(request))
    numbers = tuple(Option(key, say(label)) for key, label in EXCEPTIONS.items())
    title = say("Decide without a hearing")
    return show_act(request, page, "hearing_exception.html", title, form, refused=refused, numbers=numbers)
