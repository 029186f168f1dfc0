"""Keeps what a form holds before the form is looked at, and forgets it when the form has been stored.

Whatever comes between (a field that is missing, a colleague who was faster, a fault of ours, a server that stops)
the words are on the person's desk. They are forgotten only where the answer says that the form was stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

import sqlalchemy as sa
import structlog
from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.errors import InputError, RefusedError, StafetError
from models.text_drafts import SavedElsewhereError, TextDraft, forget_text, keep_text, text_of
from models.text_drafts import texts_of as all_of_person
from ui.caseworker.writing.kept_form import KeptForm, kept_form
from ui.web.site import site_of

MOST_FORMS = 300
"""So many forms of one case can hold a person's text; a case type has at most 200 facts to correct."""
KEEPING = "keep_text"
"""The route that keeps and does nothing else."""


@dataclass(frozen=True)
class Ahead:
    """What became of a form's words before the form was looked at.

    Attributes:
        draft: as they are kept now; None where there was nothing to keep, or it could not be.
        elsewhere: another text of the same form that the same person has kept meanwhile.
        failed: why they could not be kept.
    """

    sent: KeptForm
    user_id: int
    case: tuple[str, str]
    draft: TextDraft | None = None
    elsewhere: TextDraft | None = None
    failed: StafetError | None = None


def keep_ahead(request: Request) -> None:
    """Keep the words of the form that was sent, if it is one of those that are kept; never stops the request."""
    sent = kept_form(request.state.form)
    if sent is None or request.state.visitor.user is None:
        return
    file, user_id = request.state.case_file, request.state.visitor.user.id
    case = (str(file["case_type"]), str(file["case_id"]))
    try:
        with site_of(request).database.write() as connection:
            ahead = Ahead(sent, user_id, case, keep(connection, user_id, case, sent))
    except SavedElsewhereError as other:
        ahead = Ahead(sent, user_id, case, elsewhere=other.draft)
    except (InputError, RefusedError) as error:
        structlog.get_logger("stafet.web").warning("a text could not be kept", reason=str(error))
        ahead = Ahead(sent, user_id, case, failed=error)
    request.state.ahead = ahead


def keep(connection: sa.Connection, user_id: int, case: tuple[str, str], sent: KeptForm) -> TextDraft | None:
    """Keep what was sent over the version that its page was made from; an emptied form is forgotten.

    Raises:
        SavedElsewhereError: another text has been kept since.
        InputError: it is too long.
        RefusedError: far too many forms of this case hold text.
    """
    stored = text_of(connection, user_id, *case, sent.name)
    if sent.is_blank:
        forget_text(connection, user_id, *case, sent.name, version=sent.version)
        return None
    if stored is not None and stored.content == sent.content:
        return stored
    if stored is None and len(all_of_person(connection, user_id, *case)) >= MOST_FORMS:
        raise RefusedError("too many forms of this case hold text of yours; send or discard some of it")
    which = {"user_id": user_id, "case_type": case[0], "case_id": case[1], "form": sent.name}
    return keep_text(connection, **which, content=sent.content, over=sent.version)


def ahead_of(request: Request) -> Ahead | None:
    """What was kept of the form that this request sent; None where nothing is kept of it."""
    found: Ahead | None = getattr(request.state, "ahead", None)
    return found


class Forgetting:
    """Forgets a form's words as soon as the answer says that it was stored, before the browser asks for more."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and watch for its answer."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def watched(message: Message) -> None:
            is_stored = message["type"] == "http.response.start" and message["status"] < HTTPStatus.BAD_REQUEST
            ahead: Ahead | None = state.get("ahead")
            if is_stored and ahead is not None and getattr(scope.get("route"), "name", "") != KEEPING:
                await run_in_threadpool(forget, Request(scope), ahead)
            await send(message)

        await self.app(scope, receive, watched)


def forget(request: Request, ahead: Ahead) -> None:
    """Forget the words that were kept ahead; what was written elsewhere meanwhile stays."""
    if ahead.draft is None:
        return
    try:
        with site_of(request).database.write() as connection:
            version = ahead.draft.row_version
            forget_text(connection, ahead.user_id, *ahead.case, ahead.sent.name, version=version)
    except StafetError as error:
        structlog.get_logger("stafet.web").warning("a stored text is still kept as a draft", reason=str(error))
