"""A case whose decision waits for its letter is not closed without it, by whatever statement."""

from __future__ import annotations

from typing import Any

import pytest

from config.errors import RefusedError
from models.audit_verify import verify

CLOSED_BY_HAND = (
    "status = 'closed', closed_at = '2026-11-24T08:00:00.000000Z', awaiting = NULL, awaiting_until = NULL",
    "status = 'closed', closed_at = '2026-11-24T08:00:00.000000Z'",
)
BY_ITS_LETTER = "closed by the letter of its decision|waits for the letter of its decision"


@pytest.fixture
def anna(records: Any) -> Any:
    records.cases(["A1", "A2"])
    return records.sign_in(records.user())


def update(records: Any, what: str, case_id: str = "A1") -> None:
    records.run(f"UPDATE case_file SET {what} WHERE case_id = '{case_id}'")


def stands(records: Any) -> tuple[Any, ...]:
    return records.all("SELECT status, awaiting FROM case_file WHERE case_id = 'A1'")[0]


@pytest.mark.parametrize("what", CLOSED_BY_HAND)
def test_case_that_awaits_its_letter_is_closed_by_no_statement(records: Any, anna: Any, what: str) -> None:
    decided = records.decide("A1", anna, awaits_dispatch=True)
    with pytest.raises(RefusedError, match=BY_ITS_LETTER):
        update(records, what)
    with pytest.raises(RefusedError, match="nothing else ends that"):
        update(records, "awaiting = NULL, awaiting_until = NULL")
    assert stands(records) == ("open", "dispatch")
    records.letter("A1", kind="decision", decision_id=decided.id)
    assert stands(records) == ("closed", None)
    assert verify(records.database, records.heads) == []


def test_case_whose_letter_could_not_be_sent_is_closed_by_the_letter_alone(records: Any, anna: Any) -> None:
    decided = records.decide("A1", anna, awaits_dispatch=True)
    records.act("A1", None, "dispatch_failed", {"decision_id": decided.id, "why": "ingen vej"})
    assert stands(records) == ("open", "dispatch")
    for what in CLOSED_BY_HAND:
        with pytest.raises(RefusedError, match=BY_ITS_LETTER):
            update(records, what)
    records.letter("A1", kind="decision", decision_id=decided.id)
    assert stands(records) == ("closed", None)


def test_letter_of_another_case_or_of_another_kind_closes_nothing(records: Any, anna: Any) -> None:
    records.decide("A1", anna, awaits_dispatch=True)
    other = records.decide("A2", anna, awaits_dispatch=True)
    records.letter("A2", kind="decision", decision_id=other.id)
    records.letter("A1", kind="receipt")
    with pytest.raises(RefusedError, match=BY_ITS_LETTER):
        update(records, CLOSED_BY_HAND[0])


def test_case_that_waits_for_no_letter_is_closed_as_before(records: Any, anna: Any) -> None:
    records.decide("A1", anna)
    assert stands(records) == ("closed", None)
    update(records, CLOSED_BY_HAND[0], "A2")
