"""All routes of others than the citizen in a case."""

from __future__ import annotations

from ui.caseworker.parties import representing

ROUTERS = (representing.router,)
