"""Which closed cases somebody may practise on, and what an answer is held against."""

from __future__ import annotations

from typing import Any

import pytest

from models.citizens import Citizen
from models.practice import agree_in_practice, answer_practice, ask_for_practice, practised
from models.practice_cases import case_for_practice, is_for_practice

SAID = {"shown": {"effort": "simple"}, "said": {"effort": "complex"}}


@pytest.fixture
def people(records: Any) -> list[Any]:
    """Anna is user 1 and Bo user 2; six cases, of which Bo decided five."""
    records.state()
    records.cases([f"A{number}" for number in range(6)])
    records.assess([f"A{number}" for number in range(6)], route="caseworker", gates_closed='["rule"]')
    anna, bo = (records.sign_in(records.user(name)) for name in ("anna", "bo"))
    for number in range(5):
        records.decide(f"A{number}", bo, assessment_id=number + 1)
    return [anna, bo]


def drawn(records: Any, place: float = 0.0, user: int = 1, team: str = "intake", **given: Any) -> Any:
    with records.database.read() as connection:
        found = case_for_practice(
            connection, user_id=user, team=team, place=place, **{"case_types": ["fines"], **given}
        )
    return None if found is None else found[1]


def ask(records: Any, case_id: str, user: int = 1, planted: bool = True) -> Any:
    with records.database.write() as connection:
        return ask_for_practice(
            connection, user_id=user, case_type="fines", case_id=case_id, planted=planted, machine_said=SAID
        )


def test_the_place_says_where_to_begin_and_every_place_finds_a_case(records: Any, people: Any) -> None:
    assert [drawn(records, place / 5) for place in range(5)] == [f"A{number}" for number in range(5)]
    assert drawn(records, 0.999) == "A4"


def test_one_s_own_decisions_and_cases_one_has_touched_are_left_out(records: Any, people: Any) -> None:
    assert drawn(records, user=2) is None
    records.act("A0", people[0], "note", {"text": "set før"})
    assert drawn(records, 0.0) == "A1"


def test_what_was_practised_is_not_drawn_again_and_the_end_leads_back_to_the_beginning(
    records: Any, people: Any
) -> None:
    ask(records, "A4")
    assert drawn(records, 0.9) == "A0"
    for number in range(4):
        ask(records, f"A{number}")
    assert drawn(records, 0.5) is None


def test_other_teams_other_types_and_protected_addresses_are_left_out(records: Any, people: Any) -> None:
    assert drawn(records, team="senior") is None
    assert drawn(records, case_types=["other"]) is None
    assert drawn(records, case_types=[]) is None
    records.citizens(Citizen("c1", "Ida", protected_address=True))
    records.run("UPDATE case_file SET citizen_ref = 'c1' WHERE case_id = 'A0'")
    assert drawn(records, 0.0) == "A1"


def test_a_case_that_is_taken_up_again_is_no_practice_and_counts_no_longer(records: Any, people: Any) -> None:
    asked = ask(records, "A0")
    with records.database.write() as connection:
        assert answer_practice(connection, asked.id, 1, outcome="granted", effort="simple", sure=80) is not None
        assert [one.is_right for one in practised(connection, 1)] == [True]
        assert is_for_practice(connection, ("fines", "A0"), "intake")
        assert not is_for_practice(connection, ("fines", "A0"), "senior")
        assert not is_for_practice(connection, ("fines", "A0"), None)
    records.act("A0", people[1], "reopened", {"decision_id": 1, "ground": "complaint", "reason": "nye papirer"})
    assert drawn(records, 0.0, user=2) is None
    with records.database.read() as connection:
        assert not is_for_practice(connection, ("fines", "A0"), "intake")
        assert practised(connection, 1) == []


def test_of_a_case_decided_anew_the_last_decision_counts(records: Any, people: Any) -> None:
    asked = ask(records, "A0")
    records.act("A0", people[1], "reopened", {"decision_id": 1, "ground": "complaint", "reason": "nye papirer"})
    records.decide("A0", people[1], expected_round=2, outcome="refused", hearing="nothing_held", assessment_id=1)
    with records.database.write() as connection:
        answer_practice(connection, asked.id, 1, outcome="granted", effort="simple", sure=80)
        (one,) = practised(connection, 1)
    assert (one.decided, one.is_right) == ("refused", False)


def test_whether_somebody_agrees_is_kept_once_after_their_own_answer(records: Any, people: Any) -> None:
    asked = ask(records, "A0")
    with records.database.write() as connection:
        assert not agree_in_practice(connection, asked.id, 1, agrees=True)
        answered = answer_practice(connection, asked.id, 1, outcome="granted", effort="simple", sure=80)
        assert answered is not None
        assert not answered.is_finished
        assert not agree_in_practice(connection, asked.id, 2, agrees=True)
        assert agree_in_practice(connection, asked.id, 1, agrees=False)
        assert not agree_in_practice(connection, asked.id, 1, agrees=True)
        (one,) = practised(connection, 1)
        assert (one.answer.agrees, one.answer.is_finished, one.answer.machine_said) == (
            False,
            True,
            {**SAID, "agrees": False},
        )
        assert practised(connection, 2) == []
