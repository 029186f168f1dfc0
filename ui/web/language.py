"""The language of a page: chosen by a link that works without a script, remembered in a cookie."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.bilingual import Language
from config.translate import LANGUAGES, sentences
from ui.web.addresses import is_api, safe_next
from ui.web.page_errors import no_such_page
from ui.web.site import site_of

COOKIE = "stafet_language"
A_YEAR_SECONDS = 365 * 24 * 3600
NAMES: dict[Language, str] = {"da": "Dansk", "en": "English"}

router = APIRouter()


def language_of(request: Request) -> Language:
    """The reader's language: their choice, which a system names by Accept-Language; else the server's."""
    if is_api(request.url.path):
        return accepted(request.headers.get("accept-language", "")) or site_of(request).language
    chosen = request.cookies.get(COOKIE)
    return next((one for one in LANGUAGES if one == chosen), site_of(request).language)


def accepted(header: str) -> Language | None:
    """Which of our languages an Accept-Language header prefers; None where it names neither.

    Example:
        >>> accepted("en-GB;q=0.8, da"), accepted("sv, en;q=0.5"), accepted("en;q=0, *")
        ('da', 'en', None)
    """
    found: list[tuple[float, Language]] = []
    for part in header.lower().split(","):
        named = re.fullmatch(r"(da|en)(?:-[a-z0-9-]*)?(?:;q=([01](?:\.\d{1,3})?))?", part.replace(" ", ""))
        if named and float(named[2] or 1) > 0:
            found.append((float(named[2] or 1), "da" if named[1] == "da" else "en"))
    return max(found, key=lambda one: one[0])[1] if found else None


def the_other(language: Language) -> Language:
    """Danish for English, English for Danish."""
    return "en" if language == "da" else "da"


def translated(sentence: str, request: Request) -> str:
    """A refusal of the records in the reader's language, in English where nobody has translated it."""
    forms = sentences(language_of(request)).get(sentence)
    words = forms[0] if forms else sentence
    return f"{words[:1].upper()}{words[1:]}."


@router.get("/language/{language}", name="language")
def choose(request: Request, language: str) -> Response:
    """Remember a language and go back to the page."""
    if language not in LANGUAGES:
        raise no_such_page()
    response = RedirectResponse(safe_next(request.query_params.get("next", "")), status_code=303)
    remember_language(request, response, language)
    return response


def remember_language(request: Request, response: Response, language: str) -> None:
    """Let the browser remember a language for a year."""
    is_https = site_of(request).cookie.is_https
    response.set_cookie(
        COOKIE, language, max_age=A_YEAR_SECONDS, httponly=True, samesite="lax", secure=is_https, path="/"
    )
