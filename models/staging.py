"""A place where many rows wait before one statement moves them into the records: written by ADBC from Arrow.

SQLite: a file of its own beside the database, attached while it is read. ADBC brings a SQLite library of its own,
and two libraries holding one file inside one process undo each other's locks, so ADBC never opens the database
itself. PostgreSQL: an unlogged table. What a killed run leaves behind the next one clears away (in PostgreSQL,
which may be shared by machines, after a day).
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from models.database import Database

WAITING_PAGE_BYTES = 65_536
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
    """Where the rows wait: `table` as SQL names it, and the file to attach (SQLite alone).

    `constants` are columns with one value for all rows: they do not wait, they are given with the statement.
    """

    table: str
    attach: Path | None
    constants: Mapping[str, Any] = field(default_factory=dict)

    def column(self, name: str) -> str:
        """How SQL names a column of the waiting rows, whose table is called `i`."""
        return f":constant_{name}" if name in self.constants else f'i."{name}"'

    @property
    def parameters(self) -> dict[str, Any]:
        """The values behind the names that `column` gives to constants."""
        return {f"constant_{name}": value for name, value in self.constants.items()}


@contextmanager
def staged(database: Database, rows: pa.Table) -> Iterator[Staged]:
    """Put rows, numbered by `id`, where one statement can take them from; they are gone when the block ends."""
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
    path = beside.with_name(f"{beside.name}.{MARK}-{os.getpid()}-{secrets.token_hex(8)}")
    constants = constant_columns(rows.drop_columns(["id"]))
    varying = rows.drop_columns(list(constants))
    columns = ", ".join(f'"{one.name}" {SQLITE_TYPES.get(str(one.type), "TEXT")}' for one in varying.schema)
    columns = columns.replace('"id" INTEGER', '"id" INTEGER PRIMARY KEY')
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA page_size = {WAITING_PAGE_BYTES}")
            connection.execute(f"CREATE TABLE rows_waiting ({columns})")
        with closing(dbapi.connect(str(path), autocommit=True)) as adbc, closing(adbc.cursor()) as cursor:
            for statement in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "BEGIN"):
                cursor.execute(statement)
            cursor.adbc_ingest("rows_waiting", varying, mode="append")
            cursor.execute("COMMIT")
        yield Staged("incoming.rows_waiting", path, constants)
    finally:
        path.unlink(missing_ok=True)


def constant_columns(rows: pa.Table) -> dict[str, Any]:
    """The columns that have one value in all rows, or none in any.

    Example:
        >>> constant_columns(pa.table({"a": [1, 1], "b": [1, 2], "c": pa.nulls(2), "d": [None, 1]}))
        {'a': 1, 'c': None}
    """
    found: dict[str, Any] = {}
    for name in rows.column_names if rows.num_rows else ():
        column, first = rows[name], rows[name][0].as_py()
        if column.null_count == rows.num_rows:
            found[name] = None
        elif column.null_count == 0 and pc.all(pc.equal(column, column[0])).as_py():
            found[name] = first
    return found


def clear_stale_files(beside: Path) -> None:
    """Remove what killed runs left beside the database: such files, and SQLite's own journals of them."""
    begins = f"{beside.name}.{MARK}-"
    for path in beside.parent.glob(f"{begins}*"):
        process = path.name.removeprefix(begins).split("-")[0]
        if not is_running(int(process)):
            path.unlink(missing_ok=True)


def is_running(process: int) -> bool:
    """True where a process of that number runs on this machine."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def staged_in_table(database: Database, rows: pa.Table) -> Iterator[Staged]:
    """An unlogged table of PostgreSQL, named after the moment it was made."""
    from adbc_driver_postgresql import dbapi

    name = f"{MARK}_{int(time.time())}_{os.getpid()}_{secrets.token_hex(4)}"
    columns = ", ".join(f'"{one.name}" {POSTGRESQL_TYPES.get(str(one.type), "TEXT")}' for one in rows.schema)
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
