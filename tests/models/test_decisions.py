"""Promises 1 and 7: a natural person's live sign-in decides, and of two deciders one wins."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from config.errors import InputError, RefusedError
from models.clock import stamp
from models.database import open_database
from models.decision_store import AlreadyDecidedError, decisions_of, record_decision
from models.migrate import upgrade
from models.people import disable_user
from models.sign_ins import end_sign_in
from models.workspace_kind import is_demo, mark_as_demo


def test_decision_closes_its_case_and_stands_in_the_trail(records: Any) -> None:
    records.cases(["A1"])
    decided = records.decide("A1", records.sign_in(records.user()))
    assert (decided.round, decided.outcome, decided.decided_by) == (1, "granted", "Anna")
    assert records.all("SELECT status, closed_at FROM case_file") == [("closed", decided.decided_at)]
    actor, subject, payload = records.all("SELECT actor, subject, payload FROM audit ORDER BY seq DESC LIMIT 1")[0]
    assert actor == f"user:{decided.decided_by_id}"
    assert subject.startswith("case:")
    assert "A1" not in subject + payload


def insert(records: Any, **given: Any) -> None:
    """A decision as raw SQL would write it, past every function of ours."""
    values = {"case_id": "A1", "round": 1, "sign_in": 1, "outcome": "granted", "at": records.database.now, **given}
    records.run(
        "INSERT INTO decision (case_type, case_id, round, sign_in_id, outcome, reasons, decided_at, audit_batch)"
        " VALUES ('fines', :case_id, :round, :sign_in, :outcome, '', :at, 'x')",
        **values,
    )


@pytest.mark.parametrize("role", ["steward", "auditor"])
def test_steward_and_auditor_cannot_decide(records: Any, role: str) -> None:
    records.cases(["A1"])
    records.sign_in(records.user(role=role))
    with pytest.raises(RefusedError, match="only a caseworker or a team lead"):
        insert(records)


def test_decision_without_sign_in_is_refused(records: Any) -> None:
    records.cases(["A1"])
    with pytest.raises(RefusedError, match="sign-in"):
        insert(records, sign_in=99)
    with pytest.raises(RefusedError):
        insert(records, sign_in=None)
    assert records.one("SELECT count(*) FROM decision") == 0


def test_service_cannot_decide(records: Any) -> None:
    records.cases(["A1"])
    records.sign_in(records.user("robot", kind="service"))
    with pytest.raises(RefusedError, match="natural person"):
        insert(records)


def test_system_is_no_persons_name(records: Any) -> None:
    for name in ("system", "System"):
        with pytest.raises(RefusedError, match="kept for the machine"):
            records.user(name)


def test_ended_sign_in_cannot_decide(records: Any) -> None:
    records.cases(["A1"])
    signed_in = records.sign_in(records.user())
    with records.database.write() as connection:
        end_sign_in(connection, signed_in.id)
    with pytest.raises(RefusedError, match="not live"):
        records.decide("A1", signed_in)
    with pytest.raises(RefusedError, match=r"never changed|stays ended"):
        records.run("UPDATE sign_in SET ended_at = NULL")


def test_expired_sign_in_cannot_decide(records: Any) -> None:
    records.cases(["A1"])
    signed_in = records.sign_in(records.user(), longest=timedelta(microseconds=1))
    with pytest.raises(RefusedError, match="not live"):
        records.decide("A1", signed_in)


def test_sign_in_for_another_act_cannot_decide(records: Any) -> None:
    records.cases(["A1"])
    with pytest.raises(RefusedError, match="another act"):
        records.decide("A1", records.sign_in(records.user(), purpose="publish rules"))


def test_disabled_user_cannot_decide(records: Any) -> None:
    records.cases(["A1"])
    user = records.user()
    signed_in = records.sign_in(user)
    with records.database.write() as connection:
        disable_user(connection, user, actor="system")
    with pytest.raises(RefusedError, match="disabled"):
        records.decide("A1", signed_in)
    with pytest.raises(RefusedError, match="disabled"):
        records.sign_in(user)


@pytest.mark.parametrize("outcome", ["", None])
def test_decision_needs_an_outcome(records: Any, outcome: str | None) -> None:
    records.cases(["A1"])
    records.sign_in(records.user())
    with pytest.raises((RefusedError, InputError)):
        insert(records, outcome=outcome)
    assert records.one("SELECT count(*) FROM decision") == 0


@pytest.mark.parametrize("at", ["2020-01-01T00:00:00.000000Z", "2020-01-01", "now", ""])
def test_decision_cannot_be_dated_otherwise(records: Any, at: str) -> None:
    records.cases(["A1"])
    records.sign_in(records.user())
    with pytest.raises((RefusedError, InputError)):
        insert(records, at=at)


def test_decision_cannot_be_dated_an_hour_ahead(records: Any) -> None:
    records.cases(["A1"])
    records.sign_in(records.user())
    with pytest.raises(RefusedError, match="not now"):
        insert(records, at=stamp(records.database.clock() + timedelta(hours=1)))


def test_unknown_case_cannot_be_decided(records: Any) -> None:
    signed_in = records.sign_in(records.user())
    with pytest.raises(InputError, match="case A9 of fines is not on record"):
        records.decide("A9", signed_in)


def test_closed_case_cannot_be_decided(records: Any, make_arriving: Any) -> None:
    received = make_arriving(["A1"]).received_at
    records.cases(["A1"], closed_at=received)
    with pytest.raises(RefusedError, match="not open"):
        records.decide("A1", records.sign_in(records.user()))


def test_assessment_of_another_case_is_refused(records: Any) -> None:
    records.cases(["A1", "A2"])
    records.state()
    records.assess(["A2"])
    with pytest.raises(RefusedError, match="belongs to another case"):
        records.decide("A1", records.sign_in(records.user()), assessment_id=1)


def test_second_decider_is_told_who_and_when(records: Any) -> None:
    records.cases(["A1"])
    first = records.decide("A1", records.sign_in(records.user()))
    with pytest.raises(AlreadyDecidedError, match=r"A1 was decided by Anna at 20.*granted") as told:
        records.decide("A1", records.sign_in(records.user("bo")), outcome="refused")
    assert told.value.decision == first


def test_decision_cannot_be_added_behind_the_first(records: Any) -> None:
    records.cases(["A1"])
    signed_in = records.sign_in(records.user())
    decided = records.decide("A1", signed_in)
    records.act(
        "A1", signed_in, "reopened", {"decision_id": decided.id, "ground": "klage", "reason": "nye papirer"}
    )
    for number in (1, 2, 3):
        with pytest.raises(RefusedError, match=r"just been decided|replaces|refers to"):
            insert(records, round=number)


def test_of_two_people_deciding_at_once_one_wins(records: Any) -> None:
    ids = [f"A{number}" for number in range(8)]
    records.cases(ids)
    records.publish_type("outcomes: {by 0: {fully_in_favour: true}, by 1: {fully_in_favour: true}}")
    sign_ins = [records.sign_in(records.user(name)) for name in ("anna", "bo")]
    told: list[tuple[str, str]] = []

    def decide(case_id: str, person: int, gate: threading.Barrier) -> None:
        gate.wait()
        try:
            with records.database.write() as connection:
                record_decision(
                    connection, case_type="fines", case_id=case_id, sign_in_id=sign_ins[person].id,
                    outcome=f"by {person}", reasons="",
                )  # fmt: skip
        except AlreadyDecidedError as error:
            told.append((case_id, str(error)))

    for case_id in ids:
        gate = threading.Barrier(2)
        threads = [threading.Thread(target=decide, args=(case_id, person, gate)) for person in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with records.database.read() as connection:
        stored = [decisions_of(connection, "fines", case_id) for case_id in ids]
    assert [len(decisions) for decisions in stored] == [1] * len(ids)
    assert sorted(case_id for case_id, _ in told) == sorted(ids)
    for case_id, sentence in told:
        winner = stored[ids.index(case_id)][0].decided_by
        assert f"decided by {winner}" in sentence


def test_past_decisions_stand_only_in_a_demo(database_url: str, heads: Any, make_arriving: Any) -> None:
    from models.case_store import put_cases
    from models.people import add_user
    from models.publication import publish
    from models.sign_ins import begin_sign_in

    past = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)
    database = open_database(database_url, clock=lambda: past, heads=heads)
    upgrade(database)
    with database.write() as connection:
        mark_as_demo(connection)
    with database.write() as connection:
        put_cases(connection, "fines", make_arriving(["A1"]))
        publish(connection, "case_type", "fines", "fields: {}")
        user = add_user(connection, name="anna", full_name="Anna", role="caseworker")
        signed_in = begin_sign_in(connection, user, method="demo")
        done = record_decision(
            connection, case_type="fines", case_id="A1", sign_in_id=signed_in.id, outcome="granted", reasons=""
        )
    with database.read() as connection:
        assert is_demo(connection)
    assert done.decided_at == "2025-03-01T09:00:00.000000Z"
    database.close()


def test_workspace_with_cases_never_becomes_a_demo(records: Any) -> None:
    records.cases(["A1"])
    with pytest.raises(RefusedError, match="never becomes a demo"), records.database.write() as connection:
        mark_as_demo(connection)
