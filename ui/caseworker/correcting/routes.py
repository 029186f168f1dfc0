"""The page on which a caseworker sets one fact of a case right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.errors import RefusedError
from config.translate import Translator
from models.corrections import StaleFactsError
from models.queue import case_file
from routing.correcting import Asked, correct
from routing.in_force import InForce
from ui.caseworker.acts import NOT_OURS
from ui.caseworker.case_page import CasePage, case_page
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.case_routes import is_withheld, page_of, record_of, renew, show
from ui.caseworker.correcting.form import FIELDS, CorrectionForm, FactAsked, begun, checked, fact_asked
from ui.caseworker.correcting.typed_value import Value
from ui.caseworker.decision_form import DecisionForm, number_in
from ui.caseworker.writing.shown import case_texts
from ui.caseworker.writing.stash import home_of
from ui.web.language import language_of, translated
from ui.web.page_errors import bad_form, no_such_page
from ui.web.site import site_of

router = APIRouter()


@dataclass(frozen=True)
class Correcting:
    """One fact of the case in the address, as it stands now."""

    case: CaseRecord
    in_force: InForce
    page: CasePage
    fact: FactAsked


@router.get("/cases/{case_type}/{case_id}/facts/{field}", name="correct_fact")
def correct_fact(request: Request, field: str) -> Response:
    """The fact as it stands, and a form for what it should be."""
    found = read(request, field)
    refused = why_not_now(request, found.page)
    form = CorrectionForm() if refused else begun(found.case, field)
    return form_page(request, found, form, notice=refused)


@router.post("/cases/{case_type}/{case_id}/facts/{field}", name="store_correction")
def store_correction(request: Request, field: str) -> Response:
    """Store the correction and assess the case anew, or show the form again with all that was typed."""
    sent = request.state.form.only(*FIELDS)
    found, say = read(request, field), Translator(language_of(request))
    version = number_in(sent["version"])
    if version is None or sent["not_known"] not in ("", "1"):
        raise bad_form(NOT_OURS)
    typed = CorrectionForm(sent["value"], sent["reason"])
    if refused := why_not_now(request, found.page):
        notice = f"{refused} {say('Nothing was stored; your text is kept below.')}"
        return form_page(request, found, typed, status=HTTPStatus.CONFLICT, notice=notice)
    if version != found.fact.version:
        return form_page(request, found, typed, status=HTTPStatus.CONFLICT, notice=stale(say))
    form, read_as = checked(sent, found.case, field, language_of(request))
    if form.problems:
        return form_page(request, found, form, status=HTTPStatus.BAD_REQUEST)
    return store(request, found, form, read_as.value)


def store(request: Request, found: Correcting, form: CorrectionForm, value: Value) -> Response:
    """Store what the page has let through; whoever was overtaken meanwhile keeps the text."""
    opened = replace(site_of(request).opened, in_force=found.in_force)
    asked = Asked(
        case_type=found.page.case_type,
        case_id=found.page.case_id,
        field=found.fact.name,
        value=value,
        reason=form.reason,
        seen_version=found.fact.version,
        is_blind=is_withheld(request, found.case, found.in_force),
    )
    try:
        not_assessed = correct(opened, asked, request.state.visitor.present.id)
    except RefusedError as refused:
        renew(request)
        is_stale, say = isinstance(refused, StaleFactsError), Translator(language_of(request))
        notice = stale(say) if is_stale else translated(str(refused), request)
        again = read(request, found.fact.name)
        return form_page(request, again, form, status=HTTPStatus.CONFLICT, notice=notice)
    return after(request, found, not_assessed)


def after(request: Request, found: Correcting, not_assessed: str | None) -> Response:
    """Back to the facts; the case may have gone to another team by its new facts."""
    site, page, say = site_of(request), found.page, Translator(language_of(request))
    with site.database.read() as connection:
        file = case_file(connection, page.case_type, page.case_id)
    if file is None or file["team"] != request.state.visitor.user.team:
        title = say("The correction is stored")
        return site.pages.page(
            request, "correct_fact.html", title=title, page=page, fact=None, form=None, notice=None
        )
    if not_assessed is None:
        return RedirectResponse(f"{page.href()}#facts", status_code=303)
    renew(request)
    notice = say("The correction is stored, but the machine could not assess the case anew. Tell your team lead.")
    return show(request, page_of(request), DecisionForm(), notice=notice)


def read(request: Request, field: str) -> Correcting:
    """The case, without anything of the machine's, and the fact that the address names."""
    language, now = language_of(request), site_of(request).database.clock()
    case, in_force, _ = record_of(request)
    if field not in case.case_type.fields:
        raise no_such_page()
    visitor = request.state.visitor
    page = case_page(
        case, (), None, user_id=visitor.user.id, is_lead=visitor.role == "team_lead", now=now, language=language
    )
    return Correcting(case, in_force, page, fact_asked(case, field, now, language))


def stale(say: Translator) -> str:
    """What whoever was overtaken is told."""
    return say("The facts have changed since you opened this page. Read them again; your text is kept below.")


def why_not_now(request: Request, page: CasePage) -> str | None:
    """Why the visitor cannot correct a fact of this case, as a sentence; None where they can."""
    say = Translator(language_of(request))
    if not page.is_open:
        return say("The case is closed, so its facts can no longer be corrected.")
    if not page.may_decide:
        return say("{name} has taken the case, and alone corrects its facts.", name=page.holder or "")
    return None


def form_page(
    request: Request,
    found: Correcting,
    form: CorrectionForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    notice: str | None = None,
) -> Response:
    """The form in some state; what the visitor has typed into it before and not sent is put back."""
    texts, name = case_texts(request), f"facts-{found.fact.name}"
    if typed := texts.typed(name):
        form = CorrectionForm(typed["value"], typed["reason"])
    say = Translator(language_of(request))
    title = say("Correct “{label}”", label=found.fact.row.label)
    if form.problems:
        title = f"{say('Something is missing')}: {title}"
    return site_of(request).pages.page(
        request,
        "correct_fact.html",
        title=title,
        status=status,
        page=found.page,
        fact=found.fact,
        form=form,
        notice=notice,
        text=texts.of(name, home_of(request)),
    )
