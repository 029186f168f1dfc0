"""The page of one act: a form in some state around the case that it is about."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from config.errors import StafetError
from config.translate import Translator
from models.clock import danish_day
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import show
from ui.caseworker.decision_form import DecisionForm
from ui.caseworker.handling.act_form import ActForm
from ui.caseworker.handling.meanwhile import meanwhile
from ui.caseworker.presence.said import arrival, here_now
from ui.caseworker.writing.kept_form import form_about
from ui.caseworker.writing.shown import case_texts
from ui.caseworker.writing.stash import home_of
from ui.web.language import language_of, translated
from ui.web.site import site_of


def show_act(
    request: Request,
    page: CasePage,
    template: str,
    title: str,
    form: ActForm,
    *,
    refused: StafetError | None = None,
    **values: Any,
) -> Response:
    """The page of an act; `title` is in the reader's language, `refused` why nothing was stored.

    What the visitor has typed into this form before and not sent is put back.
    """
    texts, name, back = case_texts(request), form_name(request), home_of(request)
    kept = texts.typed(name)
    form = form if kept is None else ActForm(kept)
    say = Translator(language_of(request))
    is_wrong, named = bool(form.problems), f"{title}: {page.identity.name}"
    status = HTTPStatus.BAD_REQUEST if is_wrong else HTTPStatus.OK if refused is None else HTTPStatus.CONFLICT
    response = site_of(request).pages.page(
        request,
        f"handling/{template}",
        title=f"{say('Something is missing')}: {named}" if is_wrong else named,
        status=status,
        page=page,
        form=form,
        here=here_now(request),
        text=texts.of(name, back),
        heading=title,
        notice=None if refused is None else translated(refused.sentence.rstrip("."), request),
        today=today_of(request),
        meanwhile=meanwhile(request, form, is_blind=page.is_blind) if request.method == "POST" else (),
        **values,
    )
    response.background = arrival(request)
    return response


def form_name(request: Request) -> str:
    """Under which name an act's form is kept: the end of its address, and what it is about."""
    name, sent = request.scope["path"].rpartition("/")[2], request.state.form.values
    return form_about(name, {**sent, "about": request.query_params.get("about") or sent.get("about", "")})


def refused_on_case(request: Request, page: CasePage, refused: StafetError) -> Response:
    """The case's page with why an act that has no form of its own was refused."""
    notice = translated(refused.sentence.rstrip("."), request)
    return show(request, page, DecisionForm(), status=HTTPStatus.CONFLICT, notice=notice)


def today_of(request: Request) -> str:
    """The day in Denmark, as forms send days."""
    return danish_day(site_of(request).database.clock())


def back_to_case(page: CasePage) -> Response:
    """On to the case's page, which shows what has been stored."""
    return RedirectResponse(page.href(), status_code=303)
