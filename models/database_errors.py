"""What a database's refusal means, as one sentence for the person who can mend it."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from config.errors import InputError, RefusedError, StafetError
from models.constraint_sentences import broken_constraint

MARK = "stafet: "
"""Every trigger's message starts with this, so that its sentence is told from the database's own words."""

DAMAGED = "the file is damaged; restore it from the latest backup"

UNSTORABLE = "a text holds a character that cannot be stored (NUL or half a character); remove it"

SQLITE_MEANINGS = {
    "SQLITE_FULL": "the disk is full; nothing was stored: free some space and run it again",
    "SQLITE_BUSY": "another Stafet process holds it; wait until that has finished, then run it again",
    "SQLITE_LOCKED": "another Stafet process holds it; wait until that has finished, then run it again",
    "SQLITE_READONLY": "it may only be read; give this user the right to write the file and its folder",
    "SQLITE_NOTADB": "this file is no SQLite database; name another file or move this one away",
    "SQLITE_CANTOPEN": "it cannot be opened; check that the folder exists and that this user may write there",
    "SQLITE_PERM": "it cannot be opened; check that this user may read and write it",
    "SQLITE_IOERR": "the disk failed while reading or writing it; check the disk, then run it again",
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_TOOBIG": "a value is larger than a database row may be; shorten it",
}

POSTGRESQL_MEANINGS = {
    "53100": "the disk is full; nothing was stored: free some space and run it again",
    "53300": "it has no connection left; raise max_connections or stop other programs",
    "25006": "it may only be read; connect to the primary server",
    "28P01": "it refuses this user or password; check STAFET_DATABASE",
    "28000": "it refuses this user; check STAFET_DATABASE",
    "3D000": "it does not exist on that server; create it first or correct STAFET_DATABASE",
    "42501": "this user lacks a right there; grant it rights to create tables and triggers",
    "55P03": "another Stafet process holds it; wait until that has finished, then run it again",
    "40P01": "two Stafet processes waited for each other; run it again",
    "40001": "another Stafet process was faster; run it again",
    "57P01": "the server is shutting down; run it again when it is back",
    "22021": UNSTORABLE,
}


@contextmanager
def told_as_sentences(name: str) -> Iterator[None]:
    """Turn whatever the database refuses inside the block into one sentence about the database `name`.

    Raises:
        RefusedError: a trigger or a constraint that guards a promise said no.
        InputError: the database itself cannot be used as it stands.
    """
    try:
        yield
    except DBAPIError as error:
        raise as_sentence(error.orig, name) from error
    except driver_errors() as error:
        raise as_sentence(error, name) from error
    except UnicodeEncodeError as error:
        raise InputError(f"database {name}: {UNSTORABLE}") from error


def driver_errors() -> tuple[type[Exception], ...]:
    """What the drivers raise where they are used without SQLAlchemy (COPY, executemany, ATTACH)."""
    driver = sys.modules.get("psycopg")
    return (sqlite3.Error,) if driver is None else (sqlite3.Error, driver.Error)


def as_sentence(original: BaseException | None, name: str) -> StafetError:
    """The sentence for one database error, as the driver raised it."""
    text = " ".join(str(original).split())
    if MARK in text:
        return RefusedError(text.partition(MARK)[2].partition(" CONTEXT:")[0].strip())
    broken = broken_constraint(text)
    if broken is not None:
        return RefusedError(broken)
    if isinstance(original, sqlite3.Error):
        return InputError(f"database {name}: {sqlite_meaning(original, text)}")
    return InputError(f"database {name}: {postgresql_meaning(original, text)}")


def sqlite_meaning(original: sqlite3.Error, text: str) -> str:
    """What SQLite's error means; SQLite's own words where no better ones are known."""
    code = getattr(original, "sqlite_errorname", "") or ""
    for family, meaning in SQLITE_MEANINGS.items():
        if code.startswith(family):
            return meaning
    return DAMAGED if DAMAGED in text else f"SQLite says: {text}"


def postgresql_meaning(original: BaseException | None, text: str) -> str:
    """What PostgreSQL's error means; an error without a state is a server that nobody could reach."""
    state = getattr(original, "sqlstate", None)
    if "NUL (0x00)" in text:
        return UNSTORABLE
    if state is None:
        return f"the server cannot be reached; check STAFET_DATABASE and that the server runs ({text})"
    return POSTGRESQL_MEANINGS.get(state, f"PostgreSQL says: {without_values(text)}")


def without_values(text: str) -> str:
    """PostgreSQL's words without the row or value that it refuses, which may say anything of a citizen.

    Example:
        >>> without_values('invalid input syntax for type integer: "311299-6120" CONTEXT: unnamed portal')
        'invalid input syntax for type integer'
    """
    for detail in (" DETAIL: ", " CONTEXT: "):
        text = text.partition(detail)[0]
    return re.sub(r': ".*"$', "", text)
