"""The language of a page: chosen by a link that works without a script, remembered in a cookie."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.bilingual import Language
from config.translate import LANGUAGES
from ui.web.addresses import safe_next
from ui.web.page_errors import no_such_page
from ui.web.site import site_of

COOKIE = "stafet_language"
A_YEAR_SECONDS = 365 * 24 * 3600
NAMES: dict[Language, str] = {"da": "Dansk", "en": "English"}

router = APIRouter()


def language_of(request: Request) -> Language:
    """The reader's language: their choice, else the server's."""
    chosen = request.cookies.get(COOKIE)
    return next((one for one in LANGUAGES if one == chosen), site_of(request).language)


def the_other(language: Language) -> Language:
    """Danish for English, English for Danish."""
    return "en" if language == "da" else "da"


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
