"""Promise 5: an attacker who owns the database file, and takes the triggers off first, is found."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.audit_verify import Fault, verify
from models.heads import head_files, open_heads
from models.triggers import create_triggers, drop_triggers

ENTRIES = "SELECT seq, at, actor, action, subject, payload FROM audit ORDER BY seq"


def attack(records: Any, *statements: str, restore: bool = True) -> list[Fault]:
    """Take the triggers off, change what one likes, put them back as if nothing had been, and verify."""
    with records.database.engine.connect() as connection, connection.begin():
        drop_triggers(connection)
        for statement in statements:
            assert connection.execute(sa.text(statement)).rowcount != 0, statement
        if restore:
            create_triggers(connection)
    return verify(records.database, records.heads)


def kinds(faults: list[Fault]) -> set[str]:
    return {fault.kind for fault in faults}


def test_triggers_taken_off_are_found(full: Any) -> None:
    faults = attack(full, restore=False)
    assert kinds(faults) == {"trigger"}
    assert len(faults) > 40


@pytest.mark.parametrize("column", ["at", "actor", "action", "subject", "payload", "hash", "previous_hash"])
def test_changed_entry_is_found_and_named(full: Any, column: str) -> None:
    faults = attack(full, f"UPDATE audit SET {column} = {column} || ' ' WHERE seq = 3")
    assert {"changed", "chain"} & kinds(faults)
    assert {fault.seq for fault in faults if fault.kind != "row"} <= set(range(3, 20))
    assert any(fault.seq == 3 for fault in faults)


def test_deleted_entry_is_found(full: Any) -> None:
    faults = attack(full, "DELETE FROM audit WHERE seq = 3")
    assert "missing" in kinds(faults)


def test_cut_tail_is_found(full: Any) -> None:
    later = ("document", "case_act", "letter_file", "letter", "professional_assessment", "decision")
    faults = attack(full, "DELETE FROM audit WHERE seq > 4", *(f"DELETE FROM {table}" for table in later))
    assert "cut" in kinds(faults)
    assert any("was cut" in fault.sentence for fault in faults)


def test_emptied_trail_is_found(full: Any) -> None:
    assert "cut" in kinds(attack(full, "DELETE FROM audit"))


def rechained(records: Any, change: Callable[[dict[str, Any]], None], start: int = 2) -> list[Fault]:
    """Change an entry and compute every hash after it anew, as somebody who knows the format would."""
    with records.database.engine.connect() as connection, connection.begin():
        drop_triggers(connection)
        previous = "0" * 64
        for row in connection.execute(sa.text(ENTRIES)).all():
            entry = dict(row._mapping)
            if entry["seq"] >= start:
                change(entry)
            fields = [entry[name] for name in ("seq", "at", "actor", "action", "subject", "payload")]
            text = json.dumps(fields, separators=(",", ":"), ensure_ascii=False)
            digest = hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
            statement = (
                "UPDATE audit SET at=:at, actor=:actor, payload=:payload, previous_hash=:p, hash=:h WHERE seq=:seq"
            )
            kept = {name: entry[name] for name in ("at", "actor", "payload", "seq")}
            connection.execute(sa.text(statement), {**kept, "p": previous, "h": digest})
            previous = digest
        create_triggers(connection)
    return verify(records.database, records.heads)


def test_rechained_trail_is_found(full: Any) -> None:
    def blame_somebody_else(entry: dict[str, Any]) -> None:
        if entry["seq"] == 4:
            entry["actor"] = "user:7"

    assert rechained(full, lambda entry: None) == []
    faults = rechained(full, blame_somebody_else)
    assert "chain" in kinds(faults)
    assert any("was rewritten" in fault.sentence and fault.seq == 4 for fault in faults)


def test_rechained_last_entry_is_found(full: Any) -> None:
    last = full.one("SELECT max(seq) FROM audit")
    faults = rechained(full, lambda entry: entry.update(actor="user:7"), start=last)
    assert "chain" in kinds(faults)


def test_entry_added_without_the_key_is_found(full: Any) -> None:
    seq, previous = full.all("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")[0]
    fields = [seq + 1, full.database.now, "user:1", "case.decided", "case:x", "{}"]
    text = json.dumps(fields, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
    names = ("seq", "at", "actor", "action", "subject", "payload", "p", "h")
    values = dict(zip(names, [*fields, previous, digest], strict=True))
    full.run("INSERT INTO audit VALUES (:seq, :at, :actor, :action, :subject, :payload, :p, :h)", **values)
    assert kinds(verify(full.database, full.heads)) == {"unsigned"}


REPLACED = {
    "decision": "UPDATE decision SET outcome = 'refused'",
    "decision by another": "UPDATE decision SET reasons = 'none'",
    "score": "UPDATE assessment SET raw_score = raw_score + 1e-12 WHERE case_id = 'A2'",
    "contributions": "UPDATE assessment SET contributions = inputs WHERE case_id = 'A2'",
    "gates": "UPDATE assessment SET gates_closed = '[\"rule\"]', route = 'caseworker' WHERE case_id = 'A3'",
    "rules": "UPDATE published SET content = 'default: {to: draft}'",
    "draft use": "UPDATE decision SET draft_use = 'changed'",
    "draft use taken away": "UPDATE decision SET draft_use = NULL",
    "in favour": "UPDATE decision SET fully_in_favour = NOT fully_in_favour",
    "in favour taken away": "UPDATE decision SET fully_in_favour = NULL",
    "hearing": "UPDATE decision SET hearing = 'held'",
    "checks": "UPDATE decision SET checks = NULL",
    "checks moved to draft use": "UPDATE decision SET draft_use = checks, checks = draft_use",
    "professional assessment": "UPDATE professional_assessment SET result = 'acute_help'",
    "act": "UPDATE case_act SET content = '{}'",
    "act by another": "UPDATE case_act SET kind = 'dispatch_failed', sign_in_id = NULL",
    "act of another day": "UPDATE case_act SET until = '2020-01-01'",
    "document": "UPDATE document SET citizen_has_seen = NOT citizen_has_seen",
    "document by another": "UPDATE document SET source = 'banken'",
    "letter": "UPDATE letter SET document = '{}'",
    "letter's day": "UPDATE letter SET dated = '2020-01-01'",
    "hash of a letter's file": "UPDATE letter_file SET sha256 = '' WHERE language = 'en'",
    "letter's file called another language": "UPDATE letter_file SET language = 'de' WHERE language = 'en'",
    "stated": "UPDATE case_facts SET stated = '{}' WHERE case_id = 'A2'",
    "facts": "UPDATE case_facts SET facts = '{}' WHERE case_id = 'A2'",
    "consent": "UPDATE consent SET answer = 'yes'",
    "sign-in": "UPDATE sign_in SET expires_at = '9999-01-01T00:00:00.000000Z'",
    "state change": "UPDATE state_change SET reason = 'another'",
    "user": "UPDATE user_account SET name = 'eve'",
    "salt": "DELETE FROM case_salt WHERE case_id = 'A2'",
    "two facts swapped": "UPDATE case_facts SET facts = (SELECT o.facts FROM case_facts o WHERE o.case_id <>"
    " case_facts.case_id AND o.case_id <> 'A1') WHERE case_id <> 'A1'",
}


@pytest.mark.parametrize("statement", REPLACED.values(), ids=REPLACED.keys())
def test_replaced_row_is_found(full: Any, statement: str) -> None:
    faults = attack(full, statement)
    assert kinds(faults) == {"row"}
    assert any("was replaced" in fault.sentence and fault.seq for fault in faults)


def test_case_type_set_to_draft_behind_the_trails_back_is_found(full: Any) -> None:
    full.state(phase="stopped")
    assert verify(full.database, full.heads) == []
    full.run("UPDATE case_type_state SET phase = 'drafting'")
    faults = verify(full.database, full.heads)
    assert kinds(faults) == {"row"}
    assert "no audit entry has set it there" in faults[0].sentence


HANGS_ON = {
    "assessment": ["UPDATE decision SET assessment_id = NULL"],
    "decision": ["UPDATE letter SET kind = 'receipt', decision_id = NULL"],
    "letter": ["DELETE FROM letter_file"],
}


@pytest.mark.parametrize(
    "table",
    [
        "decision",
        "assessment",
        "professional_assessment",
        "case_act",
        "document",
        "letter",
        "letter_file",
        "published",
        "case_facts",
        "consent",
    ],
)
def test_row_that_is_gone_is_found(full: Any, table: str) -> None:
    before = HANGS_ON.get(table, [])
    faults = attack(full, *before, f"DELETE FROM {table}")
    assert any(table in fault.sentence and "0 are there" in fault.sentence for fault in faults)


def test_row_slipped_in_is_found(full: Any) -> None:
    columns = "kind, name, version, content, sha256, published_at, proposed_by, audit_batch"
    faults = attack(
        full, f"INSERT INTO published ({columns}) VALUES ('rules', 'routing', 2, 'x', 'x', 'x', 'x', 'x')"
    )
    assert [fault.kind for fault in faults] == ["row"]
    assert "without an audit entry" in faults[0].sentence


def test_row_replaced_with_a_value_of_another_type_is_found(sqlite_records: Any) -> None:
    sqlite_records.publish("default: {to: caseworker}")
    assert kinds(attack(sqlite_records, "UPDATE published SET version = 'one'")) == {"row"}
    assert "changed" in kinds(attack(sqlite_records, "UPDATE audit SET payload = x'00ff' WHERE seq = 2"))


def test_clock_set_back_in_a_rechained_trail_is_found(full: Any) -> None:
    faults = rechained(full, lambda entry: entry.update(at="2020" + entry["at"][4:]), start=4)
    assert {"clock", "chain"} <= kinds(faults)


def test_missing_heads_folder_is_found(full: Any) -> None:
    shutil.rmtree(full.heads.folder)
    faults = verify(full.database, full.heads)
    assert [fault.kind for fault in faults] == ["heads"]
    assert "heads of the trail are gone" in faults[0].sentence


def rewrite_heads(records: Any, change: Callable[[list[bytes]], list[bytes]]) -> list[Fault]:
    (path,) = head_files(records.heads.folder)
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))
    return verify(records.database, records.heads)


def test_head_taken_out_is_found(full: Any) -> None:
    assert "heads" in kinds(rewrite_heads(full, lambda lines: lines[:4] + lines[5:]))
    assert "heads" in kinds(rewrite_heads(full, lambda lines: lines[1:]))


def test_last_heads_taken_away_are_found(full: Any) -> None:
    assert kinds(rewrite_heads(full, lambda lines: lines[:-2])) == {"unsigned"}


def test_head_with_a_wrong_signature_is_found(full: Any) -> None:
    def lie(lines: list[bytes]) -> list[bytes]:
        head = json.loads(lines[-1])
        head["hash"] = "0" * 64
        return [*lines[:-1], json.dumps(head, separators=(",", ":")).encode() + b"\n"]

    assert "signature" in kinds(rewrite_heads(full, lie))


def test_heads_signed_by_another_key_are_found(full: Any, tmp_path: Path) -> None:
    """Somebody throws heads and key away and lets Stafet make new ones."""
    shutil.rmtree(full.heads.folder)
    shutil.rmtree(tmp_path / "keys")
    forged = open_heads(full.heads.folder, tmp_path / "keys")
    end = full.all("SELECT seq, hash, at FROM audit ORDER BY seq DESC LIMIT 1")[0]
    forged.pending(*end)
    forged.committed(*end)
    faults = verify(full.database, forged)
    assert [fault.kind for fault in faults] == ["signature"]
    assert "begun with the key" in faults[0].sentence


@pytest.fixture
def template(sqlite_records: Any, tmp_path: Path) -> Path:
    """A small workspace with rows in the sealed tables, closed and checkpointed."""
    sqlite_records.publish("default: {to: caseworker, team: intake}")
    sqlite_records.state()
    sqlite_records.cases(["A1", "A2"], consents={"amount": np.array([1, 0], dtype=np.int8)})
    sqlite_records.assess(["A1", "A2"])
    signed_in = sqlite_records.sign_in(sqlite_records.user())
    decided = sqlite_records.decide("A1", signed_in, assessment_id=1, checks={"amount": "differs"})
    sqlite_records.letter("A1", kind="decision", decision_id=decided.id)
    sqlite_records.act("A2", signed_in, "note", {"text": "Ringede"})
    sqlite_records.document("A2", signed_in)
    sqlite_records.report("A2", signed_in)
    sqlite_records.database.close()
    with closing(sqlite3.connect(tmp_path / "stafet.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return tmp_path


SEALED_TEXT = {
    ("audit", "payload"),
    ("decision", "reasons"),
    ("decision", "checks"),
    ("professional_assessment", "reasons"),
    ("case_act", "content"),
    ("document", "content"),
    ("letter", "document"),
    ("letter_file", "content"),
    ("assessment", "gates_closed"),
    ("published", "content"),
    ("case_facts", "facts"),
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_flipped_byte_of_what_is_stored_is_found(
    template: Path, sqlite_records: Any, data: st.DataObject
) -> None:
    """Any byte of a sealed text, changed in the file itself to any other byte."""
    table, column = data.draw(st.sampled_from(sorted(SEALED_TEXT)))
    path = template / "stafet.db"
    original = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        texts = sorted(
            row[0] for row in connection.execute(f"SELECT CAST({column} AS BLOB) FROM {table}") if row[0]
        )
    text = data.draw(st.sampled_from(texts))
    place = original.find(text)
    assert place >= 0
    byte = place + data.draw(st.integers(0, len(text) - 1))
    flipped = data.draw(st.integers(0, 255).filter(lambda value: value != original[byte]))
    try:
        with path.open("rb+") as file:
            file.seek(byte)
            file.write(bytes([flipped]))
        faults = verify(sqlite_records.database, sqlite_records.heads)
        sqlite_records.database.close()
    finally:
        path.write_bytes(original)
        for left in ("stafet.db-wal", "stafet.db-shm"):
            (template / left).unlink(missing_ok=True)
    assert faults


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_flipped_byte_of_the_heads_is_found(template: Path, sqlite_records: Any, data: st.DataObject) -> None:
    (path,) = head_files(sqlite_records.heads.folder)
    original = path.read_bytes()
    byte = data.draw(st.integers(0, len(original) - 1))
    flipped = data.draw(st.integers(0, 255).filter(lambda value: value != original[byte]))
    try:
        path.write_bytes(original[:byte] + bytes([flipped]) + original[byte + 1 :])
        faults = verify(sqlite_records.database, sqlite_records.heads)
    finally:
        path.write_bytes(original)
    if byte == len(original) - 1:
        # the last newline alone is what a power cut leaves; the entry still has its pending head
        assert {fault.kind for fault in faults} <= {"heads"}
    else:
        assert faults


def test_damaged_file_is_a_fault_and_no_crash(template: Path, sqlite_records: Any) -> None:
    path = template / "stafet.db"
    size = path.stat().st_size
    page = int.from_bytes(path.read_bytes()[16:18], "big")
    for start in range(0, size, max(1, size // page // 12) * page):
        original = path.read_bytes()
        with path.open("rb+") as file:
            file.seek(start)
            file.write(os.urandom(min(page, size - start)))
        assert verify(sqlite_records.database, sqlite_records.heads), f"page at byte {start}"
        sqlite_records.database.close()
        path.write_bytes(original)
        for left in ("stafet.db-wal", "stafet.db-shm"):
            (template / left).unlink(missing_ok=True)
