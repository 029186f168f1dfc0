"""Asks the citizen for facts (retssikkerhedsloven § 11): a letter goes out, and the case waits until its day."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.case_type import CaseType
from config.errors import RefusedError, StafetError
from config.translate import Translator
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import case_type_of, page_of
from ui.caseworker.decision_form import Problem
from ui.caseworker.handling.act_form import LONGEST_LINE, SEEN, ActForm, problems_of, wrong_day
from ui.caseworker.handling.act_page import back_to_case, show_act, today_of
from ui.caseworker.handling.letter_to_citizen import send_with_act, usual_answer_by
from ui.web.language import language_of

MARK = "ask-"
router = APIRouter()


@dataclass(frozen=True)
class Askable:
    """One fact that the citizen can be asked for."""

    name: str
    label: str
    is_missing: bool
    is_chosen: bool


@router.get("/cases/{case_type}/{case_id}/ask", name="ask")
def ask(request: Request) -> Response:
    """Choose what to ask for; what is missing of the application is chosen already."""
    page, case_type = page_of(request), case_type_of(request)
    chosen = {f"{MARK}{name}": "yes" for name in missing_of_application(page, case_type)}
    try:
        day = usual_answer_by(request).isoformat()
    except StafetError as error:
        return shown(request, page, ActForm(chosen), error)
    return shown(request, page, ActForm({**chosen, "until": day}))


@router.post("/cases/{case_type}/{case_id}/ask", name="store_question")
def store_question(request: Request) -> Response:
    """Send the letter, store the question, and let the case wait."""
    case_type, say = case_type_of(request), Translator(language_of(request))
    sent = request.state.form.only("until", SEEN, *(f"{MARK}{name}" for name in case_type.fields))
    page = page_of(request)
    fields = [name for name in case_type.fields if sent[f"{MARK}{name}"]]
    first = next(iter(case_type.fields), "")
    nothing = None if fields else Problem("fields", f"{MARK}{first}", say("Choose what you ask for"))
    form = ActForm(sent, problems_of(nothing, wrong_day("until", sent["until"], today_of(request), say)))
    if form.problems:
        return shown(request, page, form)
    text = ", ".join(case_type.fields[name].label.da for name in fields)
    content = {"of": "citizen", "whom": page.identity.name[:LONGEST_LINE], "fields": fields, "text": text}
    try:
        send_with_act(request, "asked", content, fields, sent["until"], seen=sent[SEEN])
    except StafetError as refused:
        return shown(request, page, form, refused)
    return back_to_case(page)


def missing_of_application(page: CasePage, case_type: CaseType) -> list[str]:
    """The facts that an application gives and this one does not."""
    missing = {row.name for row in page.missing}
    return [name for name, field in case_type.fields.items() if field.is_applied_with and name in missing]


def askable(page: CasePage, case_type: CaseType, form: ActForm, request: Request) -> tuple[Askable, ...]:
    """Every fact of the case type, the missing ones first."""
    language, missing = language_of(request), {row.name for row in page.missing}
    found = [
        Askable(name, label, name in missing, bool(form.value(f"{MARK}{name}")))
        for name, label in ((name, field.label.say(language)) for name, field in case_type.fields.items())
    ]
    return tuple(sorted(found, key=lambda one: not one.is_missing))


def shown(request: Request, page: CasePage, form: ActForm, refused: StafetError | None = None) -> Response:
    """The form in some state; of a report about somebody nobody can be asked by letter."""
    say = Translator(language_of(request))
    name = page.identity.name if page.identity.is_named else say("the citizen")
    title = say("Ask {name} for information", name=name)
    if not page.is_decided and refused is None:
        refused = RefusedError("there is no party in this case who can be asked by letter")
    fields = askable(page, case_type_of(request), form, request)
    return show_act(request, page, "ask.html", title, form, refused=refused, fields=fields)
