"""The guards as triggers of SQLite and PostgreSQL; made after every migration, and asserted to be there."""

from __future__ import annotations

import re

import sqlalchemy as sa

from config.errors import TamperError
from models.database_errors import MARK
from models.guards import guards
from models.refusals import SECONDS_OFF, Guard, danish_day_in

PREFIX = "guard_"
POSTGRESQL_EVENT_BITS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
POSTGRESQL_ROW, POSTGRESQL_BEFORE = 1, 2


def in_dialect(sql: str, dialect: str) -> str:
    """Fill in what the two databases say differently: how far off a moment is, and on which day in Denmark."""
    sql = re.sub(r"\{danish_day:([^}]+)\}", lambda found: danish_day_in(dialect, found[1]), sql)
    return re.sub(r"\{seconds_off:([^}]+)\}", lambda found: SECONDS_OFF[dialect].format(at=found[1]), sql)


def quoted(sentence: str) -> str:
    """A sentence as an SQL text literal, marked as ours."""
    return "'" + (MARK + sentence).replace("'", "''") + "'"


def guards_of(dialect: str) -> list[Guard]:
    """The guards that this database needs."""
    return [guard for guard in guards() if guard.only in (None, dialect)]


def sqlite_trigger(guard: Guard) -> str:
    """One guard as a SQLite trigger."""
    columns = f" OF {', '.join(guard.columns)}" if guard.columns else ""
    lines = [f"CREATE TRIGGER {PREFIX}{guard.name} BEFORE {guard.event}{columns} ON {guard.table} BEGIN"]
    for refusal in guard.refusals:
        wrong = in_dialect(refusal.wrong, "sqlite")
        lines.append(f"  SELECT RAISE(ABORT, {quoted(refusal.sentence)}) WHERE {wrong};")
    return "\n".join([*lines, "END"])


def postgresql_body(guard: Guard) -> str:
    """The body of one guard's PL/pgSQL function."""
    refusals = [(in_dialect(refusal.wrong, "postgresql"), refusal.sentence) for refusal in guard.refusals]
    if guard.new_rows is not None:
        refusals = [(f"EXISTS (SELECT 1 FROM new_rows n WHERE {guard.new_rows})", guard.refusals[0].sentence)]
    lines = ["", "BEGIN"]
    for wrong, sentence in refusals:
        lines.append(f"  IF {wrong} THEN RAISE EXCEPTION USING MESSAGE = {quoted(sentence)}; END IF;")
    result = "OLD" if guard.event == "DELETE" else "NULL" if guard.event == "TRUNCATE" else "NEW"
    return "\n".join([*lines, f"  RETURN {result};", "END", ""])


def postgresql_statements(guard: Guard) -> list[str]:
    """One guard as a PostgreSQL function and its trigger."""
    name = PREFIX + guard.name
    function = (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard${postgresql_body(guard)}$guard$"
    )
    if guard.new_rows is not None:
        when = f"AFTER {guard.event} ON {guard.table} REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT"
    elif guard.event == "TRUNCATE":
        when = f"BEFORE TRUNCATE ON {guard.table} FOR EACH STATEMENT"
    else:
        columns = f" OF {', '.join(guard.columns)}" if guard.columns else ""
        when = f"BEFORE {guard.event}{columns} ON {guard.table} FOR EACH ROW"
    return [function, f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()"]


def postgresql_bits(guard: Guard) -> int:
    """PostgreSQL's own description of when a trigger fires (pg_trigger.tgtype)."""
    bits = POSTGRESQL_EVENT_BITS[guard.event]
    if guard.new_rows is not None:
        return bits
    return bits | POSTGRESQL_BEFORE | (0 if guard.event == "TRUNCATE" else POSTGRESQL_ROW)


def create_triggers(connection: sa.Connection) -> None:
    """Make every trigger anew, inside the caller's unit of work."""
    drop_triggers(connection)
    for guard in guards_of(connection.dialect.name):
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(sqlite_trigger(guard))
        else:
            for statement in postgresql_statements(guard):
                connection.execute(sa.text(statement.replace(":", r"\:")))


def drop_triggers(connection: sa.Connection) -> None:
    """Take every one of our triggers away, so that a migration can rebuild tables and rows."""
    if connection.dialect.name == "sqlite":
        for name in found_in_sqlite(connection):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return
    functions = connection.execute(
        sa.text(
            "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace"
            " AND starts_with(p.proname, :prefix)".replace("::", r"\:\:")
        ),
        {"prefix": PREFIX},
    ).scalars()
    for name in list(functions):
        connection.execute(sa.text(f"DROP FUNCTION {name}() CASCADE"))


def found_in_sqlite(connection: sa.Connection) -> dict[str, str]:
    """Name and text of our triggers in a SQLite database."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    return {row.name: row.sql for row in rows if row.name.startswith(PREFIX)}


def found_in_postgresql(connection: sa.Connection) -> dict[str, str]:
    """Name and meaning (table, moment, state, body) of our triggers in a PostgreSQL database."""
    rows = connection.execute(
        sa.text(
            "SELECT t.tgname, c.relname, t.tgtype, t.tgenabled, p.prosrc FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal".replace("::", r"\:\:")
        )
    ).all()
    return {
        row.tgname: f"{row.relname} {row.tgtype} {as_text(row.tgenabled)}{row.prosrc}"
        for row in rows
        if row.tgname.startswith(PREFIX)
    }


def as_text(value: str | bytes) -> str:
    """PostgreSQL's one-byte "char" as text."""
    return value.decode() if isinstance(value, bytes) else value


def missing_triggers(connection: sa.Connection) -> list[str]:
    """Names of the guards that are not there, are switched off, or do not say what they should."""
    if connection.dialect.name == "sqlite":
        found = found_in_sqlite(connection)
        wanted = {PREFIX + guard.name: sqlite_trigger(guard) for guard in guards_of("sqlite")}
    else:
        found = found_in_postgresql(connection)
        wanted = {
            PREFIX + guard.name: f"{guard.table} {postgresql_bits(guard)} O{postgresql_body(guard)}"
            for guard in guards_of("postgresql")
        }
    return sorted(name for name, text in wanted.items() if found.get(name) != text)


def assert_triggers(connection: sa.Connection) -> None:
    """See that every guard stands.

    Raises:
        TamperError: one is missing, switched off or altered; nothing may be written before that is explained.
    """
    missing = missing_triggers(connection)
    if missing:
        named = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
        raise TamperError(
            f"the database has lost the triggers that guard its records ({named}); run `stafet audit verify`,"
            " find out who changed the database, and restore it from a backup"
        )
