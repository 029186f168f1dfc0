"""What is on record stays: no UPDATE, DELETE, REPLACE or TRUNCATE passes, whoever sends it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from config.errors import RefusedError
from models.erasing import erase_case
from models.guards import REPLACE_KEYS

WRITTEN_ONCE = [
    "published",
    "published_outcome",
    "state_change",
    "assessment",
    "decision",
    "professional_assessment",
    "case_act",
    "document",
    "letter",
    "letter_file",
    "audit",
    "case_facts",
    "consent",
    "case_event",
    "case_salt",
]


@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_row_is_never_updated(full: Any, table: str) -> None:
    column = {
        "audit": "action",
        "published_outcome": "outcome",
        "case_event": "activity",
        "case_salt": "case_id",
    }.get(table, "audit_batch")
    with pytest.raises(RefusedError, match="never changed"):
        full.run(f"UPDATE {table} SET {column} = 'other'")


@pytest.mark.parametrize("table", [*WRITTEN_ONCE, "case_file", "user_account", "sign_in", "case_type_state"])
def test_row_is_never_deleted(full: Any, table: str) -> None:
    before = full.one(f"SELECT count(*) FROM {table}")
    with pytest.raises(RefusedError, match=r"never deleted|erasure is on record"):
        full.run(f"DELETE FROM {table}")
    assert full.one(f"SELECT count(*) FROM {table}") == before > 0


@pytest.mark.parametrize("table", [*WRITTEN_ONCE, "case_file", "sign_in"])
@pytest.mark.postgresql
def test_table_is_never_truncated(postgresql_records: Any, table: str) -> None:
    with pytest.raises(RefusedError, match="never emptied"):
        postgresql_records.run(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("careful", [True, False])
@pytest.mark.parametrize(
    "table", sorted(set(REPLACE_KEYS) - {"trained_model", "measurement", "workspace_fact", "erasure"})
)
def test_replace_never_passes_even_without_the_pragma(full_file: Path, table: str, careful: bool) -> None:
    """A plain connection, as any script opens one, has recursive triggers and foreign keys off."""
    with closing(sqlite3.connect(full_file)) as attacker:
        attacker.execute(f"PRAGMA recursive_triggers = {'ON' if careful else 'OFF'}")
        rows = attacker.execute(f"SELECT * FROM {table}").fetchall()
        assert rows
        marks = ", ".join("?" * len(rows[0]))
        for verb in ("INSERT OR REPLACE", "REPLACE"):
            with pytest.raises(sqlite3.IntegrityError, match="stafet: "):
                attacker.execute(f"{verb} INTO {table} VALUES ({marks})", rows[0])
        assert attacker.execute(f"SELECT * FROM {table}").fetchall() == rows


def test_plain_connection_cannot_decide_without_a_sign_in(full_file: Path) -> None:
    with (
        closing(sqlite3.connect(full_file)) as attacker,
        pytest.raises(sqlite3.IntegrityError, match="sign-in"),
    ):
        attacker.execute(
            "INSERT INTO decision (case_type, case_id, round, sign_in_id, outcome, reasons, decided_at,"
            " audit_batch)"
            " VALUES ('fines', 'A2', 1, 77, 'granted', '', strftime('%Y-%m-%dT%H:%M:%S.000000Z', 'now'), 'x')"
        )


@pytest.fixture
def full_file(filled_folder: Path, tmp_path: Path) -> Path:
    """A file with something in every sealed table, as whoever gets hold of it has it."""
    return Path(shutil.copy(filled_folder / "stafet.db", tmp_path / "stafet.db"))


def test_sign_in_cannot_be_given_to_somebody_else(full: Any) -> None:
    full.user("bo")
    with pytest.raises(RefusedError, match="sign-in is never changed"):
        full.run("UPDATE sign_in SET user_id = 2")


def test_person_cannot_be_renamed(full: Any) -> None:
    with pytest.raises(RefusedError, match="user is never changed"):
        full.run("UPDATE user_account SET name = 'eve'")


def test_case_keeps_its_number_and_arrival(full: Any) -> None:
    with pytest.raises(RefusedError, match="keeps its number"):
        full.run("UPDATE case_file SET received_at = '2020-01-01T00:00:00.000000Z' WHERE case_id = 'A2'")


def test_trail_takes_no_entry_out_of_order(full: Any) -> None:
    with pytest.raises(RefusedError, match="number follows"):
        full.run("INSERT INTO audit VALUES (99, 'x', 'x', 'x', 'x', '{}', 'x', 'x')")
    following = 1 + full.one("SELECT max(seq) FROM audit")
    with pytest.raises(RefusedError, match="hash of the one before"):
        full.run(f"INSERT INTO audit VALUES ({following}, 'x', 'x', 'x', 'x', '{{}}', 'x', 'x')")


def test_erasure_opens_one_case_and_no_other(full: Any) -> None:
    with full.database.write() as connection:
        erase_case(connection, "fines", "A1", basis="arkivloven", actor="user:1")
    for table in ("case_file", "case_facts", "case_event", "consent", "assessment", "decision", "case_salt"):
        assert full.one(f"SELECT count(*) FROM {table} WHERE case_id = 'A1'") == 0
        if table != "decision":
            assert full.one(f"SELECT count(*) FROM {table} WHERE case_id = 'A2'") > 0
    with pytest.raises(RefusedError, match="erasure is on record"):
        full.run("DELETE FROM case_facts")
