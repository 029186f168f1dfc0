"""The page of the law behind one case type; it needs no address outside this machine."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.translate import Translator
from ui.caseworker.law.said import laws_in_words
from ui.web.language import language_of
from ui.web.page_errors import no_such_page
from ui.web.site import site_of

router = APIRouter()


@router.get("/law/{case_type}", name="law")
def law(request: Request, case_type: str) -> Response:
    """Each law that the case type's file cites, and what rests on it."""
    site, language = site_of(request), language_of(request)
    with site.database.read() as connection:
        known = site.current.read(connection).case_types.get(case_type)
    if known is None:
        raise no_such_page()
    say, name = Translator(language), known.name.say(language)
    return site.pages.page(
        request,
        "law.html",
        title=say("The law: {case_type}", case_type=name),
        heading=name,
        laws=laws_in_words(known, language),
    )
