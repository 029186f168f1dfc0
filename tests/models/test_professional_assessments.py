"""A report is assessed by a natural person who is signed in, once; of two people one wins."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from config.errors import InputError, RefusedError
from models.audit_verify import verify
from models.erasing import erase_case
from models.people import disable_user
from models.professional_assessments import AlreadyAssessedError, professional_assessment_of
from models.sign_ins import end_sign_in


def test_assessment_closes_its_case_and_stands_in_the_trail(records: Any) -> None:
    records.cases(["A1"])
    assessed = records.report("A1", records.sign_in(records.user()), result="acute_help")
    assert (assessed.result, assessed.reasons, assessed.assessed_by) == (
        "acute_help",
        "the child is safe tonight",
        "Anna",
    )
    assert records.all("SELECT status, closed_at FROM case_file") == [("closed", assessed.assessed_at)]
    with records.database.read() as connection:
        assert professional_assessment_of(connection, "fines", "A1") == assessed
        assert professional_assessment_of(connection, "fines", "A2") is None
    action, subject, payload = records.all("SELECT action, subject, payload FROM audit ORDER BY seq DESC LIMIT 1")[
        0
    ]
    assert action == "case.professionally_assessed"
    for secret in ("A1", "acute", "child"):
        assert secret not in subject + payload
    assert verify(records.database, records.heads) == []


def insert(records: Any, **given: Any) -> None:
    """An assessment as raw SQL would write it, past every function of ours."""
    values = {"case_id": "A1", "sign_in": 1, "result": "no_danger", "at": records.database.now, **given}
    records.run(
        "INSERT INTO professional_assessment (case_type, case_id, sign_in_id, result, reasons, assessed_at,"
        " audit_batch) VALUES ('fines', :case_id, :sign_in, :result, '', :at, 'x')",
        **values,
    )


@pytest.mark.parametrize("role", ["steward", "auditor"])
def test_steward_and_auditor_cannot_assess(records: Any, role: str) -> None:
    records.cases(["A1"])
    records.sign_in(records.user(role=role))
    with pytest.raises(RefusedError, match="only a caseworker or a team lead assesses"):
        insert(records)


def test_nobody_assesses_without_a_live_sign_in(records: Any) -> None:
    records.cases(["A1"])
    with pytest.raises(RefusedError, match="needs a person's sign-in"):
        insert(records)
    signed_in = records.sign_in(records.user())
    with records.database.write() as connection:
        end_sign_in(connection, signed_in.id)
    with pytest.raises(RefusedError, match="not live when the case was assessed"):
        records.report("A1", signed_in)
    assert records.one("SELECT count(*) FROM professional_assessment") == 0


def test_expired_sign_in_cannot_assess(records: Any) -> None:
    records.cases(["A1"])
    signed_in = records.sign_in(records.user(), longest=timedelta(microseconds=1))
    with pytest.raises(RefusedError, match="not live when the case was assessed"):
        records.report("A1", signed_in)
    with pytest.raises(RefusedError, match="not live when the case was assessed"):
        insert(records)


def test_sign_in_for_another_act_cannot_assess(records: Any) -> None:
    records.cases(["A1"])
    with pytest.raises(RefusedError, match="another act; sign in to assess"):
        records.report("A1", records.sign_in(records.user(), purpose="publish rules"))


def test_disabled_user_cannot_assess(records: Any) -> None:
    records.cases(["A1"])
    user = records.user()
    signed_in = records.sign_in(user)
    with records.database.write() as connection:
        disable_user(connection, user, actor="system")
    with pytest.raises(RefusedError, match="disabled and can no longer assess"):
        records.report("A1", signed_in)


def test_case_that_an_import_has_closed_is_not_assessed(records: Any, make_arriving: Any) -> None:
    closed_at = make_arriving(["A1"]).received_at + np.timedelta64(2, "h")
    records.cases(["A1"], closed_at=closed_at)
    signed_in = records.sign_in(records.user())
    with pytest.raises(RefusedError, match="not open, so it cannot be assessed"):
        records.report("A1", signed_in)
    with pytest.raises(RefusedError, match="not open, so it cannot be assessed"):
        insert(records)


def test_case_that_is_not_on_record_is_not_assessed(records: Any) -> None:
    signed_in = records.sign_in(records.user())
    with pytest.raises(InputError, match="case A9 of fines is not on record"):
        records.report("A9", signed_in)
    with pytest.raises(RefusedError, match="not open, so it cannot be assessed"):
        insert(records, case_id="A9")


def test_refused_assessment_leaves_the_case_open_and_the_trail_as_it_was(records: Any) -> None:
    records.cases(["A1"])
    signed_in = records.sign_in(records.user(role="auditor"))
    entries = records.one("SELECT count(*) FROM audit")
    with pytest.raises(RefusedError, match="only a caseworker or a team lead"):
        records.report("A1", signed_in)
    assert records.all("SELECT status, closed_at FROM case_file") == [("open", None)]
    assert records.one("SELECT count(*) FROM audit") == entries


def test_team_lead_assesses(records: Any) -> None:
    records.cases(["A1"])
    assert records.report("A1", records.sign_in(records.user(role="team_lead"))).result == "no_danger"


def test_service_cannot_assess(records: Any) -> None:
    records.cases(["A1"])
    records.sign_in(records.user("robot", kind="service"))
    with pytest.raises(RefusedError, match="only a natural person assesses"):
        insert(records)


@pytest.mark.parametrize("at", ["2020-01-01T00:00:00.000000Z", "now", ""])
def test_assessment_cannot_be_dated_otherwise(records: Any, at: str) -> None:
    records.cases(["A1"])
    records.sign_in(records.user())
    with pytest.raises((RefusedError, InputError)):
        insert(records, at=at)


@pytest.mark.parametrize("result", ["", None])
def test_assessment_needs_a_result(records: Any, result: str | None) -> None:
    records.cases(["A1"])
    records.sign_in(records.user())
    with pytest.raises((RefusedError, InputError)):
        insert(records, result=result)


def test_decided_case_is_not_assessed_and_assessed_case_is_not_decided(records: Any) -> None:
    records.cases(["A1", "A2"])
    signed_in = records.sign_in(records.user())
    records.decide("A1", signed_in)
    records.report("A2", signed_in)
    with pytest.raises(RefusedError, match="not open, so it cannot be assessed"):
        records.report("A1", signed_in)
    with pytest.raises(RefusedError, match="not open, so it cannot be decided"):
        records.decide("A2", signed_in)


def test_report_that_was_assessed_stays_closed(records: Any) -> None:
    records.cases(["A1"])
    signed_in = records.sign_in(records.user())
    records.report("A1", signed_in)
    with pytest.raises(RefusedError, match="opened again only by a person"):
        records.run("UPDATE case_file SET status = 'open', closed_at = NULL")
    with pytest.raises(RefusedError, match="only a case that was decided here can be reopened"):
        records.run(
            "INSERT INTO case_act (case_type, case_id, sign_in_id, at, kind, content, audit_batch)"
            " VALUES ('fines', 'A1', 1, :at, 'reopened', '{}', 'x')",
            at=records.database.now,
        )


def test_of_two_people_assessing_at_once_one_wins_and_the_other_is_told(records: Any) -> None:
    ids = [f"A{number}" for number in range(6)]
    records.cases(ids)
    sign_ins = [records.sign_in(records.user(name)) for name in ("anna", "bo")]
    told: dict[str, AlreadyAssessedError] = {}

    def report(case_id: str, person: int, gate: threading.Barrier) -> None:
        gate.wait()
        try:
            records.report(case_id, sign_ins[person], result=f"by {person}")
        except AlreadyAssessedError as error:
            told[case_id] = error

    for case_id in ids:
        gate = threading.Barrier(2)
        threads = [threading.Thread(target=report, args=(case_id, person, gate)) for person in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(told) == ids
    for case_id, error in told.items():
        with records.database.read() as connection:
            stored = professional_assessment_of(connection, "fines", case_id)
        assert error.assessed == stored
        assert f"case {case_id} was assessed by {error.assessed.assessed_by}" in str(error)


def test_assessment_goes_with_its_case_and_the_trail_stays_whole(full: Any) -> None:
    with full.database.write() as connection:
        erase_case(connection, "fines", "A3", basis="arkivloven", actor="user:1")
    assert full.one("SELECT count(*) FROM professional_assessment") == 0
    assert verify(full.database, full.heads) == []
