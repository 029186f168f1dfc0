"""Where the open cases of a type stand: which assessment each was given last, and whether it is a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.assessments import IS_NEWEST

LATEST = sa.text(
    "SELECT c.case_id, a.id, a.route, a.contact_by, a.raw_score, a.complexity, a.novel, a.drawn, a.model_version"
    " FROM case_file c"
    f" JOIN assessment a ON {IS_NEWEST} WHERE c.case_type = :case_type AND c.status = 'open'"
)


@dataclass(frozen=True)
class Latest:
    """The newest assessment of one open case; `said` are its columns that say what the machine made of it."""

    id: int
    is_draft: bool
    contact_by: str | None
    said: Mapping[str, Any]

    @property
    def is_scored(self) -> bool:
        """Whether the machine has said anything."""
        return self.said["raw_score"] is not None


def latest_assessments(connection: sa.Connection, case_type: str) -> dict[str, Latest]:
    """By case id; cases that were never assessed are left out."""
    rows = connection.execute(LATEST, {"case_type": case_type})
    return {row.case_id: Latest(row.id, row.route == "draft", row.contact_by, row._mapping) for row in rows}
