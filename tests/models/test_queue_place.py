"""Cases stand in the queue by their nearest deadline, whatever has moved it, in both databases."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from config.words import DANISH_TIME
from models.assessment_store import store_assessments
from models.queue import team_queue
from models.queue_place import place_open
from models.working_days import working_days_in, working_days_later
from tests.models.conftest import FINES

PLACES = "SELECT case_id, contact_by, decide_by FROM case_file ORDER BY case_id"
CONTACT = "2026-01-03T08:00:00.000000Z"


@pytest.fixture
def queued(records: Any) -> Any:
    """Three cases of the first of January 2026, to be decided within 28 days, in the queue of intake."""
    records.cases(["A1", "A2", "A3"])
    records.state()
    records.publish_type()
    records.assess(["A1", "A2", "A3"], route="caseworker", gates_closed='["rule"]')
    return records


@pytest.fixture
def signed_in(queued: Any) -> Any:
    return queued.sign_in(queued.user(team="intake"))


def order(records: Any) -> list[str]:
    with records.database.read() as connection:
        return [case.case_id for case in team_queue(connection, "intake")]


def days(records: Any) -> dict[str, str | None]:
    return {case_id: day for case_id, _, day in records.all(PLACES)}


def test_a_case_is_placed_by_the_day_on_which_it_is_to_be_decided(queued):
    assert days(queued) == dict.fromkeys(["A1", "A2", "A3"], "2026-01-29")


def test_a_question_moves_the_case_by_the_working_days_until_its_last_day(queued, signed_in):
    today = datetime.now(DANISH_TIME).date()
    question, until = {"text": "Hvor bor du?", "of": "citizen", "whom": "Bo"}, str(today + timedelta(days=14))
    asked = queued.act("A1", signed_in, "asked", question, until=until)
    awaited = working_days_in(today + timedelta(days=number) for number in range(1, 15))
    assert days(queued) == {
        "A1": str(working_days_later(date(2026, 1, 29), awaited)), "A2": "2026-01-29", "A3": "2026-01-29",
    }  # fmt: skip
    assert order(queued) == ["A2", "A3"], "the case waits"
    queued.act("A1", signed_in, "answered", {"how": "telefon"}, about_act=asked.id)
    assert days(queued)["A1"] == "2026-01-29", "the answer came the same day"


def test_many_cases_are_placed_as_one_is(queued):
    one_by_one = days(queued)
    queued.run("UPDATE case_file SET decide_by = NULL, queue_by = '9999-12-31T00:00:00.000000Z'")
    assert place_open(queued.database, "fines") == 3
    assert days(queued) == one_by_one
    assert place_open(queued.database, "fines") == 0
    places = queued.all("SELECT queue_by FROM case_file")
    assert places == [("2026-01-29T22:59:59.999999Z",)] * 3


def test_a_contact_comes_before_the_day_to_decide_until_it_is_made(queued, signed_in):
    queued.assess(["A3"], route="caseworker", gates_closed='["rule"]', contact_by=CONTACT)
    assert order(queued) == ["A3", "A1", "A2"]
    queued.act("A3", signed_in, "note", {"text": "Ringede", "sort": "note", "contact": True})
    assert queued.one("SELECT contact_by FROM case_file WHERE case_id = 'A3'") is None
    assert order(queued) == ["A1", "A2", "A3"]


def test_a_contact_that_was_made_is_not_asked_for_by_the_next_assessment(queued, signed_in):
    queued.act("A3", signed_in, "note", {"text": "Ringede", "sort": "note", "contact": True})
    queued.assess(["A3"], route="caseworker", gates_closed='["rule"]', contact_by=CONTACT)
    assert queued.one("SELECT contact_by FROM case_file WHERE case_id = 'A3'") is None
    assert days(queued)["A3"] == "2026-01-29"


def test_the_hours_that_the_law_sets_are_met_by_no_call(queued, signed_in):
    queued.publish_type(FINES.replace("28}", "28, contact_within_hours: 24}"))
    queued.assess(["A3"], route="caseworker", gates_closed='["rule"]', contact_by=CONTACT)
    queued.act("A3", signed_in, "note", {"text": "Ringede", "sort": "note", "contact": True})
    assert queued.one("SELECT contact_by FROM case_file WHERE case_id = 'A3'") == CONTACT


def test_a_day_to_decide_before_the_contact_comes_first(queued):
    queued.assess(["A3"], route="caseworker", gates_closed='["rule"]', contact_by="2026-03-01T08:00:00.000000Z")
    assert queued.one("SELECT queue_by FROM case_file WHERE case_id = 'A3'") == "2026-01-29T22:59:59.999999Z"


def test_high_priority_comes_by_the_day_it_came_in(queued):
    queued.assess(["A3"], route="caseworker", gates_closed='["rule"]', priority="high")
    assert order(queued) == ["A3", "A1", "A2"]


def test_a_type_that_gives_no_time_places_its_cases_last(queued):
    queued.publish_type(FINES.replace("deadlines: {decide_within_days: 28}\n", ""))
    queued.assess(["A1"], route="caseworker", gates_closed='["rule"]')
    assert place_open(queued.database, "fines") == 0
    assert order(queued) == ["A2", "A3", "A1"]


def test_a_contact_that_was_made_stays_made_where_many_are_assessed_anew(queued, signed_in, make_assessment):
    queued.publish_type(FINES.replace("deadlines: {decide_within_days: 28}\n", ""))
    queued.act("A3", signed_in, "note", {"text": "Ringede", "sort": "note", "contact": True})
    more = {"route": "caseworker", "gates_closed": '["rule"]', "contact_by": CONTACT}
    rows = [make_assessment(case_id, queued.database, 9, **more) for case_id in ("A2", "A3")]
    store_assessments(queued.database, pa.Table.from_pylist(rows), queue=True, few=1)
    assert place_open(queued.database, "fines") == 1
    found = dict(queued.all("SELECT case_id, contact_by FROM case_file WHERE case_id <> 'A1'"))
    assert found == {"A2": CONTACT, "A3": None}


def test_a_case_in_trial_gets_no_place(records, make_assessment):
    records.cases(["A1"])
    records.publish_type()
    records.state(phase="trial", status="trial")
    assert place_open(records.database, "fines") == 0
    assert records.all("SELECT decide_by, queue_by FROM case_file") == [(None, None)]
