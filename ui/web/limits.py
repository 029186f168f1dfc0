"""What never reaches a page: a request for another host, and one larger than any form."""

from __future__ import annotations

import re
from collections.abc import Collection

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.documents import LARGEST as LARGEST_DOCUMENT

LARGEST_FORM_BYTES = 1280 * 1024
"""A note of 100,000 characters of which each takes four bytes, as a form writes them, and what is around it."""

LARGEST_UPLOAD_BYTES = LARGEST_DOCUMENT + 64 * 1024
"""A document, and the few fields beside it."""

UPLOADS = re.compile(r"/cases/[^/]+/[^/]+/documents")
"""The one address to which files are sent."""


class TooLargeError(Exception):
    """The body of a request went over the limit while it was read."""


class BodyLimit:
    """Stops reading a request's body where it is larger than what its address takes, whatever its headers say."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a body that is counted."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = LARGEST_UPLOAD_BYTES if UPLOADS.fullmatch(scope["path"]) else LARGEST_FORM_BYTES
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise TooLargeError
            return message

        await self.app(scope, counted, send)


def host_of(header: str) -> str:
    """The name in a Host header, without its port, in small letters.

    Example:
        >>> host_of("Stafet.example:8443"), host_of("[::1]:8000")
        ('stafet.example', '::1')
    """
    found = re.fullmatch(r"(?:\[([0-9a-fA-F:.]+)\]|([^:\[\]/@\s]+))(?::\d{1,5})?", header.strip())
    return (found[1] or found[2]).lower().rstrip(".") if found else ""


def is_known_host(request: Request, hosts: Collection[str]) -> bool:
    """Whether a request was meant for this server: with one Host header, and that one of ours."""
    named = request.headers.getlist("host")
    return len(named) == 1 and host_of(named[0]) in hosts
