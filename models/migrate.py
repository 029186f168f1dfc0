"""Brings a database's schema up to date, and sees that its triggers stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from config.errors import InputError
from models.database import Database, serialise
from models.triggers import assert_triggers, create_triggers, drop_triggers

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = "v0012"
"""The newest revision in `migrations/versions`, held here so that an up-to-date database opens without Alembic."""


def upgrade(database: Database) -> bool:
    """Bring the schema to the newest version, all of it or nothing; True where something had to be done.

    Raises:
        InputError: the database was written by a newer Stafet, or holds tables of another program.
        TamperError: the schema is current and a guarding trigger is missing.
    """
    with database.read() as connection:
        if is_current(connection, database):
            assert_triggers(connection)
            return False
    with database.write() as connection:
        serialise(connection)
        if is_current(connection, database):
            return False
        run_migrations(connection, "head")
        assert_triggers(connection)
    return True


def is_current(connection: sa.Connection, database: Database) -> bool:
    """True where the schema is the newest; an error where this Stafet is too old for it."""
    tables = set(sa.inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        if tables:
            raise InputError(
                f"database {database.name}: it holds tables of another program ({sorted(tables)[0]});"
                " name an empty one"
            )
        return False
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    if found == NEWEST:
        return True
    if found is not None and found not in known_revisions():
        raise InputError(
            f"database {database.name}: it was written by a newer Stafet (schema {found}, here {NEWEST});"
            " install that version"
        )
    return False


def run_migrations(connection: sa.Connection, target: str) -> None:
    """Run migrations up to `target`. Triggers are taken off first and made anew after each run: a batch migration
    of SQLite rebuilds a table and silently drops its triggers."""
    from alembic import command

    drop_triggers(connection)
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, target)
    if target in ("head", NEWEST):
        create_triggers(connection)


def alembic_config() -> Config:
    """Alembic's settings, found by the package's own place and by no file in the current directory."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def known_revisions() -> set[str]:
    """Every revision that this Stafet has a migration for."""
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
