"""What follows a question: a reminder while there is no answer, and the answer, with which the case comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.errors import RefusedError, StafetError
from config.translate import Translator
from models.case_acts import CaseAct, acts_of
from models.letters import StoredLetter, letters_of
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import page_of
from ui.caseworker.decision_form import Problem, number_in
from ui.caseworker.handling import notes
from ui.caseworker.handling.act_form import LONGEST_NOTE, SEEN, ActForm, Option, problems_of, wrong_day, wrong_text
from ui.caseworker.handling.act_page import back_to_case, show_act, today_of
from ui.caseworker.handling.act_words import HOW
from ui.caseworker.handling.letter_to_citizen import request_letter, send_along, usual_answer_by
from ui.caseworker.handling.standing import Question
from ui.caseworker.handling.storing import store_act
from ui.caseworker.parties.letter_to_others import third_party_reminder
from ui.web.language import language_of
from ui.web.site import site_of

ABOUT = "about"
router = APIRouter()


@router.get("/cases/{case_type}/{case_id}/remind", name="remind")
def remind(request: Request) -> Response:
    """Choose until when whoever was asked has to answer now."""
    page = page_of(request)
    question = question_in(page, request.query_params.get(ABOUT, ""))
    if question is None:
        return back_to_case(page)
    try:
        day = max(usual_answer_by(request).isoformat(), question.until)
    except StafetError as error:
        return reminder(request, page, question, ActForm(), error)
    return reminder(request, page, question, ActForm({"until": day}))


@router.post("/cases/{case_type}/{case_id}/remind", name="store_reminder")
def store_reminder(request: Request) -> Response:
    """Send the letter once more, with a later day; the case waits until then."""
    sent, say = request.state.form.only("until", ABOUT, SEEN), Translator(language_of(request))
    page = page_of(request)
    question, act = question_in(page, sent[ABOUT]), act_in(request, sent[ABOUT])
    if question is None or act is None or was_sent(act, request, sent):
        return back_to_case(page)
    day = wrong_day("until", sent["until"], today_of(request), say, after=question.until)
    form = ActForm(sent, problems_of(day))
    if form.problems:
        return reminder(request, page, question, form)
    try:
        remind_of(request, act, sent["until"], sent[SEEN])
    except StafetError as refused:
        return reminder(request, page, question, form, refused)
    return back_to_case(page)


def was_sent(asked: CaseAct, request: Request, sent: Mapping[str, str]) -> bool:
    """Whether this very reminder stands already: its form was sent twice."""
    file, number = request.state.case_file, number_in(sent[SEEN])
    with site_of(request).database.read() as connection:
        acts = acts_of(connection, file["case_type"], file["case_id"])
    return any(
        act.kind == "reminded"
        and act.about_act == asked.id
        and act.until == sent["until"]
        and number is not None
        and act.id > number
        for act in acts
    )


def remind_of(request: Request, asked: CaseAct, until: str, seen: str) -> None:
    """Put the question again by a letter that says of which it reminds; what was asked by no letter has none."""
    first = letter_of(request, asked)
    if first is None:
        store_act(request, "reminded", {}, seen=seen, about_act=asked.id, until=until)
        return
    if asked.content["of"] == "citizen":
        letter = request_letter(request, asked.content["fields"], until, date.fromisoformat(first.dated))
    else:
        letter = third_party_reminder(request, first, until)
    send_along(request, *letter, "reminded", {}, until, seen=seen, about_act=asked.id)


def letter_of(request: Request, asked: CaseAct) -> StoredLetter | None:
    """The letter by which a question was put."""
    with site_of(request).database.read() as connection:
        sent = letters_of(connection, asked.case_type, asked.case_id)
    return next((one for one in sent if one.id == asked.content["letter_id"]), None)


@router.get("/cases/{case_type}/{case_id}/answer", name="answer")
def answer(request: Request) -> Response:
    """Write what was answered."""
    page = page_of(request)
    question = question_in(page, request.query_params.get(ABOUT, ""))
    return back_to_case(page) if question is None else answering(request, page, question, ActForm())


@router.post("/cases/{case_type}/{case_id}/answer", name="store_answer")
def store_answer(request: Request) -> Response:
    """Store the answer; anybody of the team may, for it is they whom the citizen reached."""
    sent, say = request.state.form.only("how", "text", ABOUT, SEEN), Translator(language_of(request))
    page, typed = page_of(request), {**sent, "text": sent["text"].strip()}
    question = question_in(page, sent[ABOUT])
    if question is None:
        return answered_meanwhile(request, page, typed)
    how = (
        None if sent["how"] in HOW else Problem("how", f"how-{next(iter(HOW))}", say("Choose how the answer came"))
    )
    text = wrong_text("text", typed["text"], LONGEST_NOTE, say("Write what was answered"), say)
    form = ActForm(typed, problems_of(how, text))
    if form.problems:
        return answering(request, page, question, form)
    content = {"how": sent["how"], "text": typed["text"]}
    try:
        store_act(request, "answered", content, seen=sent[SEEN], about_act=question.number, anybody=True)
    except RefusedError as refused:
        return answering(request, page, question, form, refused)
    return back_to_case(page)


def answered_meanwhile(request: Request, page: CasePage, typed: Mapping[str, str]) -> Response:
    """The case where this very form was sent twice; else the text is kept, as a note that is not saved yet."""
    file, text = request.state.case_file, typed["text"]
    with site_of(request).database.read() as connection:
        acts = acts_of(connection, file["case_type"], file["case_id"])
    if not text or any(act.kind == "answered" and act.content["text"] == text for act in acts):
        return back_to_case(page)
    refused = RefusedError("the answer has been registered meanwhile; save your text as a note")
    return notes.shown(request, page, ActForm({"note": text}), refused)


def question_in(page: CasePage, about: str) -> Question | None:
    """The question of this case that a form is about; None where it is answered, or none of this case's."""
    return next((one for one in page.standing.questions if one.number == number_in(about)), None)


def act_in(request: Request, about: str) -> CaseAct | None:
    """The act of this case with that number."""
    file = request.state.case_file
    with site_of(request).database.read() as connection:
        acts = acts_of(connection, file["case_type"], file["case_id"])
    return next((act for act in acts if act.id == number_in(about)), None)


def reminder(
    request: Request, page: CasePage, question: Question, form: ActForm, refused: StafetError | None = None
) -> Response:
    """The form of a reminder in some state."""
    title = Translator(language_of(request))("Send a reminder")
    return show_act(request, page, "remind.html", title, form, refused=refused, question=question)


def answering(
    request: Request, page: CasePage, question: Question, form: ActForm, refused: RefusedError | None = None
) -> Response:
    """The form of an answer in some state."""
    say = Translator(language_of(request))
    ways = tuple(Option(key, say(label)) for key, label in HOW.items())
    title = say("Register the answer")
    return show_act(request, page, "answer.html", title, form, refused=refused, question=question, ways=ways)
