"""Stores assessments, one or a million: rows, audit entry and the queue's columns in one unit of work.

A few are inserted as they are. Many wait in a staging place (`staging.py`) and are moved by one statement in the
same unit of work as the audit entry with their Merkle root: a run killed at any moment leaves all of them or none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from config.errors import InputError
from models import audit
from models.at_once import at_once
from models.case_salts import salts_in_order
from models.clock import FAR_FUTURE
from models.database import Database, serialise
from models.leaves import arrow_type, leaves, new_batch
from models.queue_place import place_cases
from models.staging import Staged, staged
from models.tables import ASSESSMENT

GIVEN = [column.name for column in ASSESSMENT.columns if column.name not in ("id", "audit_batch")]
ASSESSMENT_SCHEMA = pa.schema([(name, arrow_type(ASSESSMENT.c[name].type)) for name in GIVEN])
"""The columns that callers give; those left out are stored as null."""

FEW = 500
COLUMNS = ", ".join(f'"{name}"' for name in GIVEN)
MOVE = (
    f"INSERT INTO assessment (id, audit_batch, {COLUMNS})"
    " SELECT i.id + :base, :batch, {columns} FROM {waiting} i ORDER BY i.id"
)
SALTS = (
    "SELECT s.salt FROM {waiting} i LEFT JOIN case_salt s"
    " ON s.case_type = {case_type} AND s.case_id = {case_id} ORDER BY i.id"
)
QUEUE = (
    "UPDATE case_file SET row_version = case_file.row_version + 1,"
    " team = coalesce(case_file.team_given, {team}), priority = {priority},"
    " contact_by = CASE WHEN case_file.taken_up_at IS NULL THEN {contact_by} END, decide_by = NULL,"
    " queue_by = CASE WHEN case_file.taken_up_at IS NULL AND {contact_by} IS NOT NULL THEN {contact_by}"
    f" WHEN {{priority}} = 'high' THEN case_file.received_at ELSE '{FAR_FUTURE}' END"
    " FROM {waiting} i WHERE case_file.case_type = {case_type} AND case_file.case_id = {case_id}"
)
"""A case is queued, and stays with the team that a person gave it. One that was taken up again has its time from
then, and no contact of its arrival. Where its own time puts it, `queue_place.py` says next."""


def store_assessments(
    database: Database, rows: pa.Table, *, actor: str = audit.SYSTEM, queue: bool, few: int = FEW
) -> int:
    """Store assessments of one case type (columns of `ASSESSMENT_SCHEMA`); returns how many.

    With `queue` the cases go to the route's team and become visible there; without it (a case type in trial) they
    are only measured. More than `few` rows take the bulk way; `place_open` puts them where their time says.

    Raises:
        InputError: a case is not on record, or the rows mix case types.
        RefusedError: the database refuses one: a draft that may not be, a score on a heavy case, a second
            assessment of the same moment. Nothing is stored then.
    """
    ready = in_order(rows)
    if ready.num_rows == 0:
        return 0
    if ready.num_rows <= few:
        with database.write() as connection:
            return store_few(connection, ready, actor=actor, queue=queue)
    numbered = ready.add_column(0, "id", pa.array(np.arange(1, ready.num_rows + 1)))
    with staged(database, numbered) as waiting, database.write(attach=waiting.attach) as connection:
        serialise(connection)
        base, batch = highest_id(connection), new_batch()
        values = {"base": base, "batch": batch, **waiting.parameters}
        salts = waiting_salts(connection, waiting, ready)
        with at_once(connection, "assessment", newer_than=base):
            connection.execute(sa.text(in_words(MOVE, waiting)), values)
        if queue:
            connection.execute(sa.text(in_words(QUEUE, waiting)), values)
        append_entry(connection, ready, base, batch, salts, actor)
    return int(ready.num_rows)


def in_words(statement: str, waiting: Staged) -> str:
    """A statement over the waiting rows, with a name for each of their columns."""
    names = {name: waiting.column(name) for name in GIVEN}
    columns = ", ".join(names[name] for name in GIVEN)
    return statement.format(waiting=waiting.table, columns=columns, **names)


def waiting_salts(connection: sa.Connection, waiting: Staged, rows: pa.Table) -> list[bytes]:
    """The salt of each waiting row's case, in order."""
    result = connection.execute(sa.text(in_words(SALTS, waiting)), waiting.parameters)
    salts = [salt for (salt,) in result.cursor.fetchall()]  # SQLAlchemy's own rows cost 2 us each
    if None in salts:
        refuse_unknown(rows["case_id"][salts.index(None)].as_py())
    return salts


def store_few(connection: sa.Connection, rows: pa.Table, *, actor: str = audit.SYSTEM, queue: bool) -> int:
    """Store some assessments inside the caller's unit of work; raises as `store_assessments` does."""
    ready = in_order(rows)
    if ready.num_rows == 0:
        return 0
    serialise(connection)
    base, batch = highest_id(connection), new_batch()
    salts = salts_in_order(connection, ready["case_type"][0].as_py(), ready["case_id"].to_pylist())
    values = [
        {**row, "id": base + number, "audit_batch": batch} for number, row in enumerate(ready.to_pylist(), start=1)
    ]
    connection.execute(ASSESSMENT.insert(), values)
    if queue:
        stored = Staged("(SELECT * FROM assessment WHERE id > :base)", None)
        connection.execute(sa.text(in_words(QUEUE, stored)), {"base": base})
        place_cases(connection, ready["case_type"][0].as_py(), ready["case_id"].to_pylist())
    append_entry(connection, ready, base, batch, salts, actor)
    return int(ready.num_rows)


def store_assessment(
    connection: sa.Connection, values: Mapping[str, Any], *, actor: str = audit.SYSTEM, queue: bool
) -> None:
    """Store one assessment given as column -> value."""
    known = {name: values.get(name) for name in GIVEN}
    store_few(connection, pa.Table.from_pylist([known], schema=ASSESSMENT_SCHEMA), actor=actor, queue=queue)


def in_order(rows: pa.Table) -> pa.Table:
    """The rows with every column of `ASSESSMENT_SCHEMA`, by case id, so that indexes grow at their end."""
    unknown = sorted(set(rows.column_names) - set(GIVEN))
    if unknown:
        raise InputError(f"an assessment has no column {unknown[0]!r}")
    if rows.num_rows and len(pc.unique(rows["case_type"])) != 1:
        raise InputError("assessments of one case type are stored at a time; split the rows")
    columns = [
        rows[field.name].cast(field.type) if field.name in rows.column_names else pa.nulls(len(rows), field.type)
        for field in ASSESSMENT_SCHEMA
    ]
    table = pa.Table.from_arrays(columns, schema=ASSESSMENT_SCHEMA)
    ids = table["case_id"]
    is_sorted = pc.all(pc.less_equal(ids.slice(0, max(len(ids) - 1, 0)), ids.slice(1))).as_py()
    return table if is_sorted else table.sort_by("case_id")


def highest_id(connection: sa.Connection) -> int:
    """The newest assessment's number; the next ones are given here, so that the trail can commit to them."""
    return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(ASSESSMENT.c.id), 0))).scalar_one())


def refuse_unknown(case_id: str) -> NoReturn:
    """Say which case is not on record."""
    raise InputError(f"case {case_id} is not on record; import it before its assessment is stored")


def append_entry(
    connection: sa.Connection, rows: pa.Table, base: int, batch: str, salts: Sequence[bytes], actor: str
) -> None:
    """One audit entry for all of them, with their number, routes and Merkle root."""
    ids = pa.array(np.arange(base + 1, base + 1 + rows.num_rows))
    committed = leaves("assessment", rows.add_column(0, "id", ids), salts)
    routes = {count["values"]: count["counts"] for count in pc.value_counts(rows["route"]).to_pylist()}
    first = {name: rows[name][0].as_py() for name in ("model_version", "rules_version", "case_type_version")}
    audit.append(
        connection,
        actor=actor,
        action="cases.assessed",
        subject=f"case_type:{rows['case_type'][0].as_py()}",
        payload={"cases": rows.num_rows, "routes": routes, **first},
        batch=batch,
        sealed={"assessment": committed},
    )


def latest_assessment(connection: sa.Connection, case_type: str, case_id: str) -> dict[str, Any] | None:
    """The newest assessment of a case, None where it has none."""
    same = (ASSESSMENT.c.case_type == case_type) & (ASSESSMENT.c.case_id == case_id)
    query = sa.select(ASSESSMENT).where(same).order_by(ASSESSMENT.c.made_at.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else dict(row._mapping)


def assessments_of(connection: sa.Connection, case_type: str, case_id: str) -> list[dict[str, Any]]:
    """Every assessment of a case, oldest first."""
    same = (ASSESSMENT.c.case_type == case_type) & (ASSESSMENT.c.case_id == case_id)
    rows = connection.execute(sa.select(ASSESSMENT).where(same).order_by(ASSESSMENT.c.made_at))
    return [dict(row._mapping) for row in rows]
