"""All routes of the API.

One more endpoint is one function in the file of its idea here, which calls the function that the page calls too,
and one line in `ui/permissions.py`. What may be sent stands in `bodies.py`, what is answered beside the endpoint.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import APIRouter

from ui.api import acts, cases, deciding, queue, session
from ui.api.described import description_of
from ui.web.addresses import API

DESCRIBED = (session.router, queue.router, cases.router, acts.router, deciding.router)
router = APIRouter()
ROUTERS = (*DESCRIBED, router)


@router.get(f"{API}/openapi.json", name="api_description")
def read_description() -> dict[str, Any]:
    """The description of the API, which tools read."""
    return described()


@cache
def described() -> dict[str, Any]:
    """The same; it does not change while the server runs."""
    return description_of(DESCRIBED)
