"""Asks a colleague to read a case along, and takes their answer; only whoever was asked can give it."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.errors import RefusedError
from config.translate import Translator
from models.second_readers import ASKED, READ
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import page_of, record_of
from ui.caseworker.decision_form import Problem, number_in
from ui.caseworker.handling import notes
from ui.caseworker.handling.act_form import LONGEST_WORDS, SEEN, ActForm, Option, problems_of, wrong_text
from ui.caseworker.handling.act_page import back_to_case, show_act
from ui.caseworker.handling.colleagues import colleagues
from ui.caseworker.handling.storing import store_act
from ui.caseworker.second_reader.part import Reading
from ui.web.language import language_of
from ui.web.site import site_of

ABOUT = "about"
FINDINGS: Mapping[str, str] = {"yes": "I agree", "no": "I do not agree"}
router = APIRouter()


@router.get("/cases/{case_type}/{case_id}/second-reader", name="second_reader")
def second_reader(request: Request) -> Response:
    """Choose whom to ask."""
    page = page_of(request)
    return asking(request, page, ActForm(), choices(request)) if page.second.may_ask else back_to_case(page)


@router.post("/cases/{case_type}/{case_id}/second-reader", name="store_second_reader")
def store_second_reader(request: Request) -> Response:
    """Ask a colleague who can take part in the case; they find it in their queue."""
    sent, say = request.state.form.only("to", "words", SEEN), Translator(language_of(request))
    page, to = page_of(request), choices(request)
    typed = {**sent, "words": sent["words"].strip()}
    if was_asked(request, typed):
        return back_to_case(page)
    is_known = sent["to"] in {one.key for one in to if one.key}
    who = None if is_known else Problem("to", "to", say("Choose whom you ask"))
    form = ActForm(typed, problems_of(who, wrong_text("words", typed["words"], LONGEST_WORDS, None, say)))
    if form.problems:
        return asking(request, page, form, to)
    try:
        store_act(request, ASKED, {"words": typed["words"]}, seen=sent[SEEN], to_user=int(sent["to"]))
    except RefusedError as refused:
        return asking(request, page, form, to, refused)
    return back_to_case(page)


@router.get("/cases/{case_type}/{case_id}/second-read", name="second_read")
def second_read(request: Request) -> Response:
    """Say what one found."""
    page = page_of(request)
    found = page.second.mine
    return back_to_case(page) if found is None else answering(request, page, found, ActForm())


@router.post("/cases/{case_type}/{case_id}/second-read", name="store_second_read")
def store_second_read(request: Request) -> Response:
    """Store whether the visitor agrees, and why; whoever does not agree says why."""
    sent, say = request.state.form.only("agrees", "words", ABOUT, SEEN), Translator(language_of(request))
    page, typed = page_of(request), {**sent, "words": sent["words"].strip()}
    found = page.second.mine
    if found is None or found.number != number_in(sent[ABOUT]):
        return not_asked(request, page, typed)
    unanswered = Problem("agrees", "agrees-yes", say("Say whether you agree"))
    missing = say("Write what you see otherwise") if sent["agrees"] == "no" else None
    form = ActForm(
        typed,
        problems_of(
            None if sent["agrees"] in FINDINGS else unanswered,
            wrong_text("words", typed["words"], LONGEST_WORDS, missing, say),
        ),
    )
    if form.problems:
        return answering(request, page, found, form)
    content = {"agrees": sent["agrees"] == "yes", "words": typed["words"]}
    try:
        store_act(request, READ, content, seen=sent[SEEN], about_act=found.number, anybody=True)
    except RefusedError as refused:
        return answering(request, page, found, form, refused)
    return back_to_case(page)


def was_asked(request: Request, typed: Mapping[str, str]) -> bool:
    """Whether this very request stands already: its form was sent twice."""
    case, _, _ = record_of(request)
    number, user = number_in(typed[SEEN]), request.state.visitor.user
    return number is not None and any(
        act.kind == ASKED
        and act.by_id == user.id
        and act.id > number
        and str(act.to_user) == typed["to"]
        and act.content["words"] == typed["words"]
        for act in case.acts
    )


def not_asked(request: Request, page: CasePage, typed: Mapping[str, str]) -> Response:
    """The case where nothing was written or the form was sent twice; else the words, as a note not saved yet."""
    case, _, _ = record_of(request)
    mine = [act for act in case.acts if act.kind == READ and act.by_id == request.state.visitor.user.id]
    if not typed["words"] or any(act.content["words"] == typed["words"] for act in mine):
        return back_to_case(page)
    refused = RefusedError("nobody waits for your answer as second reader; save your text as a note")
    return notes.shown(request, page, ActForm({"note": typed["words"]}), refused)


def choices(request: Request) -> tuple[Option, ...]:
    """The colleagues who can be asked: not whoever has the case, nor who is asked and has not answered."""
    file, say = request.state.case_file, Translator(language_of(request))
    case, _, _ = record_of(request)
    answered = {act.about_act for act in case.acts if act.kind == READ}
    waiting = {str(act.to_user) for act in case.acts if act.kind == ASKED and act.id not in answered}
    with site_of(request).database.read() as connection:
        able = colleagues(connection, file["case_type"], file["case_id"], request.state.visitor.user)
    named = tuple(one for one in able if one.key not in {*waiting, str(file["assigned_to"])})
    return (Option("", say("Choose")), *named)


def asking(
    request: Request, page: CasePage, form: ActForm, to: tuple[Option, ...], refused: RefusedError | None = None
) -> Response:
    """The form that asks, in some state."""
    title = Translator(language_of(request))("Ask a colleague to read along")
    return show_act(request, page, "second_reader.html", title, form, refused=refused, to=to)


def answering(
    request: Request, page: CasePage, found: Reading, form: ActForm, refused: RefusedError | None = None
) -> Response:
    """The form that answers, in some state."""
    say = Translator(language_of(request))
    findings = tuple(Option(key, say(label)) for key, label in FINDINGS.items())
    title = say("Answer as second reader")
    return show_act(
        request, page, "second_read.html", title, form, refused=refused, reading=found, findings=findings
    )
