"""Stores what a person answers to a question that the rules put."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.errors import RefusedError
from config.translate import Translator
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import page_of
from ui.caseworker.decision_form import Problem
from ui.caseworker.firstview.dilemmas import DILEMMA, DilemmaPart, answer_choices
from ui.caseworker.handling.act_form import LONGEST_WORDS, SEEN, ActForm, problems_of, wrong_text
from ui.caseworker.handling.act_page import show_act
from ui.caseworker.handling.act_words import ANSWERS
from ui.caseworker.handling.storing import store_act
from ui.web.language import language_of

router = APIRouter()


@router.post("/cases/{case_type}/{case_id}/dilemma", name="store_dilemma")
def store_dilemma(request: Request) -> Response:
    """Store an answer; the question is kept with it, word for word."""
    sent, say = request.state.form.only("rule", "answer", "words", SEEN), Translator(language_of(request))
    page, typed = page_of(request), {**sent, "words": sent["words"].strip()}
    asked = next((one for one in page.dilemmas if one.is_asked and one.rule == sent["rule"]), None)
    if asked is None:
        why = say("This question is not asked in the case now. Nothing was stored; your words are kept below")
        return shown(request, page, ActForm(typed), None, RefusedError(why))
    unanswered = Problem("answer", "answer-yes", say("Choose an answer"))
    form = ActForm(
        typed,
        problems_of(
            None if sent["answer"] in ANSWERS else unanswered,
            wrong_text("words", typed["words"], LONGEST_WORDS, None, say),
        ),
    )
    if form.problems:
        return shown(request, page, form, asked)
    try:
        store_act(request, DILEMMA, content_of(asked, typed), seen=sent[SEEN])
    except RefusedError as refused:
        return shown(request, page, form, asked, refused)
    return RedirectResponse(f"{page.href()}#dilemmas", status_code=303)


def content_of(asked: DilemmaPart, typed: dict[str, str]) -> dict[str, str]:
    """The answer as an act says it; `rule` is `version.place` of the rules in force."""
    return {"rule": asked.rule, "question": asked.stored, "answer": typed["answer"], "words": typed["words"]}


def shown(
    request: Request,
    page: CasePage,
    form: ActForm,
    asked: DilemmaPart | None,
    refused: RefusedError | None = None,
) -> Response:
    """What was answered, on a page of its own; without the question where it is not asked any longer."""
    language = language_of(request)
    title = Translator(language)("A question to you")
    choices = answer_choices(language)
    return show_act(request, page, "dilemma.html", title, form, refused=refused, asked=asked, answers=choices)
