"""Where the open cases of a type stand: which assessment each was given last, and whether it is a draft."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from models.assessments import IS_NEWEST

LATEST = sa.text(
    "SELECT c.case_id, a.id, a.route, a.contact_by FROM case_file c"
    f" JOIN assessment a ON {IS_NEWEST} WHERE c.case_type = :case_type AND c.status = 'open'"
)


@dataclass(frozen=True)
class Latest:
    """The newest assessment of one open case."""

    id: int
    is_draft: bool
    contact_by: str | None


def latest_assessments(connection: sa.Connection, case_type: str) -> dict[str, Latest]:
    """By case id; cases that were never assessed are left out."""
    rows = connection.execute(LATEST, {"case_type": case_type})
    return {case_id: Latest(number, route == "draft", contact_by) for case_id, number, route, contact_by in rows}
