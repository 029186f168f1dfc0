"""The case's page and the page of how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.bilingual import Language
from config.case_type import CaseType
from config.translate import Translator
from models.clock import danish_day
from models.queue import case_file, next_case
from routing.in_force import InForce
from routing.standards import day_of
from ui.caseworker.blindness import is_blind
from ui.caseworker.case_page import CasePage, Ended, MachineParts, case_page
from ui.caseworker.case_record import CaseRecord, read_case
from ui.caseworker.checks import Checked, checked_in
from ui.caseworker.decision_form import DecisionForm
from ui.caseworker.draft_part import draft_part
from ui.caseworker.facts import fact_rows
from ui.caseworker.firstview.dilemmas import answer_choices, dilemmas_of
from ui.caseworker.firstview.feedback import wrong_reasons
from ui.caseworker.firstview.kept import kept_words
from ui.caseworker.handling.act_form import ActForm
from ui.caseworker.handling.act_words import note_sorts
from ui.caseworker.letter_preview import LetterPreview, preview
from ui.caseworker.machine_part import machine_part
from ui.caseworker.presence.said import arrival, here_now
from ui.caseworker.similar.part import similar_part
from ui.caseworker.standing_draft import standing_draft
from ui.caseworker.sums import sums_of
from ui.caseworker.writing.decision_text import decision_text
from ui.caseworker.writing.difference import difference
from ui.caseworker.writing.shown import case_texts
from ui.web.addresses import case_path
from ui.web.language import language_of
from ui.web.models_read import ModelInWords
from ui.web.page_errors import no_such_case
from ui.web.pages import team_in_words
from ui.web.site import site_of

TEMPLATES = {"draft": "draft.html", "case": "case.html", "heavy": "heavy.html"}
router = APIRouter()


@router.get("/cases/{case_type}/{case_id}", name="case")
def case(request: Request) -> Response:
    """The case, in the order of the work."""
    response = show(request, page_of(request), DecisionForm())
    response.background = arrival(request)
    return response


@router.get("/cases/{case_type}/{case_id}/decided", name="decided")
def decided(request: Request) -> Response:
    """What was stored, the person's view and the machine's side by side, letters, and the next case."""
    site, page = site_of(request), page_of(request)
    if page.ended is None:
        return RedirectResponse(page.href(), status_code=303)
    user = request.state.visitor.user
    with site.database.read() as connection:
        following = next_case(connection, user.team, user.id)
    next_href = case_path(following.case_type, following.case_id) if following else None
    say = Translator(language_of(request))
    title = say("The decision is stored") if page.is_decided else say("The assessment is stored")
    return site.pages.page(
        request,
        "decided.html",
        title=title,
        page=page,
        next_href=next_href,
        kept=kept_words(case_texts(request), (), page.href("decided")),
        reasons=wrong_reasons(page.machine, language_of(request)),
    )


def page_of(request: Request) -> CasePage:
    """The case in the address as the visitor may see it now."""
    language, now = language_of(request), site_of(request).database.clock()
    found, in_force, model = record_of(request)
    blind = is_withheld(request, found, in_force)
    features = frozenset() if model is None else model.fields
    return case_page(
        found,
        fact_rows(found, features, now, language),
        None if blind else machine_parts(found, in_force, model, request, language),
        user_id=request.state.visitor.user.id,
        is_lead=request.state.visitor.role == "team_lead",
        now=now,
        language=language,
    )


def record_of(request: Request) -> tuple[CaseRecord, InForce, ModelInWords | None]:
    """The case in the address, what is in force, and the model that said something of it."""
    site, file = site_of(request), request.state.case_file
    with site.database.read() as connection:
        in_force = site.current.read(connection)
        if file["case_type"] not in in_force.case_types:
            raise no_such_case()
        found = read_case(connection, file, in_force.case_types[file["case_type"]])
        version = None if found.assessment is None else found.assessment["model_version"]
        model = None if version is None else site.models.in_words(connection, found.case_type.key, version)
        if found.assessment is not None and found.assessment["raw_score"] is not None:
            found = replace(found, inputs=site.models.inputs_then(connection, found.assessment))
    return found, in_force, model


def case_type_of(request: Request) -> CaseType:
    """The case type of the case in the address, as it is in force."""
    site = site_of(request)
    with site.database.read() as connection:
        return site.current.read(connection).case_types[request.state.case_file["case_type"]]


def renew(request: Request) -> None:
    """Read the case's row again after it has been changed."""
    file = request.state.case_file
    with site_of(request).database.read() as connection:
        request.state.case_file = case_file(connection, file["case_type"], file["case_id"])


def is_withheld(request: Request, found: CaseRecord, in_force: InForce) -> bool:
    """Whether the machine's part must be withheld from the visitor now, on every page and letter."""
    site = site_of(request)
    return is_blind(
        found,
        in_force.rules,
        status=in_force.states[found.case_type.key].status,
        draw_key=site.opened.draw_key,
        today=day_of(site.database.clock()),
        viewer=request.state.visitor.user.id,
    )


def machine_parts(
    found: CaseRecord, in_force: InForce, model: ModelInWords | None, request: Request, language: Language
) -> MachineParts:
    """The machine's part of a page that may show it; a heavy case has none but the rules' questions."""
    site = site_of(request)
    now, draft = site.database.clock(), standing_draft(found, in_force)
    user, is_heavy = request.state.visitor.user, found.case_type.weight == "heavy"
    team = team_in_words(found.assessment["team"] if found.assessment else None, site.pages.municipality, language)
    return MachineParts(
        machine=None if is_heavy else machine_part(found, in_force, model, now, language, team),
        draft=None if draft is None else draft_part(draft, found, now, language),
        sums=sums_of(found, language),
        similar=lambda: None if draft is not None else similar_part(site, found, in_force, model, user, language),
        dilemmas=dilemmas_of(found, in_force, now, day_of(now), language),
    )


def show(
    request: Request,
    page: CasePage,
    form: DecisionForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    conflict: Ended | None = None,
    notice: str | None = None,
    checked: Checked | None = None,
) -> Response:
    """The case's page with a form in some state; `conflict` is what somebody else stored first.

    What the visitor has typed before and not sent is put back.
    """
    site, say = site_of(request), Translator(language_of(request))
    texts, wants_draft = case_texts(request), request.query_params.get("view") == "draft"
    kept = decision_text(texts, page, form, checked, wants_draft=wants_draft)
    form, checked = kept.form, kept.checked
    chosen = next((one.label for one in page.choices if one.key == form.typed.outcome), "")
    title = f"{page.identity.name}, {page.type_name}"
    if form.problems:
        title = f"{say('Something is missing')}: {title}"
    return site.pages.page(
        request,
        TEMPLATES[page.kind],
        title=title,
        status=status,
        page=page,
        form=form,
        conflict=conflict,
        pieces=() if conflict is None else difference(conflict.reasons, form.typed.reasons),
        chosen=chosen,
        notice=notice,
        answers=answers_shown(page, checked),
        here=here_now(request),
        text=kept.text,
        unused=kept.unused,
        by_hand_waits=kept.waits,
        note_text=texts.of("note", page.href()),
        complaint_text=texts.of("complaint", page.href()),
        complaint=ActForm(texts.typed("complaint") or {"received_on": danish_day(site.database.clock())}),
        blank=ActForm(texts.typed("note") or {}),
        view=ActForm(texts.typed("first-view") or {}),
        view_text=texts.of("first-view", page.href()),
        reasons=wrong_reasons(page.machine, language_of(request)),
        answers_to=answer_choices(language_of(request)),
        sorts=note_sorts(language_of(request)),
        letter=letter_shown(request, page),
        similar=page.similar(),
        kept=kept_words(texts, page.dilemmas, page.href()),
    )


def letter_shown(request: Request, page: CasePage) -> LetterPreview | None:
    """The letter of a draft that may be shown."""
    if page.draft is None or not page.is_open:
        return None
    site, user = site_of(request), request.state.visitor.user
    with site.database.read() as connection:
        in_force = site.current.read(connection)
    return preview(site, in_force, (page.case_type, page.case_id), page.draft.outcome_key, user)


def answers_shown(page: CasePage, checked: Checked | None) -> Mapping[str, str]:
    """How each check is answered so far."""
    rows = () if page.draft is None else page.draft.checks
    return (checked or checked_in({}, rows)).answers
