"""Citizens are found by the beginning of any word of their name and of their CPR number, as quickly among many."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from models.citizen_words import citizens_found
from models.citizens import Citizen
from models.database import open_database
from models.erasing import erase_case
from models.migrate import run_migrations, upgrade

IDA = Citizen("B-1", "Ida Aagaard Møller", "311299-6120")
IDA_TWO = Citizen("B-2", "Møller-Jensen, Ida", "010170 1234")
BO = Citizen("B-3", "Bo Ågård", None)
NOBODY = Citizen("B-4", None, None)


@pytest.fixture
def town(records: Any) -> Any:
    records.cases(["A1", "A2", "A3"], citizen_refs=["B-1", "B-1", "B-3"])
    records.citizens(IDA, IDA_TWO, BO, NOBODY)
    return records


def found(records: Any, text: str, limit: int = 50) -> list[str]:
    with records.database.read() as connection:
        return sorted(citizens_found(connection, text, limit))


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("ida", ["B-1", "B-2"]),
        ("IDA MØL", ["B-1", "B-2"]),
        ("møller ida aa", ["B-1"]),
        ("aagård", ["B-1", "B-3"]),
        ("ågaard bo", ["B-3"]),
        ("jens", ["B-2"]),
        ("da", []),
        ("ida bo", []),
        ("311299-6120", ["B-1"]),
        ("3112996120", ["B-1"]),
        ("311299", ["B-1"]),
        ("010170 1234", ["B-2"]),
        ("6120", []),
        ("  ", []),
        ("%", []),
        ("_da", []),
    ],
)
def test_citizens_are_found_by_the_beginning_of_any_word(town: Any, text: str, refs: list[str]) -> None:
    assert found(town, text) == refs


def test_no_more_are_found_than_asked_for(town: Any) -> None:
    assert len(found(town, "ida", limit=1)) == 1


def test_changed_name_is_found_and_the_old_one_is_not(town: Any) -> None:
    town.citizens(Citizen("B-1", "Ida Holm", "311299-6120"))
    assert found(town, "holm") == ["B-1"]
    assert found(town, "ida møller") == ["B-2"]
    assert town.one("SELECT count(*) FROM citizen_word WHERE ref = 'B-1'") == 3


def test_words_go_with_the_last_of_the_citizens_cases(town: Any) -> None:
    for case_id, left in (("A1", ["B-1"]), ("A2", [])):
        with town.database.write() as connection:
            erase_case(connection, "fines", case_id, basis="arkivloven", actor="system")
        assert found(town, "311299") == left
    assert town.one("SELECT count(*) FROM citizen_word WHERE ref = 'B-1'") == 0


def test_citizens_of_before_the_upgrade_are_found_after_it(database_url: str, heads: Any) -> None:
    database = open_database(database_url, heads=heads)
    with database.write() as connection:
        run_migrations(connection, "v0008")
        connection.execute(
            sa.text(
                "INSERT INTO citizen (ref, name, cpr, protected_address, digital_post, recorded_at)"
                " VALUES ('B-1', 'Ida Møller', '311299-6120', false, true, 'x')"
            )
        )
    upgrade(database)
    with database.read() as connection:
        assert citizens_found(connection, "møl") == citizens_found(connection, "311299") == ["B-1"]
    database.close()


def test_search_reads_an_index_from_where_its_word_begins(sqlite_records: Any) -> None:
    seen: list[tuple[str, Any]] = []
    sa.event.listen(
        sqlite_records.database.engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, values, *_: seen.append((statement, values)),
    )
    with sqlite_records.database.read() as connection:
        citizens_found(connection, "ida møller")
        statement, values = seen[-1]
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert "PRIMARY KEY (word>? AND word<?)" in plan[0]
    assert any("(ref=? AND word>? AND word<?)" in step for step in plan[1:])
    assert not any(step.startswith("SCAN") for step in plan)
