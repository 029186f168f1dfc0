"""Every refusal of the API as `application/problem+json` (RFC 9457): a stable code and the pages' sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from config.translate import Translator, sentences
from ui.api.wrong_fields import Wrong, wrong_fields
from ui.web.addresses import is_api
from ui.web.language import language_of
from ui.web.limits import TooLargeError

MEDIA_TYPE = "application/problem+json"
OWN_SENTENCES: Mapping[str, str] = {
    "no_such_address": "There is no such address here; /api/openapi.json names them all.",
    "not_allowed": "Your role does not give access to this; ask your team lead if you need it.",
    "not_signed_in": "Nobody is signed in, or no longer; sign in at /sign-in.",
    "foreign_origin": "Send the header Origin with this server's own address; what other sites send is refused.",
    "wrong_token": "Send the token of this sign-in in the header X-Stafet-Token; /api/session gives it.",
    "not_json": "Send JSON, with the header Content-Type: application/json.",
    "unreadable": "The JSON could not be read; look at quotes, commas and encoding.",
    "too_large": "What was sent is larger than anything that is asked for here; shorten it.",
    "wrong_method": "This address cannot be used in this way; /api/openapi.json says how.",
}
"""Where the sentence of a page speaks of forms and pages: code -> what the API says instead."""


class Problem(BaseModel):
    """Why something was refused; `type` is left out, as `about:blank` may be.

    Attributes:
        detail: one sentence in the language of Accept-Language.
    """

    title: str
    status: int
    code: str = Field(description="Stable, for programs; the sentence may change")
    detail: str
    errors: tuple[Wrong, ...] = Field((), description="What is wrong with which field")


class ProblemError(Exception):
    """Ends a request with a problem; `sentence` is in the reader's language."""

    def __init__(self, status: HTTPStatus, code: str, sentence: str, errors: Sequence[Wrong] = ()) -> None:
        self.status = status
        self.code = code
        self.sentence = sentence
        self.errors = tuple(errors)
        super().__init__(code)


def add_problems(app: FastAPI) -> None:
    """Teach the app to answer what an endpoint refuses, and a body or query that is not what was asked for."""
    app.add_exception_handler(ProblemError, refused)
    app.add_exception_handler(RequestValidationError, not_understood)


def problem(
    request: Request,
    status: HTTPStatus,
    code: str,
    sentence: str,
    errors: Sequence[Wrong] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer; a sentence that is about forms and pages is replaced by the API's own."""
    language = language_of(request)
    sentence = OWN_SENTENCES.get(code, sentence)
    translated = sentences(language).get(sentence)
    told = Problem(
        title=status.phrase,
        status=int(status),
        code=code,
        detail=translated[0] if translated else sentence,
        errors=tuple(errors),
    )
    headers = {"Content-Language": language, **(headers or {})}
    return JSONResponse(told.model_dump(mode="json"), int(status), headers, MEDIA_TYPE)


def refused(request: Request, error: Exception) -> Response:
    """What an endpoint refused."""
    assert isinstance(error, ProblemError)
    return problem(request, error.status, error.code, error.sentence, error.errors)


def not_routed(request: Request, error: HTTPException) -> Response:
    """What is refused before any endpoint is reached: no such address or method, or a body that cannot be read."""
    if isinstance(error.__cause__, TooLargeError):
        return problem(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", "")
    codes = {HTTPStatus.NOT_FOUND: "no_such_address", HTTPStatus.METHOD_NOT_ALLOWED: "wrong_method"}
    status = HTTPStatus(error.status_code)
    return problem(request, status, codes.get(status, "unreadable"), "", headers=error.headers)


def not_understood(request: Request, error: Exception) -> Response:
    """A body or query that is not what was asked for, each field named with what is wrong."""
    assert isinstance(error, RequestValidationError)
    assert is_api(request.url.path), "pages read their forms themselves"
    found: Sequence[Any] = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return problem(request, HTTPStatus.BAD_REQUEST, "unreadable", "")
    say = Translator(language_of(request))
    told = say("Something that was sent is missing, wrong or not asked for.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return problem(request, status, "not_understood", told, wrong_fields(found, say))
