"""A database that cannot be used says so in one sentence, with no password in it and nothing half-stored."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from config.errors import InputError
from models.audit_verify import verify
from models.database import address_of, open_database
from models.migrate import upgrade
from models.triggers import missing_triggers


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://root@host/x", "names 'mysql'; Stafet keeps its records in an SQLite file or in PostgreSQL"),
        ("sqlite://", "names 'sqlite'"),
        ("sqlite:///:memory:", "names 'sqlite'"),
        ("postgresql://a:b@host:port/x", "no database URL; write postgresql://"),
    ],
)
def test_unusable_url_is_refused(url: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        open_database(url)


@pytest.mark.parametrize("url", ["postgres://u@h/x", "postgresql://u@h/x", "postgresql+psycopg://u@h/x"])
def test_every_way_to_write_postgresql_is_understood(url: str) -> None:
    assert address_of(url).drivername == "postgresql+psycopg"


def test_path_and_url_name_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "a b ø.db"
    upgrade(open_database(path))
    assert upgrade(open_database(f"sqlite:///{path}")) is False


def test_sqlite_is_durable_and_strict_on_every_connection(sqlite_records: Any) -> None:
    with sqlite_records.database.read() as connection:
        for pragma, value in {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "recursive_triggers": 1,
            "busy_timeout": 30_000,
        }.items():
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_server_that_is_not_there_is_said_without_the_password() -> None:
    database = open_database("postgresql://anna:secret@127.0.0.1:1/stafet")
    with pytest.raises(InputError, match="the server cannot be reached; check STAFET_DATABASE") as told:
        upgrade(database)
    assert "secret" not in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.postgresql
def test_database_that_does_not_exist_is_said(postgresql_server: str) -> None:
    with pytest.raises(InputError, match=r"nowhere.*does not exist"):
        upgrade(open_database(postgresql_server.replace("/postgres?", "/nowhere?")))


def test_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("this is a letter and no database at all" * 100)
    with pytest.raises(InputError, match="no SQLite database; name another file"):
        upgrade(open_database(tmp_path / "x.db"))


def test_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened; check that the folder exists"):
        upgrade(open_database(tmp_path / "none" / "x.db"))


def test_locked_database_is_said(sqlite_records: Any, tmp_path: Path, heads: Any) -> None:
    impatient = open_database(tmp_path / "stafet.db", heads=heads, busy_seconds=0.05)
    told = pytest.raises(InputError, match="another Stafet process holds it")
    with sqlite_records.database.write(), told, impatient.write():
        pass
    with impatient.write() as connection:
        assert connection.execute(sa.text("SELECT 1")).scalar() == 1


@pytest.mark.postgresql
def test_locked_postgresql_is_said(postgresql_records: Any, upgraded_postgresql: str, heads: Any) -> None:
    impatient = open_database(upgraded_postgresql, heads=heads, busy_seconds=0.05)
    with postgresql_records.database.write() as first, first.begin_nested():
        first.execute(sa.text("LOCK TABLE audit"))
        with pytest.raises(InputError, match="another Stafet process holds it"), impatient.write() as second:
            second.execute(sa.text("SELECT * FROM audit"))
    impatient.close()


def test_full_disk_is_said_and_nothing_is_stored(sqlite_records: Any, tmp_path: Path) -> None:
    """SQLite's own limit on pages stands in for the disk: it raises what a full disk raises."""
    with sqlite_records.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

        def limit(driver: sqlite3.Connection, *_: Any) -> None:
            driver.execute(f"PRAGMA max_page_count = {pages + 4}")

    sa.event.listen(sqlite_records.database.engine, "connect", limit)
    sqlite_records.database.close()
    with pytest.raises(InputError, match="the disk is full; nothing was stored: free some space"):
        sqlite_records.cases([f"A{number}" for number in range(500)])
    assert sqlite_records.one("SELECT count(*) FROM case_file") == 0
    assert sqlite_records.one("SELECT count(*) FROM audit") == 0


@pytest.mark.parametrize("spare", [1, 3, 6, 12])
def test_disk_that_fills_up_during_a_batch_leaves_the_guards_standing(sqlite_records: Any, spare: int) -> None:
    ids = [f"A{number}" for number in range(300)]
    sqlite_records.cases(ids)
    sqlite_records.state()
    with sqlite_records.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def limit(driver: sqlite3.Connection, *_: Any) -> None:
        driver.execute(f"PRAGMA max_page_count = {pages + spare}")

    sa.event.listen(sqlite_records.database.engine, "connect", limit)
    sqlite_records.database.close()
    with pytest.raises(InputError, match="the disk is full"):
        sqlite_records.assess(ids, few=0, inputs=b"x" * 2000)
    with sqlite_records.database.read() as connection:
        assert missing_triggers(connection) == []
    assert sqlite_records.one("SELECT count(*) FROM assessment") == 0
    assert verify(sqlite_records.database, sqlite_records.heads) == []


def test_read_only_database_is_said(sqlite_records: Any) -> None:
    """SQLite's own refusal to write stands in for the file's mode, which root would not feel."""

    def refuse(driver: sqlite3.Connection, *_: Any) -> None:
        driver.execute("PRAGMA query_only = ON")

    sa.event.listen(sqlite_records.database.engine, "connect", refuse)
    sqlite_records.database.close()
    with pytest.raises(InputError, match="may only be read; give this user the right to write"):
        sqlite_records.run("DELETE FROM sign_in_attempt")


def test_reading_changes_nothing(sqlite_records: Any) -> None:
    sqlite_records.cases(["A1"])
    with sqlite_records.database.read() as connection:
        connection.execute(sa.text("UPDATE case_file SET team = 'x'"))
    assert sqlite_records.all("SELECT team FROM case_file") == [(None,)]


@pytest.mark.postgresql
def test_postgresql_refuses_to_write_while_reading(postgresql_records: Any) -> None:
    with pytest.raises(InputError, match="may only be read"), postgresql_records.database.read() as connection:
        connection.execute(sa.text("UPDATE case_file SET team = 'x'"))
