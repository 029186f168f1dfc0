"""What somebody looks for: posted, and kept for this sign-in alone, so that no name stands in an address."""

from __future__ import annotations

import base64
import binascii

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from ui.caseworker.queue_search import LONGEST, Sought, sought
from ui.web.site import site_of

COOKIE = "stafet_search"
FOUND = "found"
"""The list that shows what was found."""

router = APIRouter()


@router.post("/cases/search", name="search")
def search(request: Request) -> Response:
    """Keep what is sought and go to what is found; without anything written, back to the lists."""
    text = sought(request.state.form.only("search")["search"]).text
    if not text:
        return RedirectResponse("/cases", status_code=303)
    response = RedirectResponse(f"/cases?list={FOUND}", status_code=303)
    kept = base64.urlsafe_b64encode(f"{request.state.visitor.present.id}:{text}".encode()).decode()
    is_https = site_of(request).cookie.is_https
    response.set_cookie(COOKIE, kept, httponly=True, samesite="lax", secure=is_https, path="/cases")
    return response


def kept_search(request: Request) -> Sought:
    """What this sign-in looked for last; nothing where it looked for nothing, or the cookie is not ours."""
    kept = request.cookies.get(COOKIE, "")
    try:
        sign_in, _, text = base64.urlsafe_b64decode(kept[: 8 * LONGEST]).decode().partition(":")
    except (binascii.Error, ValueError):
        return sought("")
    return sought(text if sign_in == str(request.state.visitor.present.id) else "")
