"""All routes of acts on a case."""

from __future__ import annotations

from ui.caseworker.handling import (
    answers,
    asking,
    conflict,
    cpr,
    follow_up,
    hand_over,
    hearing,
    hearing_exception,
    notes,
    parking,
)

ROUTERS = (
    notes.router,
    hand_over.router,
    conflict.router,
    asking.router,
    answers.router,
    hearing.router,
    hearing_exception.router,
    parking.router,
    follow_up.router,
    cpr.router,
)
