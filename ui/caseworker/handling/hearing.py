"""Hears the citizen about what we hold against them (partshøring, FVL § 19), before the case is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.bilingual import Bilingual, Language
from config.errors import RefusedError, StafetError
from config.translate import Translator
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.case_routes import case_type_of, page_of, record_of
from ui.caseworker.decision_form import Problem
from ui.caseworker.handling import notes
from ui.caseworker.handling.act_form import (
    LONGEST_NOTE,
    LONGEST_WORDS,
    SEEN,
    ActForm,
    problems_of,
    wrong_day,
    wrong_text,
)
from ui.caseworker.handling.act_page import back_to_case, show_act, today_of
from ui.caseworker.handling.letter_to_citizen import hearing_letter, send_along, usual_answer_by
from ui.caseworker.handling.storing import store_act
from ui.caseworker.held_facts import HeldFact, held_facts
from ui.web.language import language_of

MARK = "hear-"
router = APIRouter()


@dataclass(frozen=True)
class Point:
    """One fact that the citizen can be heard about."""

    fact: HeldFact
    is_chosen: bool


@router.get("/cases/{case_type}/{case_id}/hear", name="hear")
def hear(request: Request) -> Response:
    """Choose what the citizen is heard about; what speaks against the application is chosen already."""
    page, (case, _, _) = page_of(request), record_of(request)
    contradicted = [fact for fact in held_facts(case, language_of(request)) if fact.stated is not None]
    chosen = {f"{MARK}{fact.name}": "yes" for fact in contradicted}
    try:
        day = usual_answer_by(request).isoformat()
    except StafetError as error:
        return shown(request, page, case, ActForm(chosen), error)
    return shown(request, page, case, ActForm({**chosen, "until": day}))


@router.post("/cases/{case_type}/{case_id}/hear", name="store_hearing")
def store_hearing(request: Request) -> Response:
    """Send the letter, store the hearing, and let the case wait for the citizen's comments."""
    say, (case, _, _) = Translator(language_of(request)), record_of(request)
    sent = request.state.form.only(
        "until", "why", SEEN, *(f"{MARK}{name}" for name in case_type_of(request).fields)
    )
    page, typed = page_of(request), {**sent, "why": sent["why"].strip()}
    chosen = [fact for fact in held_facts(case, "da") if sent[f"{MARK}{fact.name}"]]
    nothing = None if chosen else Problem("points", "points", say("Choose what the citizen is heard about"))
    why = wrong_text("why", typed["why"], LONGEST_WORDS, say("Write what it means for the case"), say)
    form = ActForm(typed, problems_of(nothing, why, wrong_day("until", sent["until"], today_of(request), say)))
    if form.problems:
        return shown(request, page, case, form)
    content = {"points": [{"field": fact.name, "statement": fact.statement} for fact in chosen]}
    try:
        letter = hearing_letter(request, stated_of(case, chosen), typed["why"], sent["until"])
        send_along(request, *letter, "hearing", content, sent["until"], seen=sent[SEEN])
    except StafetError as refused:
        return shown(request, page, case, form, refused)
    return back_to_case(page)


def stated_of(case: CaseRecord, chosen: Sequence[HeldFact]) -> dict[str, Bilingual | None]:
    """What the application says of each fact chosen, in both languages; None where it says nothing else."""
    english = {fact.name: fact.stated for fact in held_facts(case, "en")}
    return {
        fact.name: None if fact.stated is None else Bilingual(da=fact.stated, en=english[fact.name] or fact.stated)
        for fact in chosen
    }


@router.get("/cases/{case_type}/{case_id}/hearing-answer", name="hearing_answer")
def hearing_answer(request: Request) -> Response:
    """Write what the citizen said to what they were heard about."""
    page = page_of(request)
    return back_to_case(page) if page.standing.hearing is None else answering(request, page, ActForm())


@router.post("/cases/{case_type}/{case_id}/hearing-answer", name="store_hearing_answer")
def store_hearing_answer(request: Request) -> Response:
    """Store the citizen's comments; the case comes back, and anybody of the team may do it."""
    sent, say = request.state.form.only("text", SEEN), Translator(language_of(request))
    page, typed = page_of(request), {**sent, "text": sent["text"].strip()}
    form = ActForm(
        typed,
        problems_of(wrong_text("text", typed["text"], LONGEST_NOTE, say("Write what the citizen said"), say)),
    )
    if page.standing.hearing is None:
        return answered_meanwhile(request, page, typed["text"])
    if form.problems:
        return answering(request, page, form)
    try:
        store_act(
            request, "hearing_answered", {"text": typed["text"]},
            seen=sent[SEEN], about_act=page.standing.hearing.number, anybody=True,
        )  # fmt: skip
    except RefusedError as refused:
        return answering(request, page, form, refused)
    return back_to_case(page)


def answered_meanwhile(request: Request, page: CasePage, text: str) -> Response:
    """The case where this very form was sent twice; else the text is kept, as a note that is not saved yet."""
    case, _, _ = record_of(request)
    if not text or any(act.kind == "hearing_answered" and act.content["text"] == text for act in case.acts):
        return back_to_case(page)
    refused = RefusedError("the answer has been registered meanwhile; save your text as a note")
    return notes.shown(request, page, ActForm({"note": text}), refused)


def points(case: CaseRecord, form: ActForm, language: Language) -> tuple[Point, ...]:
    """Every fact that we hold from others than the citizen, those against the application first."""
    facts = sorted(held_facts(case, language), key=lambda fact: fact.stated is None)
    return tuple(Point(fact, bool(form.value(f"{MARK}{fact.name}"))) for fact in facts)


def shown(
    request: Request, page: CasePage, case: CaseRecord, form: ActForm, refused: StafetError | None = None
) -> Response:
    """The form of a hearing in some state; nobody can be heard about a report by letter."""
    title = Translator(language_of(request))("Hear the citizen")
    if not page.is_decided and refused is None:
        refused = RefusedError("there is no party in this case who can be asked by letter")
    found = points(case, form, language_of(request))
    return show_act(request, page, "hear.html", title, form, refused=refused, points=found)


def answering(request: Request, page: CasePage, form: ActForm, refused: RefusedError | None = None) -> Response:
    """The form of the citizen's comments in some state."""
    title = Translator(language_of(request))("The citizen's comments")
    return show_act(request, page, "hearing_answer.html", title, form, refused=refused)
