"""The trail itself: its hashes, its silence about people, its heads on both sides of a commit."""

from __future__ import annotations

import hashlib
import json
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.errors import InputError, RefusedError, TamperError
from models import audit
from models.audit_verify import verify
from models.case_salts import case_subject
from models.database import open_database
from models.erasing import erase_case
from models.heads import head_files, open_heads
from models.migrate import upgrade


def append(records: Any, number: int = 1) -> None:
    for _ in range(number):
        with records.database.write() as connection:
            audit.append(connection, actor="system", action="tested", subject="nothing", payload={"æ": [1, None]})


def head_lines(records: Any) -> list[dict[str, Any]]:
    return [
        json.loads(line) for path in head_files(records.heads.folder) for line in path.read_text().splitlines()
    ]


def test_hash_is_the_one_that_outsiders_can_redo(records: Any) -> None:
    append(records, 3)
    previous = "0" * 64
    for row in records.all(
        "SELECT seq, at, actor, action, subject, payload, previous_hash, hash FROM audit ORDER BY seq"
    ):
        assert row[6] == previous
        text = json.dumps(list(row[:6]), separators=(",", ":"), ensure_ascii=False)
        previous = hashlib.sha256((row[6] + "\n" + text).encode()).hexdigest()
        assert row[7] == previous
    assert [row[0] for row in records.all("SELECT seq FROM audit ORDER BY seq")] == [1, 2, 3, 4]


def test_untouched_records_have_no_fault(full: Any) -> None:
    assert verify(full.database, full.heads) == []


def test_every_commit_is_signed_before_and_after(records: Any) -> None:
    append(records, 2)
    assert [(head["state"], head["seq"]) for head in head_lines(records)] == [
        ("pending", 2),
        ("committed", 2),
        ("pending", 3),
        ("committed", 3),
    ]
    first = json.loads(records.one("SELECT payload FROM audit WHERE seq = 1"))
    assert head_lines(records)[0]["key"] == records.heads.fingerprint == first["key"]


def test_key_can_be_read_by_its_owner_alone(records: Any, tmp_path: Path) -> None:
    (key,) = [path for path in (tmp_path / "keys").iterdir() if not path.name.startswith(".")]
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_nothing_signed_for_work_undone(records: Any) -> None:
    append(records)
    with records.database.write() as connection:
        audit.append(connection, actor="system", action="tested", subject="nothing", payload={})
        connection.get_transaction().rollback()
    assert [head["seq"] for head in head_lines(records)] == [2, 2]
    append(records)
    assert verify(records.database, records.heads) == []


def test_run_killed_between_the_head_and_the_commit_is_no_fault(
    records: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(records)
    with monkeypatch.context() as patch:
        patch.setattr(
            "sqlalchemy.engine.Transaction.commit", lambda _self: (_ for _ in ()).throw(OSError("killed"))
        )
        with pytest.raises(OSError, match="killed"):
            append(records)
    assert [head["state"] for head in head_lines(records)][-1] == "pending"
    assert verify(records.database, records.heads) == []
    append(records)
    assert verify(records.database, records.heads) == []


def test_commit_whose_second_head_was_lost_is_no_fault(records: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    append(records)
    with monkeypatch.context() as patch:
        patch.setattr("models.heads.Heads.committed", lambda *_: None)
        append(records)
    assert records.one("SELECT max(seq) FROM audit") == 3
    assert verify(records.database, records.heads) == []


def test_nothing_is_committed_when_the_head_cannot_be_written(
    records: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(records)

    def full_disk(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("models.heads.append_line", full_disk)
        with pytest.raises(InputError, match=r"audit heads in .* cannot be written: No space left"):
            append(records)
    assert records.one("SELECT max(seq) FROM audit") == 2


def test_half_a_head_left_by_a_power_cut_is_no_fault(records: Any) -> None:
    append(records)
    with head_files(records.heads.folder)[-1].open("ab") as file:
        file.write(b'{"number":3,"state":"pen')
    assert verify(records.database, records.heads) == []
    append(records)
    assert verify(records.database, records.heads) == []
    assert [head["number"] for head in head_lines(records)] == [1, 2, 3, 4]


def test_many_writers_make_one_chain(records: Any) -> None:
    threads = [threading.Thread(target=append, args=(records, 5)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert records.one("SELECT count(*) FROM audit") == 21
    assert verify(records.database, records.heads) == []


def test_trail_names_no_person_and_no_case(full: Any) -> None:
    text = json.dumps(full.all("SELECT actor, action, subject, payload FROM audit"))
    for word in ("A1", "A2", "anna", "Anna", "granted", "because"):
        assert f'"{word}' not in text
        assert word not in text.replace("sha256", "")


def test_a_case_is_named_by_a_salt_that_can_be_forgotten(full: Any) -> None:
    with full.database.read() as connection:
        subject = case_subject(connection, "fines", "A1")
        assert subject != case_subject(connection, "fines", "A2")
    acts = full.all("SELECT action FROM audit WHERE subject = :subject ORDER BY seq", subject=subject)
    assert acts == [("case.decided",), ("letter.sent",)]
    with full.database.write() as connection:
        erase_case(connection, "fines", "A1", basis="arkivloven", actor="user:1")
    with full.database.read() as connection, pytest.raises(InputError, match="A1 of fines is not on record"):
        case_subject(connection, "fines", "A1")


def test_erased_case_leaves_the_trail_whole(full: Any) -> None:
    with full.database.write() as connection:
        erase_case(connection, "fines", "A1", basis="arkivloven", actor="user:1")
    assert verify(full.database, full.heads) == []
    full.cases(["A1", "A2", "A3"])
    assert full.one("SELECT count(*) FROM case_file") == 2
    assert verify(full.database, full.heads) == []


def test_erasing_needs_a_basis(full: Any) -> None:
    with pytest.raises(InputError, match="legal basis"), full.database.write() as connection:
        erase_case(connection, "fines", "A1", basis=" ", actor="user:1")


def test_small_step_of_the_clock_is_no_fault_and_a_long_one_is_found(database_url: str, heads: Any) -> None:
    now = [datetime.now(UTC)]
    database = open_database(database_url, heads=heads, clock=lambda: now[0])
    upgrade(database)
    for step in (timedelta(0), timedelta(milliseconds=-200)):
        now[0] += step
        with database.write() as connection:
            audit.append(connection, actor="system", action="tested", subject="nothing", payload={})
    assert verify(database, heads) == []
    now[0] -= timedelta(hours=2)
    with database.write() as connection:
        audit.append(connection, actor="system", action="tested", subject="nothing", payload={})
    kinds = {fault.kind for fault in verify(database, heads)}
    assert kinds == {"clock"}
    database.close()


def test_database_without_heads_writes_nothing_audited(database_url: str) -> None:
    database = open_database(database_url)
    upgrade(database)
    with pytest.raises(RuntimeError, match="without audit heads"), database.write() as connection:
        audit.append(connection, actor="system", action="tested", subject="nothing", payload={})
    with database.read() as connection, pytest.raises(RuntimeError, match="only reads"):
        audit.append(connection, actor="system", action="tested", subject="nothing", payload={})
    database.close()


def test_lost_key_is_told_from_a_first_use(records: Any, tmp_path: Path) -> None:
    append(records)
    (tmp_path / "keys" / "audit_signing_key.pem").unlink()
    with pytest.raises(TamperError, match="is gone, yet it signed the heads"):
        open_heads(tmp_path / "audit-heads", tmp_path / "keys")


def test_damaged_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "audit_signing_key.pem").write_text("no key")
    with pytest.raises(TamperError, match=r"audit_signing_key\.pem is damaged"):
        open_heads(tmp_path / "audit-heads", tmp_path / "keys")


def test_dry_run_leaves_no_trace(records: Any, make_arriving: Any) -> None:
    from models.case_store import put_cases

    with records.database.write(keep=False) as connection:
        assert put_cases(connection, "fines", make_arriving(["A1"])).new_cases == 1
    assert records.one("SELECT count(*) FROM case_file") == 0
    assert records.one("SELECT count(*) FROM audit") == 0
    assert head_lines(records) == []


def test_refused_work_is_told_in_the_triggers_own_words(full: Any) -> None:
    with pytest.raises(RefusedError) as told:
        full.run("DELETE FROM audit")
    assert str(told.value) == "the audit trail is never deleted"
