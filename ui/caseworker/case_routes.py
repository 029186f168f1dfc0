"""The case page and the page of a stored decision."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.translate import Translator
from models.decision_store import Decided
from models.queue import next_case
from routing.standards import day_of
from ui.caseworker.blindness import is_blind
from ui.caseworker.case_page import CasePage, case_page, decision_made
from ui.caseworker.case_record import read_case
from ui.caseworker.decision_form import DecisionForm
from ui.caseworker.facts import fact_rows
from ui.caseworker.machine_part import machine_part
from ui.web.addresses import case_path
from ui.web.language import language_of
from ui.web.page_errors import no_such_case
from ui.web.site import site_of

router = APIRouter()


@router.get("/cases/{case_type}/{case_id}", name="case")
def case(request: Request) -> Response:
    """The case, in the order of the work."""
    return show(request, page_of(request), DecisionForm())


@router.get("/cases/{case_type}/{case_id}/decided", name="decided")
def decided(request: Request) -> Response:
    """What was stored, the person's view and the machine's side by side, and the next case."""
    site, page = site_of(request), page_of(request)
    if page.decision is None:
        return RedirectResponse(page.href(), status_code=303)
    user = request.state.visitor.user
    with site.database.read() as connection:
        following = next_case(connection, user.team, user.id)
    next_href = case_path(following.case_type, following.case_id) if following else None
    title = Translator(language_of(request))("The decision is stored")
    return site.pages.page(request, "decided.html", title=title, page=page, next_href=next_href)


def page_of(request: Request) -> CasePage:
    """The case in the address as the visitor may see it now."""
    site, language = site_of(request), language_of(request)
    file, now = request.state.case_file, site.database.clock()
    with site.database.read() as connection:
        in_force = site.current.read(connection)
        if file["case_type"] not in in_force.case_types:
            raise no_such_case()
        found = read_case(connection, file, in_force.case_types[file["case_type"]])
        version = None if found.assessment is None else found.assessment["model_version"]
        model = None if version is None else site.models.in_words(connection, found.case_type.key, version)
        if found.assessment is not None and found.assessment["raw_score"] is not None:
            found = replace(found, inputs=site.models.inputs_then(connection, found.assessment))
    blind = is_blind(
        found,
        in_force.rules,
        status=in_force.states[found.case_type.key].status,
        draw_key=site.opened.draw_key,
        today=day_of(now),
    )
    features = frozenset() if model is None else model.fields
    return case_page(
        found,
        fact_rows(found, features, language),
        None if blind else machine_part(found, in_force, model, day_of(now), language),
        is_blind=blind,
        user_id=request.state.visitor.user.id,
        now=now,
        language=language,
    )


def show(
    request: Request,
    page: CasePage,
    form: DecisionForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    conflict: Decided | None = None,
    notice: str | None = None,
) -> Response:
    """The case page with a form in some state; `conflict` is somebody else's decision that came first."""
    site, language = site_of(request), language_of(request)
    theirs = None
    if conflict is not None:
        with site.database.read() as connection:
            case_type = site.current.read(connection).case_types[page.case_type]
        theirs = decision_made(conflict, case_type, language)
    chosen = next((one.label for one in page.outcomes if one.key == form.typed.outcome), "")
    title = f"{page.type_name} {page.case_id}"
    if form.problems:
        title = f"{Translator(language)('Something is missing')}: {title}"
    return site.pages.page(
        request,
        "case.html",
        title=title,
        status=status,
        page=page,
        form=form,
        conflict=theirs,
        chosen=chosen,
        notice=notice,
    )
