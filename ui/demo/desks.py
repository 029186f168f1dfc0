"""Whose desk an open case lies on today: whoever has begun on it, and some of the drafts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import sqlalchemy as sa

from models.people import User
from models.queue import take_case
from ui.demo.running import Running

EVERY_THIRD = 3


def lay_on_desks(
    connection: sa.Connection, running: Running, users: Mapping[str, User], now: np.datetime64
) -> None:
    """Let people take the open cases of one type that they are at work on."""
    begun = {row: who for _, row, _, who in running.done if who in users}
    drafts = [row for row in np.flatnonzero(running.is_drafted).tolist() if not running.is_settled[row]]
    begun |= {row: str(running.decided_by[row]) for row in drafts[::EVERY_THIRD]}
    for row, who in begun.items():
        if running.cases.received[row] <= now and not running.is_settled[row]:
            take_case(connection, running.name, str(running.cases.case_ids[row]), users[who].id)
