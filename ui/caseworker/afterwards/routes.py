"""All routes of what happens after a decision."""

from __future__ import annotations

from ui.caseworker.afterwards import complaint, reopening, sending_again

ROUTERS = (complaint.router, reopening.router, sending_again.router)
