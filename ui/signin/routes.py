"""Signing in by name and password, and out: a new token each time, and never told which of the two was wrong."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.errors import RefusedError
from config.translate import Translator
from models.sign_ins import WRONG, ThrottledError, end_sign_in, sign_in_with_password
from ui.demo.accounts import first_sign_ins
from ui.web.addresses import safe_next
from ui.web.language import language_of, translated
from ui.web.site import site_of

LONGEST_NAME = 200
WRONG_SENTENCE = "The name or the password is wrong."
TOO_MANY_SENTENCE = "There have been too many wrong passwords; wait a quarter of an hour and try again."

router = APIRouter()


@router.get("/sign-in", name="sign_in")
def page(request: Request) -> Response:
    """The form; somebody who is signed in already is sent on."""
    after = safe_next(request.query_params.get("next", ""))
    if request.state.visitor.user is not None:
        return RedirectResponse(after, status_code=303)
    return form_page(request, name="", after=after)


@router.post("/sign-in", name="try_sign_in")
def try_sign_in(request: Request) -> Response:
    """Sign in: an earlier sign-in of this browser ends, a new token is handed out."""
    site, sent = site_of(request), request.state.form.only("name", "password", "next")
    name, after = sent["name"].strip(), safe_next(sent["next"])
    if not name or not sent["password"]:
        return form_page(request, name, after, missing=True)
    try:
        begun = sign_in_with_password(
            site.database,
            name[:LONGEST_NAME],
            sent["password"],
            source=request.client.host if request.client else "",
            longest=timedelta(hours=site.session_hours),
        )
    except RefusedError as refused:
        return form_page(request, name, after, problem=why_not(refused, request))
    end_present(request)
    response = RedirectResponse(after, status_code=303)
    site.cookie.give(response, begun.token)
    return response


def why_not(refused: RefusedError, request: Request) -> str:
    """Why somebody is not let in, in their language."""
    say = Translator(language_of(request))
    if isinstance(refused, ThrottledError):
        return say(TOO_MANY_SENTENCE)
    return say(WRONG_SENTENCE) if refused.sentence == WRONG else translated(refused.sentence, request)


@router.post("/sign-out", name="sign_out")
def sign_out(request: Request) -> Response:
    """End the sign-in, here and in the records."""
    request.state.form.only()
    end_present(request)
    response = RedirectResponse("/sign-in", status_code=303)
    site_of(request).cookie.take_back(response)
    return response


def end_present(request: Request) -> None:
    """End the sign-in that this browser has."""
    if request.state.visitor.present is not None:
        with site_of(request).database.write() as connection:
            end_sign_in(connection, request.state.visitor.present.id)


def form_page(
    request: Request, name: str, after: str, *, problem: str | None = None, missing: bool = False
) -> Response:
    """The form, with the name kept and the password never."""
    say = Translator(language_of(request))
    errors = {"name": say("Write your user name"), "password": say("Write your password")} if missing else {}
    if name:
        errors.pop("name", None)
    status = HTTPStatus.OK
    if problem or missing:
        status = HTTPStatus.BAD_REQUEST if missing else HTTPStatus.FORBIDDEN
    return site_of(request).pages.page(
        request,
        "sign_in.html",
        title=say("Sign in"),
        status=status,
        name=name,
        after=after,
        problem=problem,
        errors=errors,
        demo_sign_ins=first_sign_ins() if site_of(request).pages.is_demo else [],
    )
