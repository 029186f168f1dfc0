"""A person's correction of a fact is a version of its own, by somebody who may, and no later file undoes it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from config.errors import InputError, RefusedError
from models.audit_verify import verify
from models.case_reader import facts_history, load_cases
from models.correction_history import named_corrections
from models.corrections import StaleFactsError, record_correction
from models.people import disable_user
from models.sign_ins import end_sign_in

FIRST = '{"amount":100.5,"channel":"post"}'


@pytest.fixture
def anna(records: Any) -> Any:
    """A caseworker's sign-in, and one case of her team."""
    records.cases(["A1"], facts=[FIRST])
    records.run("UPDATE case_file SET team = 'intake'")
    return records.sign_in(records.user(team="intake"))


def correct(records: Any, sign_in: Any, **given: Any) -> int:
    values = {"field": "amount", "value": 90.0, "reason": "lønsedlen", "expected_version": 1, **given}
    with records.database.write() as connection:
        return record_correction(connection, case_type="fines", case_id="A1", sign_in_id=sign_in.id, **values)


def known(records: Any) -> dict[str, Any]:
    with records.database.read() as connection:
        return json.loads(load_cases(connection, "fines").facts[0])


def history(records: Any) -> list[tuple[Any, ...]]:
    with records.database.read() as connection:
        found = named_corrections(connection, facts_history(connection, "fines", "A1"))
    return [(one.field, one.old, one.new, one.by, one.reason, one.is_kept) for one in found]


def test_correction_is_a_new_version_with_reason_and_name_that_the_trail_seals(records: Any, anna: Any) -> None:
    assert correct(records, anna) == 2
    assert known(records) == {"amount": 90.0, "channel": "post"}
    assert history(records) == [("amount", 100.5, 90.0, "Anna", "lønsedlen", False)]
    assert verify(records.database, records.heads) == []
    action, actor, payload = records.all("SELECT action, actor, payload FROM audit ORDER BY seq DESC LIMIT 1")[0]
    assert (action, actor) == ("case.fact_corrected", "user:1")
    for secret in ("A1", "90.0", "amount", "løn"):
        assert secret not in payload


def test_fact_can_be_taken_away_and_given_again(records: Any, anna: Any) -> None:
    correct(records, anna, value=None)
    assert known(records) == {"channel": "post"}
    correct(records, anna, value=7.0, expected_version=2)
    assert known(records) == {"channel": "post", "amount": 7.0}


def test_whoever_has_read_older_facts_is_refused_and_nothing_is_stored(records: Any, anna: Any) -> None:
    correct(records, anna)
    with pytest.raises(StaleFactsError):
        correct(records, anna, value=80.0)
    assert known(records)["amount"] == 90.0


@pytest.mark.parametrize("given", [{"reason": " "}, {"reason": "x" * 2_001}, {"value": 100.5}])
def test_correction_that_says_nothing_is_refused(records: Any, anna: Any, given: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        correct(records, anna, **given)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE case_file SET status = 'closed', closed_at = received_at",
        "UPDATE case_file SET team = 'senior'",
        "UPDATE case_file SET assigned_to = 2",
        "UPDATE user_account SET role = 'auditor'",
    ],
)
def test_case_that_is_closed_or_somebody_elses_is_refused(records: Any, anna: Any, statement: str) -> None:
    records.user("bo")
    records.run(statement)
    with pytest.raises(RefusedError):
        correct(records, anna)
    assert known(records)["amount"] == 100.5


def test_sign_in_that_is_over_corrects_nothing(records: Any, anna: Any) -> None:
    with records.database.write() as connection:
        end_sign_in(connection, anna.id)
    with pytest.raises(RefusedError, match="not live"):
        correct(records, anna)
    again = records.sign_in(anna.user)
    with records.database.write() as connection:
        disable_user(connection, anna.user, actor="system")
    with pytest.raises(RefusedError, match=r"disabled|not live"):
        correct(records, again)


def test_whoever_declared_a_conflict_corrects_nothing(records: Any, anna: Any) -> None:
    records.act("A1", anna, "conflict", {"grounds": "min nabo"})
    with pytest.raises(RefusedError, match="conflict"):
        correct(records, anna)


def test_same_file_again_leaves_the_correction(records: Any, anna: Any) -> None:
    correct(records, anna)
    assert not records.cases(["A1"], facts=[FIRST]).changes_anything
    assert known(records)["amount"] == 90.0


def test_file_with_another_value_is_kept_on_record_and_the_correction_stands(records: Any, anna: Any) -> None:
    correct(records, anna)
    imported = records.cases(["A1"], facts=['{"amount":70.0,"channel":"web"}'])
    assert (imported.changed_cases, imported.corrections_kept) == (1, 1)
    assert known(records) == {"amount": 90.0, "channel": "web"}
    assert history(records)[1:] == [("amount", 70.0, 90.0, None, "", True)]
    assert verify(records.database, records.heads) == []
    assert not records.cases(["A1"], facts=['{"amount":70.0,"channel":"web"}']).changes_anything


def test_file_that_has_come_to_say_the_same_needs_nothing_put_back(records: Any, anna: Any) -> None:
    correct(records, anna)
    assert records.cases(["A1"], facts=['{"amount":90.0,"channel":"post"}']).corrections_kept == 0
    assert records.cases(["A1"], facts=['{"amount":60.0,"channel":"post"}']).corrections_kept == 1
    assert known(records)["amount"] == 90.0


def test_value_that_the_citizen_has_taken_back_does_not_return(records: Any, anna: Any) -> None:
    correct(records, anna)
    no = {"amount": np.array([0], dtype=np.int8)}
    assert records.cases(["A1"], facts=['{"channel":"web"}'], consents=no).corrections_kept == 0
    assert known(records) == {"channel": "web"}
