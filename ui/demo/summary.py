"""What a demo has to show: how many cases of each kind, and one of each to open first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from models.assessments import IS_NEWEST
from models.clock import system_clock
from routing.publishing import Opened
from routing.standards import day_of
from ui.caseworker.blindness import are_blind
from ui.demo.accounts import demo_sign_ins

BY_STATUS = "SELECT status, count(*) FROM case_file GROUP BY status"
OPEN = (
    "SELECT c.case_type, c.case_id, a.route, a.raw_score, a.complexity, a.novel, a.drawn"
    f" FROM case_file c JOIN assessment a ON {IS_NEWEST} WHERE c.status = 'open'"
    " ORDER BY (c.case_type = 'daycare_subsidy') DESC, c.received_at DESC, c.case_id"
)
DECIDED = (
    "SELECT d.case_id FROM decision d JOIN letter l ON l.decision_id = d.id"
    " ORDER BY (d.draft_use IS NOT NULL) DESC, d.id DESC LIMIT 1"
)
SHOWN_FIRST, HEAVY = "daycare_subsidy", "child_report"


def summary(opened: Opened) -> dict[str, Any]:
    """What `stafet demo --json` says of a demo, save how long it took."""
    with opened.database.read() as connection:
        counts = {status: int(count) for status, count in connection.execute(sa.text(BY_STATUS))}
        rows = [dict(row._mapping) for row in connection.execute(sa.text(OPEN))]
        samples = sample_cases(rows, blind_among(opened, connection, rows))
        samples["decided"] = connection.execute(sa.text(DECIDED)).scalar()
    routes = {name: sum(row["route"] == name for row in rows) for name in ("draft", "caseworker")}
    return {
        "case_types": sorted(opened.in_force.case_types),
        "closed": counts.get("closed", 0),
        "open": counts.get("open", 0),
        "routes": routes,
        "drafts": routes["draft"],
        "sign_ins": demo_sign_ins(),
        "sample_cases": samples,
    }


def blind_among(opened: Opened, connection: sa.Connection, rows: list[dict[str, Any]]) -> frozenset[str]:
    """The open cases whose page withholds the machine's part: no good ones to begin with."""
    today, blind = day_of(system_clock()), frozenset[str]()
    for name, case_type in opened.in_force.case_types.items():
        of_type = {str(row["case_id"]): row for row in rows if row["case_type"] == name}
        blind |= are_blind(
            connection, case_type, of_type, opened.in_force, draw_key=opened.draw_key, today=today, viewed=()
        )
    return blind


def sample_cases(rows: list[dict[str, Any]], blind: frozenset[str]) -> dict[str, str | None]:
    """A drafted, a complex and a heavy case that the first of the sign-ins may open; None where there is none."""
    shown = [row for row in rows if row["case_id"] not in blind]
    scored = [row for row in shown if row["route"] != "draft" and row["complexity"] is not None]
    return {
        "drafted": first(row for row in shown if row["route"] == "draft"),
        "decided": None,
        "complex": first(sorted(scored, key=lambda row: (row["case_type"] != SHOWN_FIRST, -row["complexity"]))),
        "heavy": first(row for row in rows if row["case_type"] == HEAVY),
    }


def first(rows: Iterable[Mapping[str, Any]]) -> str | None:
    """The id of the first case, None where there is none."""
    row = next(iter(rows), None)
    return None if row is None else str(row["case_id"])
