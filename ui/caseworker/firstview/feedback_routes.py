"""Stores in two clicks that the machine's reasons are wrong, or that the case should have gone elsewhere."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.errors import RefusedError
from config.translate import Translator
from ui.caseworker.acts import NOT_OURS
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import page_of
from ui.caseworker.decision_form import number_in
from ui.caseworker.firstview.feedback import FEEDBACK, ON, wrong_reasons
from ui.caseworker.handling.act_form import LONGEST_WORDS, SEEN, ActForm, problems_of, wrong_text
from ui.caseworker.handling.act_page import show_act
from ui.caseworker.handling.storing import store_act
from ui.web.language import language_of
from ui.web.page_errors import bad_form

router = APIRouter()


@router.post("/cases/{case_type}/{case_id}/feedback", name="store_feedback")
def store_feedback(request: Request) -> Response:
    """Store it; anybody of the team may say it who may see the machine's part, of a closed case too."""
    sent = request.state.form.only("on", "feature", "words", "assessment", SEEN)
    page, language, typed = page_of(request), language_of(request), {**sent, "words": sent["words"].strip()}
    features = [one.key for one in wrong_reasons(page.machine, language)]
    if sent["on"] not in ON or number_in(sent["assessment"]) is None:
        raise bad_form(NOT_OURS)
    form = ActForm(
        typed, problems_of(wrong_text("words", typed["words"], LONGEST_WORDS, None, Translator(language)))
    )
    if form.problems:
        return shown(request, page, form)
    say = Translator(language)
    if page.machine is None or number_in(sent["assessment"]) != page.assessment_id:
        why = say("The machine's part is not the one that you saw. Look at the case again")
        return shown(request, page, form, RefusedError(why))
    if sent["feature"] not in features:
        raise bad_form(NOT_OURS)
    content = {
        "assessment_id": page.assessment_id,
        "on": sent["on"],
        "feature": sent["feature"] or None,
        "words": typed["words"],
    }
    try:
        store_act(request, FEEDBACK, content, seen=sent[SEEN], anybody=True)
    except RefusedError as refused:
        return shown(request, page, form, refused)
    return RedirectResponse(f"{page.href()}#said", status_code=303)


def shown(request: Request, page: CasePage, form: ActForm, refused: RefusedError | None = None) -> Response:
    """What was written, on a page of its own."""
    title = Translator(language_of(request))(ON[form.value("on")])
    reasons = wrong_reasons(page.machine, language_of(request))
    return show_act(request, page, "feedback.html", title, form, refused=refused, reasons=reasons)
