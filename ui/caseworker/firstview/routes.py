"""All routes about people's own views, and what they say of the machine's."""

from __future__ import annotations

from ui.caseworker.firstview import asking, dilemma_routes, feedback_routes

ROUTERS = (asking.router, feedback_routes.router, dilemma_routes.router)
