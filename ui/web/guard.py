"""The one gate of all routes: who asks, whether the form is ours, and whether the permissions say yes."""

from __future__ import annotations

import hmac
from typing import Any

from fastapi import Depends, Request

from models.people import User
from models.queue import case_file
from ui.permissions import PERMISSIONS, Permission
from ui.web.addresses import case_id_from
from ui.web.forms import Form, read_form
from ui.web.limits import host_of
from ui.web.page_errors import SignInNeeded, from_elsewhere, no_such_case, not_allowed
from ui.web.site import site_of
from ui.web.uploads import read_upload
from ui.web.visitor import Visitor, visitor_of


def visitor_first(request: Request) -> Visitor:
    """Whoever asks; a file is not even read of somebody who may not put it where the address says."""
    site, permission = site_of(request), permission_of(request)
    visitor = visitor_of(request, site.cookie, site.database)
    request.state.visitor = visitor
    if permission.takes_file:
        refuse_foreign(request)
        refuse_without_role(visitor, permission)
        if visitor.user is not None:
            case_of_team(request, visitor.user)
    return visitor


async def read_posted(request: Request) -> Form:
    """The form that was posted, with its file where the route takes one."""
    return await (read_upload(request) if permission_of(request).takes_file else read_form(request))


ASKS, POSTED = Depends(visitor_first), Depends(read_posted)


def guard(request: Request, visitor: Visitor = ASKS, form: Form = POSTED) -> None:
    """Let a request through to its page, or raise what the visitor is told instead.

    A page finds the form in `request.state.form`, who asks in `.visitor`, and a case's row in `.case_file`.

    Raises:
        PageError: the form is not ours, the visitor's role may not, or the case is not the team's.
        SignInNeeded: nobody is signed in.
    """
    permission = permission_of(request)
    request.state.form = form
    if request.method == "POST":
        refuse_foreign(request)
    if not permission.for_everybody:
        refuse_without_role(visitor, permission)
        if request.method == "POST":
            refuse_without_token(visitor, form)
    if permission.own_team and visitor.user is not None:
        request.state.case_file = case_of_team(request, visitor.user)


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


def refuse_without_role(visitor: Visitor, permission: Permission) -> None:
    """Nobody without a sign-in, and nobody whose role is not in the table."""
    if visitor.role is None:
        raise SignInNeeded
    if not permission.allows(visitor.role):
        raise not_allowed()


def refuse_without_token(visitor: Visitor, form: Form) -> None:
    """A form must carry the token of this very sign-in, compared in constant time."""
    if not visitor.csrf or not hmac.compare_digest(form.csrf.encode(), visitor.csrf.encode()):
        raise from_elsewhere()


def case_of_team(request: Request, user: User) -> dict[str, Any]:
    """The row of the case in the address, if it lies with the visitor's own team."""
    named = request.path_params
    with site_of(request).database.read() as connection:
        row = case_file(connection, named["case_type"], case_id_from(named["case_id"]))
    if row is None or row["team"] is None or row["team"] != user.team:
        raise no_such_case()
    return row
