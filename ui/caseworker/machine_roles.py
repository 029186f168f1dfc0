"""The machine's role in each case of a list, told without telling anything of a case whose view is blind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

import sqlalchemy as sa

from models.case_waiting import DISPATCH
from models.first_views import viewed_by
from models.tables import ASSESSMENT, CASE_FILE
from routing.in_force import InForce
from ui.caseworker.blindness import are_blind

Role = Literal["draft", "own_view", "viewed", "none", "heavy"]
Named = tuple[str, str]
"""A case by its type and number."""


class Numbered(Protocol):
    """A case of any list."""

    @property
    def case_type(self) -> str:
        """Its type."""

    @property
    def case_id(self) -> str:
        """Its number."""


COLUMNS = (
    "id", "route", "drawn", "raw_score", "complexity", "novel", "rules_version", "case_type_version",
)  # fmt: skip

_made = ASSESSMENT.alias("made")
_last_made = (
    sa.select(sa.func.max(_made.c.made_at))
    .where(_made.c.case_type == CASE_FILE.c.case_type, _made.c.case_id == CASE_FILE.c.case_id)
    .scalar_subquery()
)
NEWEST = sa.select(
    CASE_FILE.c.case_id, CASE_FILE.c.row_version, CASE_FILE.c.awaiting, *(ASSESSMENT.c[name] for name in COLUMNS)
).join_from(
    CASE_FILE,
    ASSESSMENT,
    (ASSESSMENT.c.case_type == CASE_FILE.c.case_type)
    & (ASSESSMENT.c.case_id == CASE_FILE.c.case_id)
    & (ASSESSMENT.c.made_at == _last_made),
)
"""SQL: what lists need of cases and the latest assessment of each."""


@dataclass(frozen=True)
class Roles:
    """Roles of one list's cases; of those whose draft may be told, the assessment and the version of the file."""

    of: Mapping[Named, Role]
    drafted: Mapping[Named, tuple[int, int]]


def roles_of(
    connection: sa.Connection,
    cases: Sequence[Numbered],
    in_force: InForce,
    draw_key: bytes,
    today: date,
    viewer: int | None,
) -> Roles:
    """The machine's role in each case as one person (their number) may be told it.

    All cases that must be blind have one role before the person's own view, and one after it, whether or not the
    machine drafted them. In one that is decided and waits for its letter the machine has none any more.
    """
    roles: dict[Named, Role] = {}
    drafted: dict[Named, tuple[int, int]] = {}
    for key in dict.fromkeys(case.case_type for case in cases):
        case_type = in_force.case_types.get(key)
        ids = [case.case_id for case in cases if case.case_type == key]
        if case_type is None or case_type.weight == "heavy":
            roles |= {(key, one): "none" if case_type is None else "heavy" for one in ids}
            continue
        found = newest_assessments(connection, key, ids)
        rows = {one: row for one, row in found.items() if row["awaiting"] != DISPATCH}
        viewed = viewed_by(connection, key, sorted(rows), viewer)
        blind = are_blind(connection, case_type, rows, in_force, draw_key=draw_key, today=today, viewed=viewed)
        for one in ids:
            stands = one in rows and one not in blind and may_stand(rows[one], key, in_force)
            roles[key, one] = "draft" if stands else "none"
            if one in blind:
                roles[key, one] = "viewed" if one in viewed else "own_view"
            if stands:
                drafted[key, one] = (rows[one]["id"], rows[one]["row_version"])
    return Roles(roles, drafted)


def newest_assessments(
    connection: sa.Connection, case_type: str, case_ids: Sequence[str]
) -> dict[str, Mapping[str, Any]]:
    """What lists need of the latest assessment of cases of one type.

    One type at a time, since pairs of type and number are looked up by no index of SQLite.
    """
    these = NEWEST.where(CASE_FILE.c.case_type == case_type, CASE_FILE.c.case_id.in_(case_ids))
    return {row.case_id: row._mapping for row in connection.execute(these)}


def may_stand(row: Mapping[str, Any], key: str, in_force: InForce) -> bool:
    """Whether a draft may stand, as far as one row tells; the case's own page looks closer."""
    return (
        row["route"] == "draft"
        and in_force.states[key].phase == "drafting"
        and bool(in_force.case_types[key].criteria)
        and row["rules_version"] == in_force.rules_version
        and row["case_type_version"] == in_force.case_type_versions[key]
    )
