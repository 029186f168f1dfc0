"""A page that is open says every minute that it is, and learns who else has come."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from ui.caseworker.presence.said import arrival, here_now

router = APIRouter()


@router.post("/cases/{case_type}/{case_id}/here", name="here")
def here(request: Request) -> Response:
    """Who else is there; the visitor is there too, or has just left."""
    is_here = request.state.form.only("leaves")["leaves"] == ""
    return PlainTextResponse(here_now(request), background=arrival(request, is_here=is_here))
