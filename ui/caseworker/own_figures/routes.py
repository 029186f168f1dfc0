"""The page of a person's own figures: the visitor's, and no address for anybody else's."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.translate import Translator
from models.clock import stamp
from models.own_decisions import decisions_by
from ui.caseworker.own_figures.figures import figures_of
from ui.caseworker.own_figures.said import DAYS, figures_in_words
from ui.web.language import language_of
from ui.web.site import site_of

router = APIRouter()


@router.get("/me", name="own_figures")
def own_figures(request: Request) -> Response:
    """What the visitor's own decisions of the last months come to."""
    site, say = site_of(request), Translator(language_of(request))
    since = stamp(site.database.clock() - timedelta(days=DAYS))
    with site.database.read() as connection:
        decisions = decisions_by(connection, request.state.visitor.user.id, since)
        figures = figures_of(connection, decisions, site.current.read(connection), site.opened.draw_key)
    said = figures_in_words(figures, say)
    return site.pages.page(request, "own_figures.html", title=say("Your figures"), figures=said)
