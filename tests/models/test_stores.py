"""Publishing, training on record, the states of a case type, the queue: each says what it stored."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pytest

from config.errors import InputError, RefusedError
from models.audit_verify import verify
from models.case_type_states import set_state, state_of, states
from models.publication import all_in_force, history, in_force, publish, version_of
from models.queue import case_file, next_case, own_queue, release_case, take_case, team_queue
from models.training_store import (
    latest_model,
    measurements_of,
    models_of,
    record_measurement,
    record_model,
    times_measured,
)


def test_highest_version_is_in_force_and_all_are_kept(records: Any) -> None:
    records.publish("one")
    records.publish("two")
    records.publish("other", name="second")
    with records.database.read() as connection:
        newest = in_force(connection, "rules", "routing")
        assert newest is not None
        assert (newest.version, newest.content) == (2, "two")
        assert newest.sha256 == hashlib.sha256(b"two").hexdigest()
        assert [text.version for text in history(connection, "rules", "routing")] == [2, 1]
        assert [(text.name, text.version) for text in all_in_force(connection, "rules")] == [
            ("routing", 2),
            ("second", 1),
        ]
        assert version_of(connection, "rules", "routing", 1).content == "one"
        assert version_of(connection, "rules", "routing", 3) is None
        assert in_force(connection, "letters", "routing") is None
    assert verify(records.database, records.heads) == []


def test_text_in_force_is_not_published_again(records: Any) -> None:
    records.publish("one")
    records.publish("one")
    assert records.one("SELECT count(*) FROM published") == 1
    assert records.one("SELECT count(*) FROM audit") == 2


def test_publish_on_top_of_another_version_than_seen_is_refused(records: Any) -> None:
    records.publish("one")
    records.publish("two")
    with pytest.raises(RefusedError, match="published meanwhile"), records.database.write() as connection:
        publish(connection, "rules", "routing", "mine", expected_version=2)


def test_unknown_kind_is_refused(records: Any) -> None:
    with (
        pytest.raises(RefusedError, match="only case_type, rules and letters"),
        records.database.write() as connection,
    ):
        publish(connection, "poems", "x", "y")  # type: ignore[arg-type]


def test_model_and_measurements_come_back_as_recorded(records: Any) -> None:
    with records.database.write() as connection:
        record_model(connection, "fines", "1", sha256="ab", case_type_version=1, summary={"auc": 0.7, "æ": None})
        record_model(connection, "fines", "2", sha256="cd", case_type_version=1, summary={})
        given = {"population": "could_draft", "level": 0.025, "calibration_digest": "x"}
        record_measurement(connection, "fines", "1", k=1, threshold=None, result={"reason": "too few"}, **given)
        record_measurement(connection, "fines", "1", k=2, threshold=-1.5, result={}, **given)
    with records.database.read() as connection:
        assert latest_model(connection, "fines").version == "2"
        assert [model.version for model in models_of(connection, "fines")] == ["2", "1"]
        assert models_of(connection, "fines")[1].summary == {"auc": 0.7, "æ": None}
        assert times_measured(connection, "fines", "1", "x") == 2
        assert times_measured(connection, "fines", "1", "y") == 0
        first, second = measurements_of(connection, "fines", "1")
    assert (first["threshold"], first["result"]) == (None, {"reason": "too few"})
    assert (second["k"], second["threshold"]) == (2, -1.5)
    assert verify(records.database, records.heads) == []


def test_measurement_cannot_be_made_twice_or_of_no_model(records: Any) -> None:
    given = {"k": 1, "population": "could_draft", "level": 0.1, "threshold": None, "result": {}}
    with pytest.raises(RefusedError, match="not on record"), records.database.write() as connection:
        record_measurement(connection, "fines", "9", calibration_digest="x", **given)
    with records.database.write() as connection:
        record_model(connection, "fines", "1", sha256="ab", case_type_version=1, summary={})
        record_measurement(connection, "fines", "1", calibration_digest="x", **given)
    for column in ("level = 0.9", "threshold = -9"):
        with pytest.raises(RefusedError, match="never changed"):
            records.run(f"UPDATE measurement SET {column}")
    with pytest.raises((RefusedError, InputError)), records.database.write() as connection:
        record_measurement(connection, "fines", "1", calibration_digest="x", **given)
    assert records.one("SELECT count(*) FROM measurement") == 1


def test_state_is_written_only_when_it_changes(records: Any) -> None:
    records.state(phase="trial", status="trial")
    audited = records.one("SELECT count(*) FROM audit")
    records.state(phase="trial", status="trial")
    assert records.one("SELECT count(*) FROM audit") == audited
    with records.database.write() as connection:
        set_state(
            connection,
            "fines",
            weight="light",
            status="live",
            phase="stopped",
            actor="user:1",
            reason="too many errors",
        )
    with records.database.read() as connection:
        found = state_of(connection, "fines")
        assert (found.status, found.phase, found.reason) == ("live", "stopped", "too many errors")
        assert states(connection) == [found]
        assert state_of(connection, "permits") is None


def queued(records: Any, number: int) -> list[str]:
    ids = [f"A{row}" for row in range(number)]
    records.cases(ids)
    records.state()
    records.assess(ids, route="caseworker", gates_closed='["rule"]')
    return ids


def test_pages_of_the_queue_hold_every_case_once_in_order(records: Any) -> None:
    ids = queued(records, 11)
    soon = "2026-11-30T00:00:00.000000Z"
    records.assess(["A7"], route="caseworker", gates_closed='["rule"]', contact_by=soon)
    records.assess(["A9"], route="caseworker", gates_closed='["rule"]', priority="high")
    found, after = [], None
    with records.database.read() as connection:
        while page := team_queue(connection, "intake", after=after, limit=4):
            found += page
            after = page[-1].key
        assert team_queue(connection, "senior") == []
    assert [case.case_id for case in found] == [
        "A9",
        "A7",
        *(i for i in sorted(ids, key=lambda i: int(i[1:])) if i not in ("A7", "A9")),
    ]
    assert found[1].contact_by == soon


@pytest.mark.parametrize("query", ["team_queue", "own_queue"])
def test_page_of_the_queue_reads_one_index_and_sorts_nothing(sqlite_records: Any, query: str) -> None:
    import sqlalchemy as sa

    seen: list[tuple[str, Any]] = []
    sa.event.listen(
        sqlite_records.database.engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, values, *_: seen.append((statement, values)),
    )
    with sqlite_records.database.read() as connection:
        if query == "team_queue":
            team_queue(connection, "intake", after=("a", "b", "c", "d"))
        else:
            own_queue(connection, 1, after=("a", "b", "c", "d"))
        statement, values = seen[-1]
        plan = " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))
    assert "USING INDEX ix_case_file_" in plan
    assert "(team=? AND (queue_by" in plan or "(assigned_to=? AND (queue_by" in plan
    assert "TEMP B-TREE" not in plan


def test_decided_case_leaves_the_queue(records: Any) -> None:
    queued(records, 2)
    records.decide("A0", records.sign_in(records.user()))
    with records.database.read() as connection:
        assert [case.case_id for case in team_queue(connection, "intake")] == ["A1"]


def test_case_is_taken_by_one_and_comes_next_for_them_alone(records: Any) -> None:
    queued(records, 2)
    anna, bo = records.user("anna"), records.user("bo")
    with records.database.write() as connection:
        assert take_case(connection, "fines", "A1", anna.id)
        assert take_case(connection, "fines", "A1", anna.id)
        assert not take_case(connection, "fines", "A1", bo.id)
        assert not release_case(connection, "fines", "A1", bo.id)
    with records.database.read() as connection:
        assert next_case(connection, "intake", anna.id).case_id == "A1"
        assert next_case(connection, "intake", bo.id).case_id == "A0"
        assert case_file(connection, "fines", "A1")["row_version"] == 4
        assert case_file(connection, "fines", "A9") is None
    with records.database.write() as connection:
        assert release_case(connection, "fines", "A1", anna.id)
    with records.database.read() as connection:
        assert own_queue(connection, anna.id) == []
        assert next_case(connection, "none", bo.id) is None


def test_sealed_rows_hash_alike_in_both_databases(records: Any) -> None:
    """The commitment to a row does not depend on which database held it."""
    from models.leaves import leaf_of, stored_leaves

    records.cases(["A1"])
    records.state()
    odd = {
        "raw_score": -0.0,
        "complexity": 1e-300,
        "rule": "Æ\n\x01",
        "contact_by": "",
        "inputs": b"",
        "novel": None,
    }
    records.assess(["A1"], route="caseworker", gates_closed="[]", **odd)
    salt = records.one("SELECT salt FROM case_salt")
    with records.database.read() as connection:
        ((_, row, leaf),) = stored_leaves(connection, "assessment")
    assert leaf == leaf_of("assessment", {**row, "raw_score": 0.0}, bytes(salt))
    for change in (
        {"rule": None},
        {"contact_by": None},
        {"novel": False},
        {"inputs": None},
        {"raw_score": np.nan},
    ):
        assert leaf != leaf_of("assessment", {**row, **change}, bytes(salt))
