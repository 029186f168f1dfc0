"""A stretch of time is found among acts that have no index by time, and holds closed cases of one team alone."""

from __future__ import annotations

from typing import Any

import pytest

from models.month_acts import acts_between, assessed_then, assessments_decided_on, first_act_since


@pytest.fixture
def anna(records: Any) -> Any:
    records.state()
    records.cases(["A1", "A2"])
    records.assess(["A1", "A2"], route="caseworker", gates_closed='["rule"]', rule="Høje beløb")
    return records.sign_in(records.user())


def note(records: Any, anna: Any, case_id: str = "A1") -> int:
    return int(records.act(case_id, anna, "note", {"text": "set"}).id)


def between(records: Any, since: str, until: str, team: str = "intake", kinds: tuple[str, ...] = ("note",)) -> Any:
    with records.database.read() as connection:
        return [act.id for act in acts_between(connection, team, kinds, since, until)]


def test_where_a_moment_lies_among_acts_is_found_by_halving(records: Any, anna: Any) -> None:
    with records.database.read() as connection:
        assert first_act_since(connection, "2026-01-01") == 1
    moments, ids = [], []
    for _ in range(7):
        moments.append(records.database.now)
        ids.append(note(records, anna))
    with records.database.read() as connection:
        assert [first_act_since(connection, moment) for moment in moments] == ids
        assert first_act_since(connection, "2000") == ids[0]
        assert first_act_since(connection, "9999") == ids[-1] + 1


def test_only_closed_cases_of_the_team_and_acts_within_the_stretch_are_there(records: Any, anna: Any) -> None:
    early = note(records, anna)
    since = records.database.now
    mine, of_open_case = note(records, anna), note(records, anna, "A2")
    until = records.database.now
    late = note(records, anna)
    assert between(records, since, until) == []
    decided = records.decide("A1", anna, assessment_id=1)
    assert between(records, since, until) == [mine]
    assert between(records, "2000", "9999") == [early, mine, late]
    assert of_open_case not in between(records, "2000", "9999")
    assert between(records, since, until, team="senior") == []
    assert between(records, since, until, kinds=("dilemma",)) == []
    content = {"decision_id": decided.id, "ground": "complaint", "reason": "nye papirer"}
    records.act("A1", anna, "reopened", content)
    assert between(records, since, until) == []


def test_what_the_machine_had_said_is_read_by_its_number(records: Any, anna: Any) -> None:
    decided = records.decide("A1", anna, assessment_id=1)
    records.cases(["A3"])
    other = records.decide("A3", anna)
    with records.database.read() as connection:
        assert assessments_decided_on(connection, [decided.id, other.id]) == {decided.id: 1}
        (seen,) = assessed_then(connection, [1]).values()
        assert (seen.rule, seen.model_version, seen.complexity) == ("Høje beløb", "1", 0.1)
        assert assessed_then(connection, []) == {}
