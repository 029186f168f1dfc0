"""Who is signed in, and the token that every act of theirs must carry."""

from __future__ import annotations

from fastapi import Request
from pydantic import BaseModel

from ui.api.case_asked import READ_REFUSALS
from ui.api.described import reading
from ui.web.addresses import API
from ui.web.forms import CSRF_HEADER

router = reading()


class Session(BaseModel):
    """One sign-in; `token` is sent back in the header that `header` names."""

    user: str
    name: str
    role: str
    team: str | None
    token: str
    header: str


@router.get(f"{API}/session", name="api_session", responses=READ_REFUSALS)
def read_session(request: Request) -> Session:
    """The person behind the cookie, as they signed in at `/sign-in`."""
    visitor = request.state.visitor
    user = visitor.user
    return Session(
        user=user.name,
        name=user.full_name,
        role=user.role,
        team=user.team,
        token=visitor.csrf,
        header=CSRF_HEADER,
    )
