"""By when a case is to be decided: its type's days, anew once taken up again, still by working days."""

from __future__ import annotations

from datetime import date

import pytest

from config.case_type import read_case_type
from models.case_acts import CaseAct
from models.course import UNMOVED, Course, course_ahead, course_in
from models.deciding_time import decide_by
from models.reopenings import Again

RECEIVED = "2026-12-01T09:00:00.000000Z"
TYPE = """
name: {da: Bøde, en: Fine}
complexity: {within_days: 60, any: [{days: {above: 30}}]}
deadlines: {decide_within_days: 21}
appeal: {body: Ankestyrelsen, weeks: 4, lodge_with: municipality, reassess_weeks: 4}
"""
FINES = read_case_type(TYPE, name="fines", file="fines.yaml")


def act(kind: str, until: str | None = None, **content: object) -> CaseAct:
    return CaseAct(1, "fines", "A1", 1, "2026-12-04T10:00:00.000000Z", kind, None, None, until, content, "Anna", 1)


def day_with(course: Course) -> str:
    return str(decide_by(RECEIVED, FINES, course))


@pytest.mark.parametrize(("still", "day"), [
    (0, "2026-12-22"), (1, "2026-12-23"), (2, "2026-12-28"), (3, "2026-12-29"),
])  # fmt: skip
def test_the_last_day_moves_by_working_days_past_christmas(still, day):
    assert day_with(Course(still=still)) == day


def test_days_on_which_nobody_works_do_not_move_it():
    asked = act("asked", until="2026-12-31", of="citizen")
    assert course_in([asked], {}, RECEIVED, date(2026, 12, 6)).still == 0
    assert course_in([asked], {}, RECEIVED, date(2026, 12, 7)).still == 1


def test_an_answer_that_is_awaited_is_taken_to_come_on_its_last_day():
    asked = act("asked", until="2026-12-08", of="citizen")
    assert day_with(course_ahead([asked], {}, RECEIVED)) == "2026-12-28"


def test_a_case_that_was_taken_up_again_stands_still_from_then_on():
    again = Again("2026-12-10T09:00:00.000000Z", "other", None, None)
    assert day_with(Course(again)) == "2026-12-31"
    assert day_with(Course(again, still=2)) == "2027-01-05"


@pytest.mark.parametrize(
    ("again", "day"),
    [
        (None, "2026-12-22"),
        (Again("2027-11-02T10:00:00.000000Z", "mistake", "refused", None), "2027-11-23"),
        (Again("2027-11-02T10:00:00.000000Z", "mistake", "refused", "2027-10-01"), "2027-11-23"),
        (Again("2027-11-02T10:00:00.000000Z", "complaint", "refused", "2027-10-29"), "2027-11-26"),
        (Again("2027-11-02T10:00:00.000000Z", "complaint", "refused", "2027-10-31"), "2027-11-29"),
        (Again("2027-11-02T23:30:00.000000Z", "complaint", "refused", None), "2027-12-01"),
    ],
)
def test_a_complaint_gives_the_weeks_to_look_again_and_other_grounds_the_types_own_days(again, day):
    assert day_with(Course(again)) == day


def test_the_weeks_to_look_again_stand_still_for_nobody():
    again = Again("2027-11-02T10:00:00.000000Z", "complaint", "refused", "2027-10-29")
    assert day_with(Course(again, still=5)) == "2027-11-26"


def test_a_case_without_a_time_has_none_after_its_reopening_either():
    case_type = read_case_type(TYPE.replace("deadlines: {decide_within_days: 21}", ""), name="s", file="s.yaml")
    again = Again("2026-11-02T10:00:00.000000Z", "mistake", "refused", None)
    assert decide_by(RECEIVED, case_type, Course(again)) is None
    assert decide_by(RECEIVED, None, UNMOVED) is None


@pytest.mark.parametrize(
    ("made", "is_contact"),
    [
        (act("asked", until="2026-12-31", of="citizen"), True),
        (act("asked", until="2026-12-31", of="third_party"), False),
        (act("hearing", until="2026-12-31"), True),
        (act("note", text="Talte med borgeren", sort="oral", contact=True), True),
        (act("note", text="Talte med udlejer", sort="oral", contact=False), False),
        (act("note", text="Skrevet, før noter sagde det", sort="note"), False),
        (act("parked", until="2026-12-31"), False),
    ],
)
def test_what_counts_as_contact_with_the_citizen(made, is_contact):
    assert course_in([made], {}, RECEIVED, date(2026, 12, 7)).is_contacted == is_contact
