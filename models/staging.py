"""A place where many rows wait before one statement moves them into the records: written by ADBC from Arrow.

SQLite: a file of its own beside the database, attached while it is read. ADBC brings a SQLite library of its own,
and two libraries holding one file inside one process undo each other's locks, so ADBC never opens the database
itself. PostgreSQL: an unlogged table. What a killed run leaves behind is cleared away by the next one after a day.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import sqlalchemy as sa

from models.database import Database

STALE_SECONDS = 24 * 3600
MARK = "incoming_rows"
SQLITE_TYPES = {"int64": "INTEGER", "int32": "INTEGER", "bool": "INTEGER", "double": "REAL", "binary": "BLOB"}
POSTGRESQL_TYPES = {
    "int64": "BIGINT",
    "int32": "INTEGER",
    "bool": "BOOLEAN",
    "double": "FLOAT8",
    "binary": "BYTEA",
}


@dataclass(frozen=True)
class Staged:
    """Where the rows wait: `table` as SQL names it, and the file to attach (SQLite alone)."""

    table: str
    attach: Path | None


@contextmanager
def staged(database: Database, rows: pa.Table) -> Iterator[Staged]:
    """Put rows where one statement can take them from; they are gone when the block ends."""
    if database.is_sqlite:
        with staged_in_file(Path(str(database.engine.url.database)), rows) as place:
            yield place
    else:
        with staged_in_table(database, rows) as place:
            yield place


@contextmanager
def staged_in_file(beside: Path, rows: pa.Table) -> Iterator[Staged]:
    """A SQLite file beside the database. It is thrown away with a crash, so nothing waits for the disk."""
    from adbc_driver_sqlite import dbapi

    clear_stale_files(beside)
    path = beside.with_name(f"{beside.name}.{MARK}-{secrets.token_hex(8)}")
    columns = ", ".join(f'"{field.name}" {SQLITE_TYPES.get(str(field.type), "TEXT")}' for field in rows.schema)
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"CREATE TABLE rows_waiting ({columns})")
        with closing(dbapi.connect(str(path), autocommit=True)) as adbc, closing(adbc.cursor()) as cursor:
            for statement in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "BEGIN"):
                cursor.execute(statement)
            cursor.adbc_ingest("rows_waiting", rows, mode="append")
            cursor.execute("COMMIT")
        yield Staged("incoming.rows_waiting", path)
    finally:
        path.unlink(missing_ok=True)


def clear_stale_files(beside: Path) -> None:
    """Remove what runs killed more than a day ago left beside the database."""
    for path in beside.parent.glob(f"{beside.name}.{MARK}-*"):
        if time.time() - path.stat().st_mtime > STALE_SECONDS:
            path.unlink(missing_ok=True)


@contextmanager
def staged_in_table(database: Database, rows: pa.Table) -> Iterator[Staged]:
    """An unlogged table of PostgreSQL, named after the moment it was made."""
    from adbc_driver_postgresql import dbapi

    name = f"{MARK}_{int(time.time())}_{os.getpid()}_{secrets.token_hex(4)}"
    columns = ", ".join(f'"{field.name}" {POSTGRESQL_TYPES.get(str(field.type), "TEXT")}' for field in rows.schema)
    with database.write() as connection:
        clear_stale_tables(connection)
        connection.exec_driver_sql(f"CREATE UNLOGGED TABLE {name} ({columns})")
    try:
        address = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with closing(dbapi.connect(address)) as adbc, closing(adbc.cursor()) as cursor:
            cursor.adbc_ingest(name, rows, mode="append")
            adbc.commit()
        yield Staged(name, None)
    finally:
        with database.write() as connection:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")


def clear_stale_tables(connection: sa.Connection) -> None:
    """Drop what runs killed more than a day ago left behind."""
    for name in sa.inspect(connection).get_table_names():
        if name.startswith(MARK) and time.time() - int(name.split("_")[2]) > STALE_SECONDS:
            connection.exec_driver_sql(f"DROP TABLE {name}")
