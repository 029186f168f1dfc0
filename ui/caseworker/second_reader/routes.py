"""Asks a colleague to read a case along, or another in their place, and takes the answer.

It is given by whoever was asked, or by the team lead in their place, and then it is said who answered for whom.
"""

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
    page, about = page_of(request), request.query_params.get(ABOUT, "")
    instead = page.second.waiting(number_in(about))
    if not page.second.may_ask or (about and instead is None):
        return back_to_case(page)
    return asking(request, page, ActForm(), choices(request), instead=instead)


@router.post("/cases/{case_type}/{case_id}/second-reader", name="store_second_reader")
def store_second_reader(request: Request) -> Response:
    """Ask a colleague who can take part in the case; they find it in their queue."""
    sent, say = request.state.form.only("to", "words", ABOUT, SEEN), Translator(language_of(request))
    page, to = page_of(request), choices(request)
    typed = {**sent, "words": sent["words"].strip()}
    if was_asked(request, typed):
        return back_to_case(page)
    instead = page.second.waiting(number_in(sent[ABOUT]))
    if sent[ABOUT] and instead is None:
        ended = RefusedError(
            "the request to read along has been answered meanwhile, or another stands in its place"
        )
        return asking(request, page, ActForm(typed), to, ended)
    is_known = sent["to"] in {one.key for one in to if one.key}
    who = None if is_known else Problem("to", "to", say("Choose whom you ask"))
    form = ActForm(typed, problems_of(who, wrong_text("words", typed["words"], LONGEST_WORDS, None, say)))
    if form.problems:
        return asking(request, page, form, to, instead=instead)
    content, about = {"words": typed["words"]}, None if instead is None else instead.number
    try:
        store_act(request, ASKED, content, seen=sent[SEEN], about_act=about, to_user=int(sent["to"]))
    except RefusedError as refused:
        return asking(request, page, form, to, refused, instead=instead)
    return back_to_case(page)


@router.get("/cases/{case_type}/{case_id}/second-read", name="second_read")
def second_read(request: Request) -> Response:
    """Say what one found, for oneself or as team lead for the colleague who was asked."""
    page, about = page_of(request), request.query_params.get(ABOUT, "")
    number = number_in(about)
    found = None if about and number is None else page.second.to_answer(number)
    return back_to_case(page) if found is None else answering(request, page, found, ActForm())


@router.post("/cases/{case_type}/{case_id}/second-read", name="store_second_read")
def store_second_read(request: Request) -> Response:
    """Store whether the visitor agrees, and why; whoever does not agree says why."""
    sent, say = request.state.form.only("agrees", "words", ABOUT, SEEN), Translator(language_of(request))
    page, typed = page_of(request), {**sent, "words": sent["words"].strip()}
    number = number_in(sent[ABOUT])
    found = None if number is None else page.second.to_answer(number)
    if found is None:
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
    """The colleagues who can be asked: not whoever has the case, nor who is waited for already."""
    file, say = request.state.case_file, Translator(language_of(request))
    case, _, _ = record_of(request)
    ended = {act.about_act for act in case.acts if act.kind in (READ, ASKED)}
    waiting = {str(act.to_user) for act in case.acts if act.kind == ASKED and act.id not in ended}
    with site_of(request).database.read() as connection:
        able = colleagues(connection, file["case_type"], file["case_id"], request.state.visitor.user)
    named = tuple(one for one in able if one.key not in {*waiting, str(file["assigned_to"])})
    return (Option("", say("Choose")), *named)


def asking(
    request: Request,
    page: CasePage,
    form: ActForm,
    to: tuple[Option, ...],
    refused: RefusedError | None = None,
    *,
    instead: Reading | None = None,
) -> Response:
    """The form that asks, in some state; `instead` is the request that it takes the place of."""
    say = Translator(language_of(request))
    title = say("Ask a colleague to read along") if instead is None else say("Ask another colleague instead")
    return show_act(request, page, "second_reader.html", title, form, refused=refused, to=to, instead=instead)


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
