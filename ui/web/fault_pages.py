"""Every error as a page: one sentence and what to do; a fault of our own has a reference and no traceback."""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import quote

import structlog
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.errors import InputError, RefusedError, StafetError
from config.translate import Translator, sentences
from ui.api.problems import add_problems, not_routed, problem
from ui.api.refusal_codes import code_of
from ui.caseworker.writing.kept_form import typed_texts
from ui.caseworker.writing.stash import home_of
from ui.web.addresses import is_api
from ui.web.forms import Form
from ui.web.language import language_of
from ui.web.limits import TooLargeError, is_known_host
from ui.web.page_errors import PageError, SignInNeeded, bad_form, no_such_page, too_large
from ui.web.pages import here
from ui.web.site import site_of


def add_error_pages(app: FastAPI) -> None:
    """Teach the app to answer every error with a page."""
    app.add_exception_handler(PageError, told)
    app.add_exception_handler(SignInNeeded, sign_in_first)
    app.add_exception_handler(StafetError, stafet_error)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(TooLargeError, lambda request, _: told(request, too_large()))
    add_problems(app)


def told(request: Request, error: Exception) -> Response:
    """The page of a `PageError`."""
    assert isinstance(error, PageError)
    typed = typed_again(request, error.form)
    return error_page(request, error.status, error.heading, error.sentence, typed, code=error.code)


def sign_in_first(request: Request, _: Exception) -> Response:
    """Reading: on to the sign-in page and back. Sending: a page that keeps what was typed; a system is told."""
    if is_api(request.url.path):
        return problem(request, HTTPStatus.UNAUTHORIZED, "not_signed_in", "")
    if request.method == "GET":
        after = f"?next={quote(here(request), safe='')}" if here(request) != "/" else ""
        return RedirectResponse(f"/sign-in{after}", status_code=303)
    say = Translator(language_of(request))
    return site_of(request).pages.page(
        request,
        "sign_in_ended.html",
        title=say("Your sign-in has ended"),
        status=HTTPStatus.UNAUTHORIZED,
        typed=typed_again(request),
        is_kept=request.state.is_kept,
        back=home_of(request),
    )


def typed_again(request: Request, form: Form | None = None) -> list[str]:
    """What a person wrote into a form of a case that came to nothing: shown to them, so that it is never lost."""
    form = form or getattr(request.state, "form", None)
    return typed_texts(form) if form is not None and "case_id" in request.path_params else []


def stafet_error(request: Request, error: Exception) -> Response:
    """An error that a person can mend says the same sentence as the command line."""
    status = HTTPStatus.CONFLICT if isinstance(error, RefusedError) else HTTPStatus.BAD_REQUEST
    if not isinstance(error, InputError | RefusedError):
        status = HTTPStatus.INTERNAL_SERVER_ERROR
    sentence = str(error)
    heading, told_as = "This could not be done", sentence[:1].upper() + sentence[1:]
    return error_page(request, status, heading, told_as, typed_again(request), code=code_of(sentence))


def http_error(request: Request, error: Exception) -> Response:
    """What the router itself refuses: no such address, or one that cannot be used this way."""
    assert isinstance(error, HTTPException)
    if is_api(request.url.path):
        return not_routed(request, error)
    known = no_such_page() if error.status_code in (404, 405) else bad_form("The request could not be understood.")
    return error_page(request, HTTPStatus(error.status_code), known.heading, known.sentence, code=known.code)


def error_page(
    request: Request,
    status: HTTPStatus,
    heading: str,
    sentence: str,
    typed: Sequence[str] = (),
    *,
    code: str,
) -> Response:
    """One heading, one sentence, and a way on; words that nobody has translated stay English and say so.

    `typed` is what a person had written into the form that was refused. A system gets sentence and `code` as JSON.
    """
    if is_api(request.url.path):
        return problem(request, status, code, sentence)
    language = language_of(request)
    translated = sentences(language).get(sentence)
    return site_of(request).pages.page(
        request,
        "error.html",
        title=Translator(language)(heading),
        status=status,
        sentence=translated[0] if translated else sentence,
        is_english=translated is None,
        typed=typed,
    )


class Door:
    """Lets in what is meant for this server; a fault of our own is answered with a reference, not a traceback."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if not is_known_host(request, site_of(request).hosts):
            await stranger(request)(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:  # the edge of the web app: whatever it is, a person gets a page
            answer = fault(request, error)
            if not started:
                await answer(scope, receive, send)


def stranger(request: Request) -> Response:
    """The page for a request under a name that is not this server's."""
    return error_page(
        request,
        HTTPStatus.BAD_REQUEST,
        "Wrong address",
        "This server does not answer under the name that was used; use the address you were given.",
        code="wrong_host",
    )


def fault(request: Request, error: Exception) -> Response:
    """The page for a fault of our own: a reference on the page, the details in the log alone."""
    reference = secrets.token_hex(4)
    where = "".join(traceback.format_exception(error))  # without the values of variables, which are people's facts
    structlog.get_logger("stafet.web").error(
        "fault", reference=reference, route=route_of(request), exception=where
    )
    say = Translator(language_of(request))
    if is_api(request.url.path):
        told = say("The fault is Stafet's. Tell those who run it this reference: {reference}", reference=reference)
        return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "fault", told)
    return site_of(request).pages.page(
        request,
        "fault.html",
        title=say("Something went wrong"),
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        reference=reference,
        typed=typed_again(request),
    )


def route_of(request: Request) -> str:
    """The route's name for the log: an address could hold a case's number."""
    return str(getattr(request.scope.get("route"), "name", "unknown"))
