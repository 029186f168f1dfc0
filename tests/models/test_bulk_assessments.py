"""Many assessments stored at once are what as many stored one by one would be, and are guarded alike."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import sqlalchemy as sa

from config.errors import RefusedError
from models.assessment_store import latest_assessment, store_assessments
from models.at_once import at_once, can_be_asked_together
from models.audit_verify import verify
from models.guards import guards
from models.staging import constant_columns
from models.triggers import assert_triggers

IDS = [f"A{number}" for number in range(1, 8)]
QUEUE = "SELECT case_id, team, priority, contact_by, queue_by FROM case_file ORDER BY case_id"
STORED = "SELECT * FROM assessment ORDER BY case_id"


def mixed(make_assessment: Any, records: Any) -> pa.Table:
    """Rows of which some columns vary, some are constant, some are null, and some now and then."""
    rows = [
        make_assessment(
            case_id, records.database, 1, route="caseworker", gates_closed='["rule"]', raw_score=number - 3.0,
            team=["intake", None, "senior"][number % 3], priority=None, floor_rule=None, drawn=False,
            base_value=0.1, sampling_probability=1.0,
        )
        for number, case_id in enumerate(IDS)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows)


def without(row: tuple[Any, ...], columns: list[str], *names: str) -> dict[str, Any]:
    return {name: value for name, value in zip(columns, row, strict=True) if name not in names}


def stored(records: Any) -> list[dict[str, Any]]:
    with records.database.read() as connection:
        result = connection.execute(sa.text(STORED))
        columns = list(result.keys())
        return [without(tuple(row), columns, "audit_batch") for row in result]


def test_the_bulk_way_stores_what_the_slow_way_stores(
    records: Any, make_assessment: Any, make_arriving: Any
) -> None:
    records.cases([*IDS])
    records.state()
    rows = mixed(make_assessment, records)
    later = rows.set_column(
        rows.column_names.index("made_at"), "made_at", pa.array(["2030-01-01T00:00:00.000000Z"] * len(IDS))
    )
    store_assessments(records.database, rows, queue=True, few=500)
    slowly = stored(records)
    slow_queue = records.all(
        "SELECT case_id, team, priority, contact_by, queue_by FROM case_file ORDER BY case_id"
    )
    store_assessments(records.database, later, queue=True, few=0)
    bulk = [row for row in stored(records) if row["made_at"] == "2030-01-01T00:00:00.000000Z"]
    for before, after in zip(slowly, bulk, strict=True):
        assert {**after, "made_at": before["made_at"], "id": before["id"]} == before
    assert slow_queue == records.all(QUEUE)
    assert verify(records.database, records.heads) == []


@pytest.mark.parametrize("order", [IDS, IDS[::-1]])
def test_any_order_of_cases_gives_each_its_own_assessment_and_place_in_the_queue(
    records: Any, make_assessment: Any, order: list[str]
) -> None:
    records.cases(IDS)
    records.state()
    rows = [
        make_assessment(case_id, records.database, 1, raw_score=float(case_id[1:]), team=f"team {case_id}")
        for case_id in order
    ]
    store_assessments(records.database, pa.Table.from_pylist(rows), queue=True, few=0)
    with records.database.read() as connection:
        found = {case_id: latest_assessment(connection, "fines", case_id) for case_id in IDS}
    assert {case_id: row["raw_score"] for case_id, row in found.items()} == {one: float(one[1:]) for one in IDS}
    assert dict(records.all("SELECT case_id, team FROM case_file")) == {one: f"team {one}" for one in IDS}


def test_the_triggers_stand_after_a_batch_and_after_a_refused_one(records: Any, make_assessment: Any) -> None:
    records.cases(IDS)
    records.state()
    good = [make_assessment(case_id, records.database, 1) for case_id in IDS]
    store_assessments(records.database, pa.Table.from_pylist(good), queue=True, few=0)
    with records.database.read() as connection:
        assert_triggers(connection)
    records.state(phase="shadow")
    with pytest.raises(RefusedError, match="live and drafting"):
        store_assessments(
            records.database,
            pa.Table.from_pylist([make_assessment(case_id, records.database, 2) for case_id in IDS]),
            queue=True,
            few=0,
        )
    assert records.one("SELECT count(*) FROM assessment") == len(IDS)
    with records.database.read() as connection:
        assert_triggers(connection)
    assert verify(records.database, records.heads) == []


def test_a_draft_among_many_is_found_when_they_are_asked_at_once(records: Any, make_assessment: Any) -> None:
    records.cases(IDS)
    records.state(phase="shadow")
    rows = [
        make_assessment(case_id, records.database, 1, route="caseworker", gates_closed='["status"]')
        for case_id in IDS
    ]
    rows[4] = make_assessment(IDS[4], records.database, 1)
    with pytest.raises(RefusedError, match="live and drafting"):
        store_assessments(records.database, pa.Table.from_pylist(rows), queue=True, few=0)
    assert records.one("SELECT count(*) FROM assessment") == 0


def test_the_triggers_are_put_up_again_whatever_happens_inside(records: Any) -> None:
    with (
        pytest.raises(ZeroDivisionError),
        records.database.write() as connection,
        at_once(connection, "assessment", newer_than=0),
    ):
        raise ZeroDivisionError
    with records.database.read() as connection:
        assert_triggers(connection)


def test_only_guards_that_a_set_can_answer_are_lifted() -> None:
    lifted = {guard.name for guard in guards() if guard.table == "assessment" and can_be_asked_together(guard)}
    assert lifted == {"assessment_fits_its_type", "assessment_no_replace"}


def test_columns_of_one_value_are_told_from_those_with_gaps() -> None:
    table = pa.table({"a": [0.5, 1.0], "b": ["x", "x"], "c": [None, "x"], "d": pa.nulls(2), "e": [True, False]})
    assert constant_columns(table) == {"b": "x", "d": None}
    assert constant_columns(table.slice(0, 0)) == {}


def test_what_a_killed_run_left_beside_the_database_stops_no_later_run(
    sqlite_records: Any, make_assessment: Any
) -> None:
    sqlite_records.cases([*IDS])
    sqlite_records.state()
    path = Path(str(sqlite_records.database.engine.url.database))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = [
        path.with_name(f"{path.name}.incoming_rows-{ended.pid}-0123456789abcdef{end}") for end in ("", "-journal")
    ]
    for one in left:
        one.touch()
    in_use = path.with_name(f"{path.name}.incoming_rows-{os.getpid()}-0123456789abcdef")
    in_use.touch()
    rows = [make_assessment(case_id, sqlite_records.database, 1) for case_id in IDS]
    store_assessments(sqlite_records.database, pa.Table.from_pylist(rows), queue=False, few=0)
    assert not any(one.exists() for one in left)
    assert in_use.exists()
