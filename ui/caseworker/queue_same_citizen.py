"""The other open cases of the citizens of one page: named on the row, and whether one may be the same matter."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from models.tables import CASE_FILE
from ui.caseworker.machine_roles import Numbered

MOST_NAMED = 3
MOST_READ = 500
"""So many cases are read for one page at most; a citizen with more is no citizen but a slip of an import."""


@dataclass(frozen=True)
class OpenCase:
    """An open case of a citizen."""

    case_type: str
    case_id: str
    citizen_ref: str


@dataclass(frozen=True)
class Others:
    """The other open cases that one row names, how many more there are, and whether one is of its type."""

    named: tuple[OpenCase, ...] = ()
    more: int = 0
    is_twice: bool = False


def open_cases_of(
    connection: sa.Connection, team: str | None, refs: Collection[str]
) -> Mapping[str, Sequence[OpenCase]]:
    """The team's open cases of the citizens named, by citizen; another team's are not told."""
    if team is None or not refs:
        return {}
    columns = [CASE_FILE.c[name] for name in ("case_type", "case_id", "citizen_ref")]
    theirs = (
        CASE_FILE.c.citizen_ref.in_(sorted(refs)) & (CASE_FILE.c.team == team) & (CASE_FILE.c.status == "open")
    )
    query = sa.select(*columns).where(theirs, CASE_FILE.c.citizen_ref.is_not(None)).limit(MOST_READ)
    found: dict[str, list[OpenCase]] = {}
    for row in connection.execute(query):
        found.setdefault(row.citizen_ref, []).append(OpenCase(**row._mapping))
    return {ref: sorted(cases, key=lambda one: (one.case_type, one.case_id)) for ref, cases in found.items()}


def others_of(case: Numbered, ref: str | None, known: Mapping[str, Sequence[OpenCase]]) -> Others:
    """What a row says of the citizen's other cases; those of its own type come first."""
    found = [
        one for one in known.get(ref or "", ()) if (one.case_type, one.case_id) != (case.case_type, case.case_id)
    ]
    found.sort(key=lambda one: one.case_type != case.case_type)
    is_twice = bool(found) and found[0].case_type == case.case_type
    return Others(tuple(found[:MOST_NAMED]), max(0, len(found) - MOST_NAMED), is_twice)
