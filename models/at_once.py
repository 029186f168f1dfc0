"""Asks many new rows at once what a trigger asks each row alone: the same refusals, the same unit of work.

Any trigger on INSERT makes SQLite's `INSERT ... SELECT` copy all rows to a temporary table first: 4.5 us a row,
more than all else that storing an assessment takes. So inside `at_once` the triggers that can be asked of a whole
set are taken down, and put up again before the unit of work can end; the refusals are then asked of all new rows
together, and one that holds undoes everything. Nobody else sees the table without them: the unit of work holds the
database's only write lock, and a run killed half-way is undone, triggers included. PostgreSQL's triggers already
look at a whole statement, so they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from config.errors import RefusedError
from models.guards import guards
from models.refusals import Guard
from models.triggers import PREFIX, in_dialect, sqlite_trigger

REPLACING = "_no_replace"
"""Guards against INSERT OR REPLACE have nothing to ask of a plain INSERT, which stops at a row that is there."""


@contextmanager
def at_once(connection: sa.Connection, table: str, newer_than: int) -> Iterator[None]:
    """Inside, plain INSERTs into `table` of rows with `id` above `newer_than` are asked together, at the end.

    Raises:
        RefusedError: a guard refuses one of the new rows; the caller's unit of work must not be committed.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    lifted = [guard for guard in guards() if guard.table == table and can_be_asked_together(guard)]
    for guard in lifted:
        connection.exec_driver_sql(f"DROP TRIGGER {PREFIX}{guard.name}")
    try:
        yield
    except BaseException:
        undo(connection)
        raise
    for guard in lifted:
        connection.exec_driver_sql(sqlite_trigger(guard))
    for guard in lifted:
        if guard.new_rows is not None:
            refuse_together(connection, guard, guard.new_rows, newer_than)


def undo(connection: sa.Connection) -> None:
    """Undo the unit of work, so that nobody who catches the error can commit it without its triggers.

    They are not put up again by hand: a full disk makes SQLite undo by itself, and they would be there already.
    """
    transaction = connection.get_transaction()
    if transaction is not None:
        transaction.rollback()


def can_be_asked_together(guard: Guard) -> bool:
    """True for a guard of INSERT whose refusal is also written for a set of rows, or is about REPLACE alone."""
    is_here = guard.event == "INSERT" and guard.only in (None, "sqlite")
    return is_here and (guard.new_rows is not None or guard.name.endswith(REPLACING))


def refuse_together(connection: sa.Connection, guard: Guard, wrong: str, newer_than: int) -> None:
    """Ask one guard of all new rows."""
    query = f"SELECT 1 FROM {guard.table} n WHERE n.id > :newer_than AND ({in_dialect(wrong, 'sqlite')}) LIMIT 1"
    if connection.execute(sa.text(query), {"newer_than": newer_than}).first() is not None:
        raise RefusedError(guard.refusals[0].sentence)
