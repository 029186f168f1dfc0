"""All routes of acts on a case."""

from __future__ import annotations

from ui.caseworker.handling import notes

ROUTERS = (notes.router,)
