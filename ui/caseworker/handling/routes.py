"""All routes of acts on a case."""

from __future__ import annotations

from ui.caseworker.handling import conflict, hand_over, notes

ROUTERS = (notes.router, hand_over.router, conflict.router)
