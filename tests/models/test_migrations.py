"""The schema as migrated is the schema as declared, and no migration leaves the records unguarded."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from config.errors import InputError, TamperError
from models.database import open_database
from models.migrate import NEWEST, alembic_config, upgrade
from models.tables import metadata
from models.triggers import assert_triggers, create_triggers, guards_of, missing_triggers


def test_migrated_schema_is_the_declared_one(records: Any) -> None:
    with records.database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrated_checks_and_table_kinds_are_the_declared_ones(sqlite_records: Any, tmp_path: Path) -> None:
    declared = sa.create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    metadata.create_all(declared)

    def described(connection: sa.Connection) -> dict[str, list[str]]:
        rows = connection.execute(
            sa.text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type = 'table'")
        )
        return {
            row.name: sorted(re.findall(r"CONSTRAINT \w+ CHECK .*?(?=,?\s*\n|$)", row.sql))
            + re.findall("WITHOUT ROWID", row.sql)
            for row in rows
            if row.name != "alembic_version"
        }

    with declared.connect() as connection, sqlite_records.database.read() as migrated:
        assert described(migrated) == described(connection)
        assert any("WITHOUT ROWID" in found for found in described(migrated).values())


def test_newest_revision_is_the_end_of_the_migrations() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_heads() == [NEWEST]


def test_upgrading_again_changes_nothing(records: Any) -> None:
    assert upgrade(records.database) is False


def test_every_guard_is_there_after_migrating(records: Any) -> None:
    with records.database.read() as connection:
        assert missing_triggers(connection) == []
        assert len(guards_of(connection.dialect.name)) > 40


def test_lost_trigger_stops_the_workspace_from_opening(records: Any) -> None:
    on = "" if records.database.is_sqlite else " ON decision"
    records.run(f"DROP TRIGGER guard_decision_no_update{on}")
    with pytest.raises(TamperError, match=r"guard_decision_no_update.*audit verify"):
        upgrade(records.database)


def test_altered_trigger_is_found(sqlite_records: Any) -> None:
    sqlite_records.run("DROP TRIGGER guard_decision_no_update")
    sqlite_records.run("CREATE TRIGGER guard_decision_no_update BEFORE UPDATE ON decision BEGIN SELECT 1; END")
    with sqlite_records.database.read() as connection:
        assert missing_triggers(connection) == ["guard_decision_no_update"]


@pytest.mark.postgresql
def test_switched_off_trigger_is_found(postgresql_records: Any) -> None:
    postgresql_records.run("ALTER TABLE decision DISABLE TRIGGER guard_decision_no_update")
    with postgresql_records.database.read() as connection:
        assert missing_triggers(connection) == ["guard_decision_no_update"]


def test_batch_migration_that_drops_triggers_is_detected_and_mended(sqlite_records: Any) -> None:
    with sqlite_records.database.write() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("measurement", recreate="always") as batch:
            batch.add_column(sa.Column("note", sa.Text()))
        with pytest.raises(TamperError, match="guard_measurement_no_delete"):
            assert_triggers(connection)
        create_triggers(connection)
        assert_triggers(connection)


def test_database_of_a_newer_version_is_refused(records: Any) -> None:
    records.run("UPDATE alembic_version SET version_num = 'v9999'")
    with pytest.raises(InputError, match="written by a newer Stafet"):
        upgrade(records.database)


def test_tables_of_another_program_are_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(InputError, match="another program \\(recipes\\)"):
        upgrade(open_database(tmp_path / "other.db"))


def test_migration_killed_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_database(tmp_path / "stafet.db")

    def fail(_connection: sa.Connection) -> None:
        raise OSError("killed")

    monkeypatch.setattr("models.migrate.create_triggers", fail)
    with pytest.raises(OSError, match="killed"):
        upgrade(database)
    with database.read() as connection:
        assert sa.inspect(connection).get_table_names() == []


def test_migrations_run_from_any_directory(tmp_path: Path) -> None:
    code = (
        "from models.database import open_database; from models.migrate import upgrade;"
        f"print(upgrade(open_database({str(tmp_path / 'x.db')!r})))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "True", done.stderr
