"""The API's description of itself, in OpenAPI's form: its own routes, and nothing of the pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Depends
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from fastapi.security import APIKeyCookie, APIKeyHeader

from ui.web.forms import CSRF_HEADER
from ui.web.visitor import PLAIN_COOKIE

DESCRIPTION = (
    "What a caseworker does on the pages of Stafet, for a system that acts on their behalf while they are signed"
    " in. Whatever is sent by POST is JSON and carries the headers `Origin`, with this server's own address, and"
    f" `{CSRF_HEADER}`. Each refusal is `application/problem+json` with a stable `code`."
)
SIGNED_IN = APIKeyCookie(
    name=PLAIN_COOKIE,
    auto_error=False,
    description="The cookie of a person's sign-in at `/sign-in`; over https its name begins with `__Host-`",
)
WITH_TOKEN = APIKeyHeader(
    name=CSRF_HEADER, auto_error=False, description="The token of that sign-in, which `/api/session` gives"
)


def reading() -> APIRouter:
    """A router for what is read. The gate in front of every route asks for the sign-in that is described here."""
    return APIRouter(dependencies=[Depends(SIGNED_IN)], generate_unique_id_function=named)


def acting() -> APIRouter:
    """A router for what is sent by POST; the gate asks for the token too."""
    return APIRouter(dependencies=[Depends(SIGNED_IN), Depends(WITH_TOKEN)], generate_unique_id_function=named)


def named(route: APIRoute) -> str:
    """A route's name in the description: the one that it has in the table of permissions."""
    return route.name


def description_of(routers: Sequence[APIRouter]) -> dict[str, Any]:
    """Routes, bodies and answers; FastAPI lists what an act needs as if one of it were enough."""
    routes = [route for router in routers for route in router.routes]
    told = get_openapi(title="Stafet", version="1", description=DESCRIPTION, routes=routes)
    for operations in told["paths"].values():
        for operation in operations.values():
            operation["security"] = [{name: [] for one in operation["security"] for name in one}]
    return told
