"""Reads cases as columns, in order of arrival and case id: what training, assessing and pages build on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd
import sqlalchemy as sa
from numpy.typing import NDArray

from models.assessments import IS_NEWEST
from models.clock import parse_many
from models.tables import CASE_FACTS, CASE_FILE

Status = Literal["open", "closed"]

CASES = (
    "SELECT c.case_id, c.received_at, c.closed_at, c.channel, c.citizen_ref, f.version, f.facts, f.stated,"
    " CASE WHEN a.id IS NULL THEN 1.0 WHEN a.route = 'draft' THEN NULL"
    " WHEN a.drawn THEN a.sampling_probability ELSE 1.0 END AS sampling"
    " FROM case_file c LEFT JOIN case_facts f ON f.case_type = c.case_type AND f.case_id = c.case_id"
    " AND f.version = (SELECT max(v.version) FROM case_facts v"
    " WHERE v.case_type = c.case_type AND v.case_id = c.case_id)"
    f" LEFT JOIN assessment a ON {IS_NEWEST}"
    " WHERE c.case_type = :case_type{where} ORDER BY c.received_at, c.case_id"
)
EVENTS = (
    "SELECT e.case_id, e.activity, e.at, e.resource FROM case_file c"
    " JOIN case_event e ON e.case_type = c.case_type AND e.case_id = c.case_id"
    " WHERE c.case_type = :case_type{where} ORDER BY c.received_at, c.case_id, e.at, e.activity, e.occurrence"
)
CONSENTS = (
    "SELECT n.case_id, n.field, n.answer FROM consent n"
    " JOIN case_file c ON c.case_type = n.case_type AND c.case_id = n.case_id"
    " WHERE n.case_type = :case_type{where} ORDER BY n.answered_at, n.id"
)
UNDECIDED = "c.status = 'open' AND coalesce(c.awaiting, '') <> 'dispatch'"
"""A case that was decided and only waits for its letter is not assessed again."""
OUT_OF_DATE = (
    f"SELECT c.case_id FROM case_file c LEFT JOIN assessment a ON {IS_NEWEST}"
    f" WHERE c.case_type = :case_type AND {UNDECIDED} AND (a.id IS NULL"
    " OR coalesce(a.model_version, '') <> coalesce(:model_version, '') OR a.rules_version <> :rules_version"
    " OR a.case_type_version <> :case_type_version OR a.facts_version <> (SELECT max(f.version) FROM case_facts f"
    " WHERE f.case_type = c.case_type AND f.case_id = c.case_id) OR EXISTS (SELECT 1 FROM consent n"
    " WHERE n.case_type = c.case_type AND n.case_id = c.case_id AND n.recorded_at > a.made_at))"
    " ORDER BY c.received_at, c.case_id"
)
ASSESSED_BEFORE = (
    f"SELECT c.case_id FROM case_file c JOIN assessment a ON {IS_NEWEST}"
    f" WHERE c.case_type = :case_type AND {UNDECIDED} AND a.made_at < :moment"
)


@dataclass(frozen=True)
class StoredCases:
    """`n` cases of one type by arrival, ties by case id; every array is (n,) in that order.

    Attributes:
        received_at, closed_at: datetime64[us], UTC; NaT where a case is open.
        facts: JSON text of each case's latest facts, '{}' where none were stored (version 0).
        stated: JSON text of what the application says of some of them, None where it says nothing.
        consents: field -> int8: 1 yes, 0 no, -1 not answered; the latest answer counts.
        sampling: probability with which a person came to handle the case, NaN where the machine drafted it.
    """

    case_ids: NDArray[np.object_]
    received_at: NDArray[np.datetime64]
    closed_at: NDArray[np.datetime64]
    channels: list[str | None]
    citizen_refs: list[str | None]
    facts_versions: NDArray[np.int32]
    facts: list[str]
    stated: list[str | None]
    sampling: NDArray[np.float64]
    consents: dict[str, NDArray[np.int8]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.case_ids)


def load_cases(
    connection: sa.Connection, case_type: str, status: Status | None = None, case_ids: Sequence[str] | None = None
) -> StoredCases:
    """Cases of one type with their latest facts and consents; all of them, or those of one status or list."""
    rows = fetch(connection, CASES, case_type, status, case_ids)
    columns = list(zip(*rows, strict=True)) if rows else [()] * 9
    ids = np.array(columns[0], dtype=object)
    return StoredCases(
        case_ids=ids,
        received_at=parse_many(columns[1]),
        closed_at=parse_many(columns[2]),
        channels=list(columns[3]),
        citizen_refs=list(columns[4]),
        facts_versions=np.array([version or 0 for version in columns[5]], dtype=np.int32),
        facts=[facts or "{}" for facts in columns[6]],
        stated=list(columns[7]),
        sampling=np.array([np.nan if share is None else share for share in columns[8]], dtype=np.float64),
        consents=consents_in_order(fetch(connection, CONSENTS, case_type, status, case_ids), ids),
    )


def load_events(
    connection: sa.Connection, case_type: str, status: Status | None = None, case_ids: Sequence[str] | None = None
) -> pd.DataFrame:
    """Completed events: case_id, activity, timestamp (UTC), resource (None where missing); by case, then time."""
    rows = fetch(connection, EVENTS, case_type, status, case_ids)
    ids, activities, times, resources = list(zip(*rows, strict=True)) if rows else [()] * 4
    return pd.DataFrame(
        {
            "case_id": pd.Series(ids, dtype=object),
            "activity": pd.Series(activities, dtype=object),
            "timestamp": pd.Series(parse_many(times)).dt.tz_localize("UTC"),
            "resource": pd.Series([resource or None for resource in resources], dtype=object),
        }
    )


def fetch(
    connection: sa.Connection, query: str, case_type: str, status: Status | None, case_ids: Sequence[str] | None
) -> Sequence[Any]:
    """Rows of one of the queries above, narrowed to a status or to named cases."""
    where, values = "", {"case_type": case_type}
    if status is not None:
        where += " AND c.status = :status"
        values["status"] = status
    if case_ids is None:
        return connection.execute(sa.text(query.format(where=where)), values).all()
    narrowed = sa.text(query.format(where=f"{where} AND c.case_id IN :case_ids"))
    chosen = {**values, "case_ids": list(case_ids)}
    return connection.execute(narrowed.bindparams(sa.bindparam("case_ids", expanding=True)), chosen).all()


def consents_in_order(rows: Sequence[Any], case_ids: NDArray[np.object_]) -> dict[str, NDArray[np.int8]]:
    """The latest answer of each case to each field; `rows` come oldest first."""
    place = {case_id: row for row, case_id in enumerate(case_ids)}
    found: dict[str, NDArray[np.int8]] = {}
    for case_id, name, answer in rows:
        answers = found.setdefault(name, np.full(len(case_ids), -1, dtype=np.int8))
        answers[place[case_id]] = answer == "yes"
    return found


def cases_to_assess(
    connection: sa.Connection,
    case_type: str,
    *,
    model_version: str | None,
    rules_version: int,
    case_type_version: int,
) -> list[str]:
    """Open cases that have no assessment under these versions and their newest facts and consents, by arrival.

    Assessing just these makes an interrupted batch complete when it is run again.
    """
    values = {
        "case_type": case_type,
        "model_version": model_version,
        "rules_version": rules_version,
        "case_type_version": case_type_version,
    }
    return list(connection.execute(sa.text(OUT_OF_DATE), values).scalars())


def cases_assessed_before(connection: sa.Connection, case_type: str, moment: str) -> list[str]:
    """Open cases whose newest assessment was made before a moment."""
    values = {"case_type": case_type, "moment": moment}
    return list(connection.execute(sa.text(ASSESSED_BEFORE), values).scalars())


def count_cases(connection: sa.Connection, case_type: str) -> dict[str, int]:
    """How many cases of a type are open and closed (both always there)."""
    query = sa.select(CASE_FILE.c.status, sa.func.count()).where(CASE_FILE.c.case_type == case_type)
    counts = {
        str(status): int(number) for status, number in connection.execute(query.group_by(CASE_FILE.c.status))
    }
    return {"open": counts.get("open", 0), "closed": counts.get("closed", 0)}


def facts_history(connection: sa.Connection, case_type: str, case_id: str) -> list[dict[str, Any]]:
    """Every version of one case's facts, oldest first: version, facts, recorded_at, origin, reason, stated."""
    of_case = (CASE_FACTS.c.case_type == case_type) & (CASE_FACTS.c.case_id == case_id)
    columns = [CASE_FACTS.c[name] for name in ("version", "facts", "recorded_at", "origin", "reason", "stated")]
    rows = connection.execute(sa.select(*columns).where(of_case).order_by(CASE_FACTS.c.version))
    return [dict(row._mapping) for row in rows]
