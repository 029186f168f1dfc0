"""Asks somebody else than the citizen for facts (retssikkerhedsloven § 11 a): with consent, or by a law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.case_type import CaseType
from config.errors import RefusedError, StafetError
from config.translate import Translator
from engine.masking import NO
from explain.letters.letter_facts import Recipient
from models.citizens import Citizen
from routing.third_party_letter import Question, names_cpr, names_protected_address, usual_last_day
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.case_routes import case_type_of, page_of, record_of
from ui.caseworker.decision_form import Problem
from ui.caseworker.handling.act_form import (
    LONGEST_LINE,
    LONGEST_WORDS,
    SEEN,
    ActForm,
    Option,
    problems_of,
    wrong_day,
    wrong_text,
)
from ui.caseworker.handling.act_page import back_to_case, show_act, today_of
from ui.caseworker.handling.asking import MARK, askable
from ui.caseworker.handling.letter_to_citizen import desk_and_case, send_along
from ui.caseworker.parties.letter_to_others import third_party_letter
from ui.web.language import language_of

LINES = ("whom", "street", "town")
TEXTS = ("text", "ground_words")
GROUNDS: Mapping[str, str] = {
    "consent": "The citizen has consented",
    "law": "A law lets us ask without consent",
}
router = APIRouter()


@router.get("/cases/{case_type}/{case_id}/ask-third-party", name="ask_third_party")
def ask_third_party(request: Request) -> Response:
    """Choose whom to ask, what for, and by what right."""
    page = page_of(request)
    try:
        day = usual_last_day(desk_and_case(request)[0]).isoformat()
    except StafetError as error:
        return shown(request, page, ActForm(), error)
    return shown(request, page, ActForm({"until": day}))


@router.post("/cases/{case_type}/{case_id}/ask-third-party", name="store_third_party_question")
def store_third_party_question(request: Request) -> Response:
    """Send the letter, store the question with its ground, and let the case wait."""
    case_type, (case, _, _) = case_type_of(request), record_of(request)
    marks = [f"{MARK}{name}" for name in case_type.fields]
    sent = request.state.form.only(*LINES, *TEXTS, "ground", "until", SEEN, *marks)
    typed = {**sent, **{name: sent[name].strip() for name in (*LINES, *TEXTS)}}
    fields = [name for name in case_type.fields if sent[f"{MARK}{name}"]]
    page, say = page_of(request), Translator(language_of(request))
    form = ActForm(typed, {**wrong(case, typed, fields, request), **too_much(case.citizen, typed, say)})
    if form.problems:
        return shown(request, page, form)
    try:
        letter = third_party_letter(request, question_of(typed, fields), typed["until"])
        content = content_of(typed, fields, case_type)
        send_along(request, *letter, "asked", content, typed["until"], seen=sent[SEEN])
    except StafetError as refused:
        return shown(request, page, form, refused)
    return back_to_case(page)


def question_of(typed: Mapping[str, str], fields: Sequence[str]) -> Question:
    """What was typed, as the letter says it."""
    whom = Recipient(name=typed["whom"], street=typed["street"], town=typed["town"])
    return Question(whom, fields, typed["text"], typed["ground_words"], typed["ground"] == "consent")


def content_of(typed: Mapping[str, str], fields: Sequence[str], case_type: CaseType) -> dict[str, Any]:
    """What was typed, as the act keeps it."""
    labels = ", ".join(case_type.fields[name].label.da for name in fields)
    return {
        "of": "third_party",
        "whom": typed["whom"],
        "fields": list(fields),
        "text": typed["text"] or labels,
        "ground": typed["ground"],
        "ground_words": typed["ground_words"],
    }


def wrong(
    case: CaseRecord, typed: Mapping[str, str], fields: Sequence[str], request: Request
) -> dict[str, Problem]:
    """What is missing before somebody else can be asked."""
    say = Translator(language_of(request))
    unsaid = {
        "whom": say("Write whom you ask"),
        "street": say("Write the street, so that a letter arrives"),
        "town": say("Write the town, so that a letter arrives"),
    }
    lines = [wrong_text(name, typed[name], LONGEST_LINE, unsaid[name], say) for name in LINES]
    words = say("Write the consent, or the law")
    known = typed["ground"] in GROUNDS
    return problems_of(
        *lines,
        asked_for(case, typed, fields, request),
        wrong_text("text", typed["text"], LONGEST_WORDS, None, say),
        None if known else Problem("ground", "ground-consent", say("Choose by what right you ask")),
        wrong_text("ground_words", typed["ground_words"], LONGEST_WORDS, words, say),
        wrong_day("until", typed["until"], today_of(request), say),
    )


def asked_for(
    case: CaseRecord, typed: Mapping[str, str], fields: Sequence[str], request: Request
) -> Problem | None:
    """Something is asked for, and on consent nothing that the citizen has said no to."""
    say, declared = Translator(language_of(request)), case.case_type.fields
    first = f"{MARK}{next(iter(declared), '')}"
    if not fields and not typed["text"]:
        return Problem("fields", first, say("Choose or write what you ask for"))
    refused = {name for name, answer in case.consents.items() if answer[0] == NO}
    for name in fields if typed["ground"] == "consent" else ():
        if declared[name].collected_with == "consent" and name in refused:
            label = declared[name].label.say(language_of(request))
            return Problem("fields", f"{MARK}{name}", say("The citizen has said no to “{label}”", label=label))
    return None


def too_much(citizen: Citizen | None, typed: Mapping[str, str], say: Translator) -> dict[str, Problem]:
    """What somebody else must not be told: the whole CPR number, and a protected address."""
    found: dict[str, Problem] = {}
    for name in () if citizen is None else (*TEXTS, *LINES):
        if names_cpr(typed[name], citizen):
            found[name] = Problem(name, name, say("Take the citizen's CPR number out"))
        elif name in TEXTS and names_protected_address(typed[name], citizen):
            found[name] = Problem(name, name, say("Take the citizen's address out; it is protected"))
    return found


def shown(request: Request, page: CasePage, form: ActForm, refused: StafetError | None = None) -> Response:
    """The form in some state."""
    say = Translator(language_of(request))
    if not page.is_decided and refused is None:
        refused = RefusedError("there is no party in this case who can be asked by letter")
    return show_act(
        request,
        page,
        "ask_third_party.html",
        say("Ask somebody else for information"),
        form,
        refused=refused,
        fields=askable(page, case_type_of(request), form, request),
        grounds=tuple(Option(key, say(label)) for key, label in GROUNDS.items()),
    )
