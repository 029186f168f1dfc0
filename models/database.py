"""One database, SQLite by default or PostgreSQL by URL, with a reading and a writing unit of work."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from config.errors import InputError
from models.clock import Clock, stamp, system_clock
from models.database_errors import DAMAGED, told_as_sentences
from models.heads import Heads

BUSY_SECONDS = 30.0
SQLITE_SETTINGS = (
    "page_size = 16384",  # an assessment of 900 bytes is stored a third quicker than on pages of 4096
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "cache_size = -65536",  # KiB
)
WHILE_ATTACHED = {"cache_size": -262144, "temp_store": 2}
"""A batch that fits in memory is written once, when it is committed; its temporary tables stay in memory too."""
AUDIT_LOCK = 0x5374_6166_6574  # 'Stafet': PostgreSQL's advisory lock that serialises writers of the trail


@dataclass
class Unit:
    """What one unit of work carries beside its connection: the clock, the heads, and the trail's new end."""

    clock: Clock
    heads: Heads | None
    tail: tuple[int, str, str] | None = None
    is_serialised: bool = False

    @property
    def now(self) -> str:
        """This moment as stored text."""
        return stamp(self.clock())


@dataclass(frozen=True)
class Database:
    """An opened database. `heads` sign the audit trail; without them nothing can be written that is audited."""

    engine: sa.Engine
    name: str
    clock: Clock = system_clock
    heads: Heads | None = None

    @property
    def is_sqlite(self) -> bool:
        """True for SQLite, False for PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    @property
    def now(self) -> str:
        """This moment, by the clock that was handed in, as stored text."""
        return stamp(self.clock())

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """One consistent view of the records; whatever is written inside is thrown away.

        Raises:
            InputError: the database cannot be reached or read.
        """
        with told_as_sentences(self.name), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield connection

    @contextmanager
    def write(self, *, attach: Path | None = None, keep: bool = True) -> Iterator[sa.Connection]:
        """One unit of work: all of it is stored, or nothing. SQLite lets one writer in at a time.

        The end of the audit trail is signed before the commit (`pending`) and after it (`committed`).
        `attach` is a second SQLite file, seen inside as schema `incoming`; without `keep` all is done and then
        thrown away, which is what a dry run means.

        Raises:
            RefusedError: a trigger or constraint that guards a promise said no.
            InputError: the database is locked, full, read-only or out of reach.
        """
        with told_as_sentences(self.name), self.engine.connect() as connection, attached(connection, attach):
            unit = Unit(self.clock, self.heads)
            connection.info["unit"] = unit
            try:
                with connection.execution_options(stafet_writes=True).begin() as transaction:
                    yield connection
                    if not keep:
                        transaction.rollback()
                    if not transaction.is_active:
                        unit.tail = None
                    if unit.tail is not None and self.heads is not None:
                        self.heads.pending(*unit.tail)
                if unit.tail is not None and self.heads is not None:
                    self.heads.committed(*unit.tail)
            finally:
                connection.info.pop("unit", None)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def unit_of(connection: sa.Connection) -> Unit:
    """The unit of work that `Database.write` opened on this connection.

    Raises:
        RuntimeError: the connection only reads.
    """
    unit = connection.info.get("unit")
    if not isinstance(unit, Unit):
        raise RuntimeError("this connection only reads: open it by Database.write()")
    return unit


def serialise(connection: sa.Connection) -> Unit:
    """Let no other writer of the audit trail in before this unit of work ends (in SQLite none is)."""
    unit = unit_of(connection)
    if not unit.is_serialised and connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": AUDIT_LOCK})
    unit.is_serialised = True
    return unit


def open_database(
    url: str | Path, *, clock: Clock = system_clock, heads: Heads | None = None, busy_seconds: float = BUSY_SECONDS
) -> Database:
    """Open `stafet.db` (a path or sqlite:///path) or a PostgreSQL (postgresql://user@host/name).

    The schema is brought up to date by `models.migrate.upgrade`.

    Raises:
        InputError: the URL cannot be understood, or names another kind of database.
    """
    address = address_of(url)
    name = address.render_as_string(hide_password=True)
    if address.get_backend_name() == "sqlite":
        name = str(address.database)
        engine = sa.create_engine(address, connect_args={"timeout": busy_seconds}, hide_parameters=True)
        sa.event.listen(engine, "connect", set_sqlite_up)
        sa.event.listen(engine, "begin", begin_sqlite)
    else:
        options = f"-c timezone=UTC -c lock_timeout={int(busy_seconds * 1000)}"
        arguments = {"connect_timeout": 10, "application_name": "stafet", "options": options}
        engine = sa.create_engine(address, connect_args=arguments, pool_pre_ping=True, hide_parameters=True)
    return Database(engine, name, clock, heads)


def address_of(url: str | Path) -> URL:
    """The address that a path or URL names, with the driver that Stafet installs."""
    text = str(url)
    if isinstance(url, Path) or "://" not in text:
        return URL.create("sqlite", database=str(Path(text).absolute()))
    try:
        address = make_url(text.replace("postgres://", "postgresql://", 1))
    except (ArgumentError, ValueError) as error:
        raise InputError("STAFET_DATABASE is no database URL; write postgresql://user@host/name") from error
    if address.get_backend_name() == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:"):
        return address
    kind = address.get_backend_name()
    raise InputError(
        f"STAFET_DATABASE names {kind!r}; Stafet keeps its records in an SQLite file or in PostgreSQL"
    )


def set_sqlite_up(connection: Any, _record: Any) -> None:
    """Every SQLite connection: durable, foreign keys held, triggers also for REPLACE, BEGIN left to us."""
    connection.isolation_level = None
    try:
        with closing(connection.cursor()) as cursor:
            for setting in SQLITE_SETTINGS:
                cursor.execute(f"PRAGMA {setting}")
    except UnicodeDecodeError as error:
        raise sqlite3.DatabaseError(DAMAGED) from error  # SQLite quotes the broken text in its own words


def begin_sqlite(connection: sa.Connection) -> None:
    """A writer takes the lock at once, so that it never fails half-way for want of it."""
    writes = connection.get_execution_options().get("stafet_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def attached(connection: sa.Connection, path: Path | None) -> Iterator[None]:
    """A second SQLite file beside the first, as schema `incoming`, for one unit of work."""
    if path is None:
        yield
        return
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection is closed")
    driver.execute("ATTACH DATABASE ? AS incoming", (str(path),))
    before = {name: driver.execute(f"PRAGMA {name}").fetchone()[0] for name in WHILE_ATTACHED}
    try:
        for name, value in WHILE_ATTACHED.items():
            driver.execute(f"PRAGMA {name} = {value}")
        yield
    finally:
        for name, value in before.items():
            driver.execute(f"PRAGMA {name} = {value}")
        driver.execute("DETACH DATABASE incoming")
