"""A case's own time to decide stands still while its citizen is awaited, by working days; a contact does not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from config.case_type import read_case_type
from models.case_acts import CaseAct
from models.reopenings import Again
from ui.caseworker.course import UNMOVED, Course, course_in
from ui.caseworker.deadlines import deadline_of

RECEIVED = "2026-12-01T09:00:00.000000Z"
FINES = read_case_type(
    "name: {da: Bøde, en: Fine}\nlegal_basis: Loven § 1\nweight: light\ndeadlines: {decide_within_days: 21}\n"
    "fields:\n  amount: {type: number, label: {da: Beløb, en: Amount}}\n"
    "complexity: {within_days: 30, any: [{rework: {at_least: 1}}]}\n",
    name="fines",
    file="fines.yaml",
)


def day_with(course: Course) -> str:
    return str(deadline_of(RECEIVED, None, FINES, course).day)


@pytest.mark.parametrize(("still", "day"), [
    (0, "2026-12-22"), (1, "2026-12-23"), (2, "2026-12-28"), (3, "2026-12-29"),
])  # fmt: skip
def test_the_last_day_moves_by_working_days_past_christmas(still, day):
    assert day_with(Course(still=still)) == day


def test_days_on_which_nobody_works_do_not_move_it():
    asked = CaseAct(1, "fines", "A1", 1, "2026-12-04T10:00:00.000000Z", "asked", None, None, "2026-12-31",
                    {"of": "citizen"}, "Anna", 1)  # fmt: skip
    weekend = course_in([asked], {}, RECEIVED, datetime(2026, 12, 6, 12, tzinfo=UTC))
    assert weekend == UNMOVED
    monday = course_in([asked], {}, RECEIVED, datetime(2026, 12, 7, 12, tzinfo=UTC))
    assert monday == Course(still=1)


def test_a_contact_is_made_by_its_time_all_the_same():
    contact = "2026-12-03T09:00:00.000000Z"
    assert deadline_of(RECEIVED, contact, FINES, Course(still=9)).kind == "contact"


def test_a_case_that_was_taken_up_again_stands_still_from_then_on():
    again = Again("2026-12-10T09:00:00.000000Z", "other", None, None)
    assert day_with(Course(again)) == "2026-12-31"
    assert day_with(Course(again, still=2)) == "2027-01-05"
