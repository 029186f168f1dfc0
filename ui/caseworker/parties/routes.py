"""All routes of others than the citizen in a case."""

from __future__ import annotations

from ui.caseworker.parties import asking_third_party, representing

ROUTERS = (representing.router, asking_third_party.router)
