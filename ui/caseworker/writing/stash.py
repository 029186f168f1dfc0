"""Keeps what was sent under a sign-in that had ended: on the desk of the very person whose page it came from."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import structlog
from fastapi import Request
from starlette.routing import Match

from config.errors import StafetError
from models.clock import stamp
from models.people import user_by_id
from models.queue import case_file
from models.sign_ins import earlier_sign_in
from ui.caseworker.writing.keeping import keep
from ui.caseworker.writing.kept_form import kept_form
from ui.web.addresses import case_id_from
from ui.web.forms import Form
from ui.web.page_errors import PageError
from ui.web.site import site_of

SCRIPT = "application/json"
LATEST = timedelta(days=1)
"""So long after its end a sign-in still says whose words a page holds."""


def stash(request: Request, form: Form) -> int | None:
    """For whom the words of a form were kept: the person for whom its page was made; None where they were not.

    They are kept only for somebody who still has access to the case, and are given to nobody else. A script keeps
    them on its page until it is signed in again.
    """
    sent, named, site = kept_form(form), request.path_params, site_of(request)
    if sent is None or sent.is_blank or "case_id" not in named or request.headers.get("accept") == SCRIPT:
        return None
    since, token = stamp(site.database.clock() - LATEST), site.cookie.read(request) or ""
    try:
        case = (str(named["case_type"]), case_id_from(named["case_id"]))
        with site.database.write() as connection:
            user_id = earlier_sign_in(connection, token, form.csrf, since=since)
            user = None if user_id is None else user_by_id(connection, user_id)
            file = case_file(connection, *case)
            if user is None or file is None or file["team"] is None or file["team"] != user.team:
                return None
            keep(connection, user.id, case, sent)
    except (StafetError, PageError) as error:
        structlog.get_logger("stafet.web").warning("a text could not be kept", reason=str(error))
        return None
    return user.id


def home_of(request: Request) -> str:
    """The page that a form was sent from: its own address where that can be read, else the one above it."""
    path = str(request.scope.get("raw_path", b"/").decode("ascii", "replace"))
    asked = {"type": "http", "method": "GET", "path": request.scope["path"], "root_path": "", "headers": []}
    if not any(route.matches(asked)[0] == Match.FULL for route in request.app.routes):
        return path.rpartition("/")[0] or "/"
    form: Form = getattr(request.state, "form", Form())
    about = request.query_params.get("about") or form.values.get("about", "")
    return f"{path}?{urlencode({'about': about})}" if about else path
