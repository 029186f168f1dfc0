"""The machine's part of a morning: cases that came in are taken, the promise is watched, open cases are assessed."""

from __future__ import annotations

import sqlalchemy as sa

from models.case_store import put_cases
from routing.assessing import assess_open_cases
from routing.publishing import Opened
from ui.demo.office import as_moment
from ui.demo.running import Running
from ui.demo.standing import Latest, latest_assessments


def take_in(connection: sa.Connection, running: Running, now: object) -> int:
    """Import what has happened until now; returns how many cases it concerns."""
    arriving = running.until(now)
    if arriving is None:
        return 0
    put_cases(connection, running.name, arriving)
    return len(arriving)


def assess(opened: Opened, running: Running) -> dict[str, Latest]:
    """Assess the open cases of a type that is live; a case that is drafted from now on is checked, not handled."""
    assess_open_cases(opened, running.name)
    with opened.database.read() as connection:
        latest = latest_assessments(connection, running.name)
    now = as_moment(opened.database.clock())
    for case_id, one in latest.items():
        row = running.row_of(case_id)
        if one.is_draft and not running.is_drafted[row]:
            running.draft(row, now)
        elif running.is_drafted[row] and not one.is_draft:
            running.undraft(row, now)
    return latest
