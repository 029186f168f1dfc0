"""Temporary tables of one connection, in which many rows wait for a statement that takes them into the records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa


def make_temporary(connection: sa.Connection, table: str, columns: str) -> None:
    """One temporary table; `columns` has {c} for a text's collation and {blob} for the type of bytes."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"CREATE TEMP TABLE {table} ({columns.format(c='', blob='BLOB')})")
    else:
        text = columns.format(c=' COLLATE "C"', blob="BYTEA")
        connection.exec_driver_sql(f"CREATE TEMP TABLE {table} ({text}) ON COMMIT DROP")


def fill(connection: sa.Connection, table: str, width: int, rows: Iterable[tuple[Any, ...]]) -> None:
    """Put many rows of `width` values into a temporary table, the quickest way each database has."""
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection is closed")
    if connection.dialect.name == "sqlite":
        driver.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)
        return
    with driver.cursor() as cursor:
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"ANALYZE {table}")
