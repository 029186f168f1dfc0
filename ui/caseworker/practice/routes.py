"""The pages of practice: one's own figures, a closed case, what the machine is shown to say, what happened."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.translate import Translator
from config.words import Words
from models.practice import (
    PracticeAnswer,
    agree_in_practice,
    answer_practice,
    practice_of,
    practised,
    set_aside_known,
)
from models.practice_cases import is_for_practice
from ui.caseworker.decision_form import Problem, number_in
from ui.caseworker.firstview.view import EFFORTS, efforts
from ui.caseworker.handling.act_form import ActForm, Option, problems_of
from ui.caseworker.practice.at_first import AtFirst, at_first
from ui.caseworker.practice.calibration import SURE, calibration_said
from ui.caseworker.practice.drawing import DecidedCase, decided_case, next_for, unfinished_of
from ui.caseworker.practice.happened import happened, shown_to
from ui.web.addresses import case_path
from ui.web.language import language_of
from ui.web.page_errors import no_such_page
from ui.web.site import site_of

FIELDS = ("outcome", "effort", "sure")
AGREEING = {"yes": True, "no": False}

router = APIRouter()


@router.get("/practice", name="practice")
def practice(request: Request) -> Response:
    """What practice is, the visitor's own figures, and the way to a case."""
    return start_page(request)


@router.post("/practice", name="begin_practice")
def begin_practice(request: Request) -> Response:
    """Put a case to the visitor, or the one that they have not finished."""
    request.state.form.only()
    found = next_for(site_of(request), request.state.visitor.user)
    if found is None:
        say = Translator(language_of(request))
        none = say("There is no closed case of your team that you have not worked on yourself. Come back later.")
        return start_page(request, none)
    return RedirectResponse(f"/practice/{found.id}", status_code=303)


@router.get("/practice/{number}", name="practise")
def practise(request: Request, number: str) -> Response:
    """The case where the visitor has got to: to be decided, to be held against the machine's view, or over."""
    found, case = asked_of(request, number)
    if found.is_known:
        return RedirectResponse("/practice", status_code=303)
    return withdrawn(request) if case is None else show(request, found, case, ActForm())


@router.post("/practice/{number}", name="answer_practice")
def store_answer(request: Request, number: str) -> Response:
    """Keep what the visitor would have decided; the first answer counts."""
    sent, say = request.state.form.only(*FIELDS), Translator(language_of(request))
    found, case = asked_of(request, number)
    if found.is_known:
        return RedirectResponse("/practice", status_code=303)
    if case is None:
        return withdrawn(request)
    outcomes = list(case.case_type.outcomes)
    levels = [str(one) for one in SURE]
    form = ActForm(
        sent,
        problems_of(
            missing("outcome", sent, outcomes, say("Choose what you would decide")),
            missing("effort", sent, list(EFFORTS), say("Choose how much work you expect")),
            missing("sure", sent, levels, say("Choose how sure you are")),
        ),
    )
    if form.problems and found.answered_at is None:
        return show(request, found, case, form)
    if found.answered_at is None:
        answer = {"outcome": sent["outcome"], "effort": sent["effort"], "sure": int(sent["sure"])}
        with site_of(request).database.write() as connection:
            answer_practice(connection, found.id, found.user_id, **answer)
    return RedirectResponse(f"/practice/{found.id}", status_code=303)


@router.post("/practice/{number}/known", name="set_practice_aside")
def set_practice_aside(request: Request, number: str) -> Response:
    """Put another case to a visitor who happens to know this one; that counts nowhere."""
    request.state.form.only()
    found, _ = asked_of(request, number)
    with site_of(request).database.write() as connection:
        is_aside = set_aside_known(connection, found.id, found.user_id)
    return begin_practice(request) if is_aside else RedirectResponse(f"/practice/{found.id}", status_code=303)


@router.post("/practice/{number}/agree", name="agree_practice")
def store_agreement(request: Request, number: str) -> Response:
    """Keep whether the visitor agrees with what they were shown of the machine; the first answer counts."""
    sent, say = request.state.form.only("agrees"), Translator(language_of(request))
    found, case = asked_of(request, number)
    if case is None:
        return withdrawn(request)
    problem = missing("agrees", sent, list(AGREEING), say("Say whether you agree"))
    if problem is not None and not found.is_finished and found.answered_at is not None:
        return show(request, found, case, ActForm(sent, problems_of(problem)))
    if problem is None:
        with site_of(request).database.write() as connection:
            agree_in_practice(connection, found.id, found.user_id, AGREEING[sent["agrees"]])
    return RedirectResponse(f"/practice/{found.id}", status_code=303)


def missing(name: str, sent: Any, known: list[str], sentence: str) -> Problem | None:
    """What is wrong with a choice: none of those offered was made."""
    return None if sent[name] in known else Problem(name, f"{name}-{known[0]}", sentence)


def asked_of(request: Request, number: str) -> tuple[PracticeAnswer, DecidedCase | None]:
    """The visitor's own practice of that number, and its case; no case where it was withdrawn.

    Raises:
        PageError: the visitor has no such practice.
    """
    site, user, wanted = site_of(request), request.state.visitor.user, number_in(number)
    with site.database.read() as connection:
        found = next((one for one in practice_of(connection, user.id) if one.id == wanted), None)
        if found is None:
            raise no_such_page()
        named = (found.case_type, found.case_id)
        if not is_for_practice(connection, named, user.team):
            return found, None
        return found, decided_case(connection, site.current.read(connection), named)


def show(request: Request, found: PracticeAnswer, case: DecidedCase, form: ActForm) -> Response:
    """The page of one practice case, with nothing on it that comes later."""
    site, language = site_of(request), language_of(request)
    say = Translator(language)
    with site.database.read() as connection:
        first = at_first(connection, case, language)
        result = happened(connection, found, case, language) if found.is_finished else None
    title = say("Practice: {name}", name=first.type_name)
    return site.pages.page(
        request,
        "practice_case.html",
        title=f"{say('Something is missing')}: {title}" if form.problems else title,
        status=HTTPStatus.BAD_REQUEST if form.problems else HTTPStatus.OK,
        heading=title,
        number=found.id,
        first=first,
        form=form,
        shown=None if found.answered_at is None else shown_to(found, case, language),
        yours=None if found.answered_at is None else yours(found, first, say),
        result=result,
        case_href=case_path(found.case_type, found.case_id) if found.is_finished else "",
        **choices(say),
    )


def yours(found: PracticeAnswer, first: AtFirst, say: Translator) -> str:
    """What the visitor answered, in a sentence."""
    label = next((one.label for one in first.outcomes if one.key == found.outcome), found.outcome or "")
    return say("You would decide: {outcome}. You were {sure} per cent sure.", outcome=label, sure=found.sure or 0)


def choices(say: Translator) -> dict[str, Any]:
    """What can be chosen in the forms."""
    return {
        "efforts": efforts(say.language),
        "levels": tuple(Option(str(one), say("{n} per cent", n=one)) for one in SURE),
        "agreeing": (Option("yes", say("Yes, I agree")), Option("no", say("No, I do not agree"))),
    }


def start_page(request: Request, notice: str | None = None, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """The visitor's own figures, and the way to a case."""
    site, language, user = site_of(request), language_of(request), request.state.visitor.user
    with site.database.read() as connection:
        answers = [one for one in practised(connection, user.id) if one.answer.is_finished]
        begun = unfinished_of(connection, practice_of(connection, user.id), user)
    say = Translator(language)
    return site.pages.page(
        request,
        "practice.html",
        title=say("Practice"),
        status=status,
        figures=calibration_said(answers, say, Words(language)),
        begun=begun,
        has_team=user.team is not None,
        notice=notice,
    )


def withdrawn(request: Request) -> Response:
    """The start page with why a case is no longer there."""
    say = Translator(language_of(request))
    gone = say("The case has been taken up again or has left your team, so it is no longer practice.")
    return start_page(request, gone, HTTPStatus.CONFLICT)
