"""The one gate of all routes: who asks, whether the form is ours, and whether the permissions say yes."""

from __future__ import annotations

import hmac
from typing import Any

from fastapi import Depends, Request

from models.people import User
from models.queue import case_file
from ui.caseworker.writing.keeping import keep_ahead
from ui.caseworker.writing.stash import stash
from ui.permissions import PERMISSIONS, Permission
from ui.web.addresses import case_id_from, is_api
from ui.web.forms import Form, form_of_json, read_form
from ui.web.limits import host_of
from ui.web.page_errors import SignInNeeded, from_earlier, from_elsewhere, no_such_case, not_allowed
from ui.web.site import site_of
from ui.web.uploads import read_upload
from ui.web.visitor import Visitor, visitor_of


def visitor_first(request: Request) -> Visitor:
    """Whoever asks; a file is not even read of somebody who may not put it where the address says.

    Other forms are read first, so that whoever has been signed out meanwhile gets their words back.
    """
    site, permission = site_of(request), permission_of(request)
    visitor = visitor_of(request, site.cookie, site.database, is_seen=not permission.is_idle)
    request.state.visitor = visitor
    if permission.takes_file:
        refuse_foreign(request)
        refuse_without_role(request, visitor, permission)
        if visitor.user is not None:
            case_of_team(request, visitor.user)
    return visitor


async def read_posted(request: Request) -> Form:
    """The form that was posted, with its file where the route takes one; of JSON only its token."""
    if is_api(request.url.path):
        return form_of_json(request)
    return await (read_upload(request) if permission_of(request).takes_file else read_form(request))


ASKS, POSTED = Depends(visitor_first), Depends(read_posted)


def guard(request: Request, visitor: Visitor = ASKS, form: Form = POSTED) -> None:
    """Let a request through to its page, or raise what the visitor is told instead.

    A page finds the form in `request.state.form`, who asks in `.visitor`, and a case's row in `.case_file`. What
    somebody has typed is kept before anything else is made of it.

    Raises:
        PageError: the form is not ours, the visitor's role may not, or the case is not the team's.
        SignInNeeded: nobody is signed in.
    """
    permission = permission_of(request)
    request.state.form = form
    if request.method == "POST":
        refuse_foreign(request)
    if not permission.for_everybody:
        refuse_without_role(request, visitor, permission)
        if request.method == "POST":
            refuse_without_token(request, visitor, form)
    if permission.own_team and visitor.user is not None:
        request.state.case_file = case_of_team(request, visitor.user)
        keep_ahead(request)


def permission_of(request: Request) -> Permission:
    """Who may use the route that a request came to.

    Raises:
        PageError: nobody has said who may.
    """
    permission = PERMISSIONS.get(request.scope["route"].name)
    if permission is None:
        raise not_allowed()
    return permission


def refuse_foreign(request: Request) -> None:
    """A form must come from one of our own pages: browsers say so by Origin, older ones by Sec-Fetch-Site."""
    origin = request.headers.get("origin")
    if origin is None:
        is_ours = request.headers.get("sec-fetch-site") == "same-origin"
    else:
        scheme, _, host = origin.partition("://")
        same_port = host.lower() == request.headers.get("host", "").lower()
        is_ours = scheme in ("http", "https") and bool(host_of(host)) and same_port
    if not is_ours:
        raise from_elsewhere()


def refuse_without_role(request: Request, visitor: Visitor, permission: Permission) -> None:
    """Nobody without a sign-in, and nobody whose role is not in the table."""
    if visitor.role is None:
        request.state.is_kept = stash(request, getattr(request.state, "form", Form())) is not None
        raise SignInNeeded
    if not permission.allows(visitor.role):
        raise not_allowed()


def refuse_without_token(request: Request, visitor: Visitor, form: Form) -> None:
    """A form must carry the token of this very sign-in, compared in constant time."""
    if not visitor.csrf or not hmac.compare_digest(form.csrf.encode(), visitor.csrf.encode()):
        written_by = stash(request, form)
        is_own = visitor.user is not None and written_by == visitor.user.id
        raise from_earlier() if is_own else from_elsewhere("wrong_token")


def case_of_team(request: Request, user: User) -> dict[str, Any]:
    """The row of the case in the address, if it lies with the visitor's own team."""
    named = request.path_params
    with site_of(request).database.read() as connection:
        row = case_file(connection, named["case_type"], case_id_from(named["case_id"]))
    if row is None or row["team"] is None or row["team"] != user.team:
        raise no_such_case()
    return row
