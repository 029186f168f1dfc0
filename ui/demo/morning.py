"""The machine's part of a morning: new cases are taken in, the promise is watched, open cases are assessed."""

from __future__ import annotations

import numpy as np

from models.case_store import put_cases
from routing.assessing import assess_open_cases
from routing.publishing import Opened
from routing.watching import watch
from ui.demo.ledger import Ledger
from ui.demo.office import as_moment
from ui.demo.running import Running
from ui.demo.standing import Latest, latest_assessments


def take_in(ledger: Ledger, running: Running, now: np.datetime64) -> None:
    """Import what has happened until now."""
    arriving = running.until(now)
    if arriving is not None:
        put_cases(ledger.connection, running.name, arriving)


def assess(opened: Opened, running: Running, *, is_watched: bool) -> tuple[Opened, dict[str, Latest], str | None]:
    """Assess the open cases of a live type, as `stafet assess` does, and say where the watch has moved the type.

    A case that is drafted from now on is checked, not handled; one whose draft is withdrawn is handled after all.
    """
    said = None
    if is_watched and not running.cases.kind.is_heavy:
        seen = watch(opened, running.name)
        if seen.has_moved:
            opened, said = opened.again(), f"{running.name}: {seen.phase}"
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
    return opened, latest, said
