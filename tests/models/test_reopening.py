"""A decided case opens again only where a person says why; one that awaits its letter is closed by the letter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from config.errors import InputError, RefusedError
from models.audit_verify import verify
from models.case_reader import cases_to_assess
from models.clock import FAR_DAY, danish_day
from models.decision_store import AlreadyDecidedError
from models.dispatch_failures import record_failures
from models.letters import Unsent
from models.queue import case_file, take_case, team_queue
from models.waiting_queue import waiting_queue

OPEN_AGAIN = "UPDATE case_file SET status = 'open', closed_at = NULL WHERE case_id = 'A1'"
HEARD = {"points": [{"field": "amount", "statement": "Du har 12.000 kr. i banken"}]}


@pytest.fixture
def anna(records: Any) -> Any:
    records.state()
    records.cases(["A1", "A2"])
    records.assess(["A1", "A2"], route="caseworker", gates_closed='["rule"]')
    return records.sign_in(records.user())


def reopen(records: Any, anna: Any, decision_id: int) -> None:
    content = {"decision_id": decision_id, "ground": "complaint", "reason": "nye papirer"}
    records.act("A1", anna, "reopened", content)


def stands(records: Any) -> tuple[Any, ...]:
    with records.database.read() as connection:
        file = case_file(connection, "fines", "A1")
    return file["status"], file["awaiting"], file["awaiting_until"]


def queued(records: Any) -> list[str]:
    with records.database.read() as connection:
        return [case.case_id for case in team_queue(connection, "intake")]


def test_reopened_case_is_in_the_queue_and_is_decided_anew(records: Any, anna: Any) -> None:
    first = records.decide("A1", anna, outcome="refused", hearing="nothing_held")
    with pytest.raises(RefusedError, match="opened again only by a person"):
        records.run(OPEN_AGAIN)
    reopen(records, anna, first.id)
    assert stands(records) == ("open", None, None)
    assert queued(records) == ["A1", "A2"]
    second = records.decide("A1", anna, expected_round=2)
    assert (second.round, second.replaces) == (2, first.id)
    with pytest.raises(RefusedError, match="opened again only by a person"):
        records.run(OPEN_AGAIN)
    assert verify(records.database, records.heads) == []


def test_open_case_is_not_reopened_nor_one_by_the_decision_of_another(records: Any, anna: Any) -> None:
    other = records.decide("A2", anna)
    with pytest.raises(InputError, match="A1 has no decision"):
        reopen(records, anna, other.id)
    records.decide("A1", anna)
    reopen(records, anna, 2)
    with pytest.raises(RefusedError, match="not closed, so it cannot be reopened"):
        reopen(records, anna, 2)


def test_case_that_an_import_closed_is_not_reopened(records: Any, anna: Any, make_arriving: Any) -> None:
    received = make_arriving(["A9"]).received_at
    records.cases(["A9"], closed_at=received + np.timedelta64(2, "h"))
    with pytest.raises(RefusedError, match="opened again only by a person"):
        records.run("UPDATE case_file SET status = 'open', closed_at = NULL WHERE case_id = 'A9'")


def test_hearing_before_the_case_was_reopened_is_none_for_the_new_decision(records: Any, anna: Any) -> None:
    long_ago = danish_day(records.database.clock() - timedelta(days=3))
    records.act("A1", anna, "hearing", HEARD, until=long_ago)
    records.act("A1", anna, "hearing_exception", {"number": 1, "reasons": "kendt"})
    first = records.decide("A1", anna, outcome="refused", hearing="held")
    reopen(records, anna, first.id)
    for hearing, sentence in (("held", "no hearing is on record"), ("exception", "no exception")):
        with pytest.raises(RefusedError, match=sentence):
            records.decide("A1", anna, outcome="refused", hearing=hearing, expected_round=2)


def test_decision_that_awaits_its_letter_leaves_the_queue_and_the_letter_closes_the_case(
    records: Any, anna: Any
) -> None:
    decided = records.decide("A1", anna, awaits_dispatch=True)
    assert stands(records) == ("open", "dispatch", FAR_DAY)
    assert queued(records) == ["A2"]
    with records.database.read() as connection:
        assert [case.awaiting for case in waiting_queue(connection, team="intake")] == ["dispatch"]
        versions = {"model_version": "2", "rules_version": 2, "case_type_version": 2}
        assert list(cases_to_assess(connection, "fines", **versions)) == ["A2"]
    letter = records.letter("A1", kind="decision", decision_id=decided.id)
    assert stands(records) == ("closed", None, None)
    assert records.one("SELECT closed_at FROM case_file WHERE case_id = 'A1'") == letter.sent_at


def test_case_that_awaits_its_letter_is_not_decided_again(records: Any, anna: Any) -> None:
    records.decide("A1", anna, awaits_dispatch=True)
    with pytest.raises(AlreadyDecidedError):
        records.decide("A1", anna)
    with pytest.raises(RefusedError, match="anew only after it was reopened"):
        records.decide("A1", anna, expected_round=2)
    records.act("A1", anna, "asked", {"of": "citizen", "whom": "Ida", "text": "?"}, until="2099-01-01")
    assert stands(records) == ("open", "dispatch", FAR_DAY)


def test_case_whose_letter_could_not_be_sent_goes_on_waiting_and_the_letter_still_closes_it(
    records: Any, anna: Any
) -> None:
    decided = records.decide("A1", anna, awaits_dispatch=True)
    records.act("A1", None, "dispatch_failed", {"decision_id": decided.id, "why": "ingen postkasse"})
    assert stands(records) == ("open", "dispatch", FAR_DAY)
    assert queued(records) == ["A2"]
    records.letter("A1", kind="decision", decision_id=decided.id)
    assert stands(records) == ("closed", None, None)


def test_late_letter_of_an_old_decision_does_not_close_a_case_that_was_reopened(records: Any, anna: Any) -> None:
    decided = records.decide("A1", anna)
    reopen(records, anna, decided.id)
    records.letter("A1", kind="decision", decision_id=decided.id)
    assert stands(records) == ("open", None, None)


def test_other_letters_close_no_case(records: Any, anna: Any) -> None:
    records.decide("A1", anna, awaits_dispatch=True)
    records.letter("A1")
    assert stands(records)[0] == "open"


def test_why_a_letter_could_not_be_sent_is_told_once_for_each_reason_in_a_row(records: Any, anna: Any) -> None:
    decided = records.decide("A1", anna, awaits_dispatch=True)
    told = records.decide("A2", anna)
    waits, closed = (Unsent("fines", one.case_id, one.id) for one in (decided, told))
    for why in ("ingen postkasse", "ingen postkasse", "æ" * 5_000, "æ" * 5_000, "ingen postkasse"):
        record_failures(records.database, [(waits, why), (closed, why)])
    found = records.all("SELECT case_id, length(content) FROM case_act WHERE kind = 'dispatch_failed' ORDER BY id")
    assert [case_id for case_id, _ in found] == ["A1", "A1", "A1"], "A2 waits for no letter"
    assert found[1][1] < 2_100, "a reason has an end"
    records.letter("A1", kind="decision", decision_id=decided.id)
    record_failures(records.database, [(waits, "for sent")])
    assert len(records.all("SELECT id FROM case_act WHERE kind = 'dispatch_failed'")) == 3


def test_case_that_waits_for_its_letter_is_taken_by_nobody(records: Any, anna: Any) -> None:
    records.decide("A1", anna, awaits_dispatch=True)
    with records.database.write() as connection:
        assert not take_case(connection, "fines", "A1", anna.user.id)
        assert take_case(connection, "fines", "A2", anna.user.id)
