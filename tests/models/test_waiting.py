"""A case that waits leaves the queue until the answer is in, somebody takes it up, or its last day has passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from config.errors import RefusedError
from models.case_waiting import bring_back_passed
from models.clock import danish_day
from models.queue import case_file, next_case, own_queue, take_case, team_queue
from models.waiting_queue import follow_ups, waiting_queue

ASKED = {"of": "citizen", "whom": "Ida", "text": "Send din lejekontrakt"}
OF_BANK = {"of": "third_party", "whom": "Banken", "text": "Hvad er saldoen?"}
HEARD = {"points": [{"field": "amount", "statement": "Du har 12.000 kr. i banken"}]}


@pytest.fixture
def anna(records: Any) -> Any:
    """Anna, with cases A0, A1 and A2 in her team's queue."""
    records.state()
    records.cases(["A0", "A1", "A2"])
    records.assess(["A0", "A1", "A2"], route="caseworker", gates_closed='["rule"]')
    return records.sign_in(records.user())


def day(records: Any, days: int) -> str:
    return danish_day(records.database.clock() + timedelta(days=days))


def queued(records: Any) -> list[str]:
    with records.database.read() as connection:
        return [case.case_id for case in team_queue(connection, "intake")]


def waits(records: Any, case_id: str = "A0") -> tuple[Any, Any]:
    with records.database.read() as connection:
        file = case_file(connection, "fines", case_id)
    return file["awaiting"], file["awaiting_until"]


def test_parked_case_waits_in_the_list_of_those_that_wait_until_it_is_resumed(records: Any, anna: Any) -> None:
    records.act("A1", anna, "parked", {"reason": "ferie"}, until=day(records, 9))
    records.act("A0", anna, "parked", {"reason": "ferie"}, until=day(records, 5))
    assert queued(records) == ["A2"]
    with records.database.read() as connection:
        first, second = waiting_queue(connection, team="intake")
        assert waiting_queue(connection, team="intake", after=first.key) == [second]
        assert waiting_queue(connection, team="senior") == []
        assert waiting_queue(connection, user_id=1) == []
    assert (first.case_id, first.awaiting, first.awaiting_until) == ("A0", "parked", day(records, 5))
    records.act("A0", anna, "resumed")
    assert queued(records) == ["A0", "A2"]
    assert waits(records) == (None, None)


def test_case_waits_until_every_question_is_answered(records: Any, anna: Any) -> None:
    first = records.act("A0", anna, "asked", ASKED, until=day(records, 14))
    assert waits(records) == ("citizen", day(records, 14))
    second = records.act("A0", anna, "asked", OF_BANK, until=day(records, 7))
    assert waits(records) == ("third_party", day(records, 7))
    records.act("A0", anna, "reminded", about_act=second.id, until=day(records, 21))
    assert waits(records) == ("citizen", day(records, 14))
    records.act("A0", anna, "answered", {"how": "mail"}, about_act=first.id)
    assert waits(records) == ("third_party", day(records, 21))
    records.act("A0", anna, "note", {"text": "rykket"})
    assert queued(records) == ["A1", "A2"]
    records.act("A0", anna, "answered", {"how": "brev"}, about_act=second.id)
    assert queued(records) == ["A0", "A1", "A2"]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("hearing_answered", {"text": "Det er mine børns"}),
        ("hearing_exception", {"number": 1, "reasons": "kendt"}),
    ],
)
def test_hearing_ends_with_its_answer_or_its_exception(
    records: Any, anna: Any, kind: str, content: dict[str, Any]
) -> None:
    heard = records.act("A0", anna, "hearing", HEARD, until=day(records, 10))
    assert waits(records) == ("hearing", day(records, 10))
    records.act("A0", anna, kind, content, about_act=heard.id if kind == "hearing_answered" else None)
    assert waits(records) == (None, None)


def test_case_comes_back_the_day_after_its_last(records: Any, anna: Any) -> None:
    records.act("A0", anna, "parked", {"reason": "ferie"}, until=day(records, 0))
    records.act("A1", anna, "hearing", HEARD, until=day(records, 3))
    assert bring_back_passed(records.database) == 0
    assert queued(records) == ["A2"]
    tomorrow = replace(records.database, clock=lambda: records.database.clock() + timedelta(days=1))
    assert bring_back_passed(tomorrow) == 1
    assert bring_back_passed(tomorrow) == 0
    assert queued(records) == ["A0", "A2"]


def test_answer_after_the_last_day_brings_no_old_waiting_back(records: Any, anna: Any) -> None:
    asked = records.act("A0", anna, "asked", ASKED, until=day(records, -1))
    assert waits(records) == (None, None)
    records.act("A0", anna, "asked", OF_BANK, until=day(records, 2))
    records.act("A0", anna, "answered", {"how": "mail"}, about_act=asked.id)
    assert waits(records) == ("third_party", day(records, 2))


def test_decided_case_waits_for_nothing_and_a_late_answer_does_not_change_that(records: Any, anna: Any) -> None:
    first = records.act("A0", anna, "asked", ASKED, until=day(records, 14))
    records.act("A0", anna, "asked", OF_BANK, until=day(records, 14))
    records.decide("A0", anna)
    assert waits(records) == (None, None)
    records.act("A0", anna, "answered", {"how": "mail"}, about_act=first.id)
    assert waits(records) == (None, None)


def test_case_handed_over_lies_with_the_colleague_and_stays_with_the_team_it_was_given(
    records: Any, anna: Any
) -> None:
    bo = records.user("bo", team="senior")
    records.act("A0", anna, "handed_over", {"note": "kan du?", "to_team": "senior"}, to_user=bo.id)
    with records.database.read() as connection:
        assert [case.case_id for case in own_queue(connection, bo.id)] == ["A0"]
        assert [case.case_id for case in team_queue(connection, "senior")] == ["A0"]
    for few in (500, 0):
        records.assess(["A0", "A1"], route="caseworker", gates_closed='["rule"]', few=few)
        assert records.all("SELECT case_id, team FROM case_file ORDER BY case_id") == [
            ("A0", "senior"),
            ("A1", "intake"),
            ("A2", "intake"),
        ]


def test_whoever_declares_a_conflict_loses_the_case_and_is_not_offered_it_again(records: Any, anna: Any) -> None:
    bo = records.user("bo")
    with records.database.write() as connection:
        assert take_case(connection, "fines", "A0", 1)
    records.act("A0", anna, "conflict", {"grounds": "min nabo"})
    with records.database.write() as connection:
        assert not take_case(connection, "fines", "A0", 1)
        assert next_case(connection, "intake", 1).case_id == "A1"
        assert next_case(connection, "intake", bo.id).case_id == "A0"
        assert take_case(connection, "fines", "A0", bo.id)
    records.act("A0", anna, "conflict", {"grounds": "igen"})
    assert records.one("SELECT assigned_to FROM case_file WHERE case_id = 'A0'") == bo.id


def test_case_is_looked_after_on_its_day(records: Any, anna: Any) -> None:
    with records.database.write() as connection:
        take_case(connection, "fines", "A0", 1)
    records.act("A0", anna, "follow_up", {"what": "er pengene kommet?"}, until=day(records, 2))
    records.decide("A0", anna)
    with records.database.read() as connection:
        assert follow_ups(connection, 1, day(records, 1)) == []
        (found,) = follow_ups(connection, 1, day(records, 2))
    assert (found.case_id, found.status, found.follow_up_on) == ("A0", "closed", day(records, 2))
    records.act("A0", anna, "followed_up")
    with records.database.read() as connection:
        assert follow_ups(connection, 1, day(records, 9)) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("awaiting = 'spring', awaiting_until = '2026-12-07'", "because it was parked"),
        ("awaiting = 'parked'", "has a last day"),
        ("awaiting_until = '2026-12-07'", "has a last day"),
    ],
)
def test_case_waits_for_nothing_else(records: Any, anna: Any, change: str, sentence: str) -> None:
    with pytest.raises(RefusedError, match=sentence):
        records.run(f"UPDATE case_file SET {change}")


PLANS = {
    "team": lambda connection: waiting_queue(connection, team="intake", after=("a", "b", "c", "d")),
    "one person": lambda connection: waiting_queue(connection, user_id=1, after=("a", "b", "c", "d")),
    "follow-ups": lambda connection: follow_ups(connection, 1, "2026-12-07"),
    "next": lambda connection: next_case(connection, "intake", 1),
}


@pytest.mark.parametrize("ask", PLANS.values(), ids=PLANS.keys())
def test_list_reads_one_index_and_sorts_nothing(sqlite_records: Any, ask: Any) -> None:
    seen: list[tuple[str, Any]] = []
    sa.event.listen(
        sqlite_records.database.engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, values, *_: seen.append((statement, values)),
    )
    with sqlite_records.database.read() as connection:
        ask(connection)
        statement, values = seen[-1]
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert "USING INDEX ix_case_file_" in plan[0]
    assert "TEMP B-TREE" not in " ".join(plan)
    assert "SCAN" not in " ".join(plan)
