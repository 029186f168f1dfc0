"""Makes the sample municipality's open cases very many, and carries its records over to another database.

Each open case is laid in again and again under new numbers, with its citizen, facts and assessment: past the same
constraints, triggers and indexes as every case, on SQLite and PostgreSQL by the same statements.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from models.database import Database
from models.migrate import upgrade
from models.record import metadata
from models.tables import ASSESSMENT, CASE_FACTS, CASE_FILE, CITIZEN

IS_OPEN = (
    "EXISTS (SELECT 1 FROM case_file f WHERE f.case_type = t.case_type AND f.case_id = t.case_id"
    " AND f.status = 'open')"
)
HAS_OPEN_CASE = "EXISTS (SELECT 1 FROM case_file f WHERE f.citizen_ref = t.ref AND f.status = 'open')"
NUMBERED = "t.case_id || '-' || copy.number"
LAID_IN: tuple[tuple[sa.Table, str, Mapping[str, str]], ...] = (
    (ASSESSMENT, IS_OPEN, {"case_id": NUMBERED, "id": "(SELECT max(id) FROM assessment) * copy.number + t.id"}),
    (CASE_FACTS, IS_OPEN, {"case_id": NUMBERED}),
    (CITIZEN, HAS_OPEN_CASE, {"ref": "t.ref || '-' || copy.number"}),
    (CASE_FILE, "t.status = 'open'", {"case_id": NUMBERED, "citizen_ref": "t.citizen_ref || '-' || copy.number"}),
)  # fmt: skip
"""What of each table is laid in again, and the columns that differ; cases last, since they say which are open."""


def grow(database: Database, cases: int) -> None:
    """Lay the open cases in again until there are at least `cases`, which nobody has taken."""
    with database.engine.begin() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        else:
            connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
        connection.exec_driver_sql("UPDATE case_file SET assigned_to = NULL WHERE status = 'open'")
        there = connection.exec_driver_sql("SELECT count(*) FROM case_file WHERE status = 'open'").scalar_one()
        for table, which, differing in LAID_IN:
            connection.execute(sa.text(laying_in(table, which, differing)), {"copies": -(-cases // there) - 1})
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def laying_in(table: sa.Table, which: str, differing: Mapping[str, str]) -> str:
    """One INSERT of all copies of a table's rows."""
    names = [column.name for column in table.columns]
    taken = [differing.get(name, f"t.{name}") for name in names]
    return (
        "WITH RECURSIVE copy(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM copy WHERE number < :copies)"
        f" INSERT INTO {table.name} ({', '.join(names)}) SELECT {', '.join(taken)}"
        f" FROM {table.name} t CROSS JOIN copy WHERE {which}"
    )


def carry_over(there: Database, here: Database) -> None:
    """Every record of one database into another that is empty; a PostgreSQL one, whose triggers rest meanwhile."""
    upgrade(here)
    with there.engine.connect() as source, here.engine.begin() as target:
        target.exec_driver_sql("SET session_replication_role = replica")
        for table in metadata.sorted_tables:
            target.execute(table.delete())
            rows = [dict(row._mapping) for row in source.execute(sa.select(table))]
            if rows:
                target.execute(table.insert(), rows)
            if table.autoincrement_column is not None:
                target.exec_driver_sql(counting_on(table.name, table.autoincrement_column.name))


def counting_on(table: str, column: str) -> str:
    """Tells PostgreSQL which numbers are taken, where it counts the rows of a table itself."""
    return (
        f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'),"
        f" (SELECT coalesce(max({column}), 0) + 1 FROM {table}))"
    )
