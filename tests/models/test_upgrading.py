"""Records written by an earlier version are whole after the upgrade, and every commitment to them still holds.

`written_by_v0001.json` holds the rows of a database that the first version made, with the acts of its trail.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from config.words import DANISH_TIME
from models import audit
from models.audit_verify import verify
from models.case_reader import load_cases
from models.citizens import Citizen, put_citizens
from models.clock import parse
from models.database import Database, open_database
from models.decision_store import decisions_of
from models.erasing import erase_case
from models.leaves import SEALED, leaf_of
from models.letters import LetterFile, letter_file, store_letter
from models.migrate import is_current, run_migrations, upgrade
from models.people import find_user
from models.triggers import create_triggers, drop_triggers, missing_triggers
from models.workspace_kind import calendar_days_until

WRITTEN = json.loads(Path(__file__).with_name("written_by_v0001.json").read_text(encoding="utf-8"))


def as_stored(value: Any) -> Any:
    return bytes.fromhex(value["hex"]) if isinstance(value, dict) else value


@pytest.fixture
def of_before(database_url: str, heads: Any) -> Iterator[Database]:
    """A database as version 0001 left it."""
    database = open_database(database_url, heads=heads)
    with database.write() as connection:
        run_migrations(connection, "v0001")
        tables = sa.MetaData()
        tables.reflect(connection)
        for name in (table.name for table in tables.sorted_tables if table.name in WRITTEN["rows"]):
            rows = [{key: as_stored(value) for key, value in row.items()} for row in WRITTEN["rows"][name]]
            connection.execute(tables.tables[name].insert(), rows)
        for actor, action, subject, payload in WRITTEN["acts"]:
            audit.append(connection, actor=actor, action=action, subject=subject, payload=payload)
    yield database
    database.close()


def test_records_of_before_are_whole_after_the_upgrade(of_before: Database, heads: Any) -> None:
    with of_before.read() as connection:
        assert not is_current(connection, of_before)
        assert "stated" not in {column["name"] for column in sa.inspect(connection).get_columns("case_facts")}
    assert upgrade(of_before) is True
    assert verify(of_before, heads) == []
    with of_before.read() as connection:
        assert missing_triggers(connection) == []
        cases = load_cases(connection, "fines")
        decided = [decisions_of(connection, "fines", case_id)[0] for case_id in ("A1", "A2")]
        anna = find_user(connection, "anna")
    assert cases.facts == [row["facts"] for row in WRITTEN["rows"]["case_facts"]]
    assert [(one.outcome, one.reasons) for one in decided] == [("granted", "because"), ("refused", "Æ, ø og\nå")]
    assert {(one.draft_use, one.checks) for one in decided} == {(None, None)}
    assert anna is not None
    assert anna.phone is None


def test_records_of_before_are_worked_on_and_erased_after_the_upgrade(of_before: Database, heads: Any) -> None:
    upgrade(of_before)
    today = str(parse(of_before.now).astimezone(DANISH_TIME).date())
    with of_before.write() as connection:
        (decided,) = decisions_of(connection, "fines", "A1")
        letter = store_letter(
            connection, case_type="fines", case_id="A1", kind="decision", decision_id=decided.id, language="da",
            channel="folder", dated=today, document="{}", files=[LetterFile("da", "txt", b"x")], actor="system",
        )  # fmt: skip
        put_citizens(connection, [Citizen("B-1", "Ida")])
    assert verify(of_before, heads) == []
    with of_before.write() as connection:
        for case_id in load_cases(connection, "fines").case_ids:
            erase_case(connection, "fines", case_id, basis="arkivloven", actor="system")
    with of_before.read() as connection:
        assert letter_file(connection, letter.id, "da", "txt") is None
        for table in ("case_file", "case_facts", "assessment", "decision", "letter", "letter_file"):
            assert connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one() == 0
    assert verify(of_before, heads) == []


def test_upgrade_killed_half_way_leaves_the_records_of_before_and_is_whole_when_run_again(
    of_before: Database, heads: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything() -> dict[str, list[tuple[Any, ...]]]:
        with of_before.read() as connection:
            names = sorted(sa.inspect(connection).get_table_names())
            rows = {name: connection.execute(sa.text(f"SELECT * FROM {name}")).all() for name in names}
        return {name: sorted(map(repr, found)) for name, found in rows.items()}

    before = everything()
    with monkeypatch.context() as killed:
        killed.setattr("models.migrate.create_triggers", die)
        with pytest.raises(OSError, match="killed"):
            upgrade(of_before)
    assert everything() == before
    assert upgrade(of_before) is True
    assert verify(of_before, heads) == []


def die(_connection: sa.Connection) -> None:
    raise OSError("killed")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decision SET draft_use = 'approved' WHERE case_id = 'A1'",
        "UPDATE decision SET checks = '' WHERE case_id = 'A1'",
        "UPDATE decision SET fully_in_favour = true WHERE case_id = 'A1'",
        "UPDATE decision SET hearing = '' WHERE case_id = 'A1'",
        "UPDATE case_facts SET stated = '{}' WHERE case_id = 'A2'",
        "UPDATE case_facts SET facts = '{}' WHERE case_id = 'A2'",
    ],
)
def test_row_of_before_is_found_replaced_in_old_and_new_columns(
    of_before: Database, heads: Any, statement: str
) -> None:
    upgrade(of_before)
    with of_before.write() as connection:
        drop_triggers(connection)
        assert connection.execute(sa.text(statement)).rowcount == 1
        create_triggers(connection)
    assert [(fault.kind, "was replaced" in fault.sentence) for fault in verify(of_before, heads)] == [
        ("row", True)
    ]


def test_later_columns_are_told_apart_in_a_commitment() -> None:
    """The same text in another of the later columns, or cut elsewhere, is another row."""
    row = dict.fromkeys(SEALED["decision"].columns)
    variants = [
        {},
        {"draft_use": ""},
        {"checks": ""},
        {"draft_use": "x"},
        {"checks": "x"},
        {"draft_use": "xx"},
        {"draft_use": "x", "checks": "x"},
        {"draft_use": "", "checks": "x"},
        {"fully_in_favour": True},
        {"fully_in_favour": False},
        {"hearing": "true"},
    ]
    assert len({leaf_of("decision", {**row, **more}, b"s" * 32) for more in variants}) == len(variants)


def test_case_that_is_open_again_has_its_time_from_the_reopening_after_the_upgrade(of_before: Database) -> None:
    act = {"kind": "reopened", "at": "2026-11-20T09:00:00.000000Z", "content": "{}", "audit_batch": "x"}
    with of_before.write() as connection:
        run_migrations(connection, "v0010")
        tables = sa.MetaData()
        tables.reflect(connection)
        for case_id in ("A1", "A2"):
            connection.execute(
                tables.tables["case_act"].insert(), {"case_type": "fines", "case_id": case_id, **act}
            )
        old = {"contact_by": act["at"], "queue_by": act["at"], "status": "open", "closed_at": None}
        files = tables.tables["case_file"]
        connection.execute(files.update().where(files.c.case_id == "A1").values(old))
        connection.execute(
            files.update().where(files.c.case_id == "A2").values(status="closed", closed_at=act["at"])
        )
    upgrade(of_before)
    with of_before.read() as connection:
        query = "SELECT case_id, taken_up_at, contact_by, queue_by FROM case_file WHERE case_id IN ('A1', 'A2')"
        found = {row.case_id: tuple(row)[1:] for row in connection.execute(sa.text(query))}
    assert found["A1"] == (act["at"], None, "9999-12-31T00:00:00.000000Z")
    assert found["A2"][0] is None


def test_assessments_of_before_are_remembered_as_counted_in_days_of_24_hours(of_before: Database) -> None:
    upgrade(of_before)
    with of_before.read() as connection:
        newest = connection.execute(sa.text("SELECT max(made_at) FROM assessment")).scalar()
        assert calendar_days_until(connection) == newest


def test_a_new_database_counts_no_days_of_24_hours(records: Any) -> None:
    with records.database.read() as connection:
        assert calendar_days_until(connection) == ""
