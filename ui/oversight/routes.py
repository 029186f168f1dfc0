"""Oversight in its first form: the case types, how far each has come, and what its model was built on."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.translate import Translator
from config.words import Words
from explain.model_card import model_card
from models.clock import parse
from models.training_store import latest_model, measurements_of
from routing.watched import look_at
from ui.oversight.needs_decision import needs_decision
from ui.oversight.type_rows import type_rows
from ui.web.language import language_of
from ui.web.page_errors import no_such_page
from ui.web.site import site_of

router = APIRouter()


@router.get("/oversight", name="oversight")
def oversight(request: Request) -> Response:
    """Every case type and its state."""
    site, language = site_of(request), language_of(request)
    with site.database.read() as connection:
        in_force = site.current.read(connection)
        models = {name: latest_model(connection, name) for name in in_force.case_types}
        now = site.database.clock()
        seen = {name: look_at(connection, in_force, name, now) for name in in_force.case_types}
    title = Translator(language)("Oversight")
    rows = type_rows(in_force, seen, models, language)
    needed = needs_decision(in_force, seen, language)
    return site.pages.page(request, "oversight.html", title=title, rows=rows, needed=needed)


@router.get("/oversight/{case_type}", name="model_card")
def card(request: Request, case_type: str) -> Response:
    """What the machine was built on for one case type, and how right it was."""
    site, language = site_of(request), language_of(request)
    with site.database.read() as connection:
        known = site.current.read(connection).case_types.get(case_type)
        if known is None:
            raise no_such_page()
        model = latest_model(connection, case_type)
        measured = [] if model is None else measurements_of(connection, case_type, model.version)
    title = known.name.say(language)
    if model is None:
        return site.pages.page(
            request, "model_card.html", title=title, heading=title, sections=(), case_type=case_type
        )
    result = measured[-1]["result"] if measured else {}
    made = model_card(
        known,
        model.summary,
        model_version=model.version,
        trained_on=Words(language).day(parse(model.trained_at)),
        promise=result.get("figures"),
        why=result.get("guarantee", {}).get("why"),
        language=language,
    )
    return site.pages.page(
        request,
        "model_card.html",
        title=made.title,
        heading=made.title,
        sections=made.sections,
        case_type=case_type,
    )
