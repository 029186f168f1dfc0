"""Which days an answer was awaited: of the citizen and of a hearing alone, each once, no longer than asked."""

from __future__ import annotations

from datetime import date

import pytest

from models.awaited_days import awaited_days
from models.case_acts import CaseAct

RECEIVED = "2026-11-02T09:00:00.000000Z"
TODAY = date(2026, 11, 30)


def act(
    number: int, kind: str, day: int, *, until: int | None = None, about: int | None = None, **content: object
):
    last = None if until is None else f"2026-11-{until:02d}"
    return CaseAct(
        id=number, case_type="fines", case_id="A1", sign_in_id=1, at=f"2026-11-{day:02d}T10:00:00.000000Z",
        kind=kind, about_act=about, to_user=None, until=last, content=content, by="Anna", by_id=1,
    )  # fmt: skip


def days(*acts: CaseAct, since: str = RECEIVED, today: date = TODAY) -> list[int]:
    return sorted(day.day for day in awaited_days(acts, since, today))


def test_days_are_counted_from_the_letter_to_the_answer():
    asked = act(1, "asked", 3, until=17, of="citizen")
    assert days(asked, act(2, "answered", 6, about=1)) == [4, 5, 6]
    assert days(asked) == list(range(4, 18))
    assert days(asked, today=date(2026, 11, 5)) == [4, 5]


def test_a_reminder_gives_the_citizen_longer():
    asked = act(1, "asked", 3, until=5, of="citizen")
    assert days(asked, act(2, "reminded", 6, about=1, until=8)) == [4, 5, 6, 7, 8]


def test_two_answers_awaited_at_once_count_once():
    both = (act(1, "asked", 3, until=6, of="citizen"), act(2, "hearing", 4, until=9))
    assert days(*both) == [4, 5, 6, 7, 8, 9]


def test_an_exception_ends_the_hearing_alone():
    both = (act(1, "asked", 3, until=9, of="citizen"), act(2, "hearing", 3, until=12))
    assert days(*both, act(3, "hearing_exception", 5)) == [4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize("stops_nothing", [
    act(1, "asked", 3, until=17, of="third_party"), act(1, "parked", 3, until=17), act(1, "note", 3),
])  # fmt: skip
def test_others_and_our_own_choice_stop_no_clock(stops_nothing):
    assert days(stops_nothing) == []


def test_what_was_awaited_before_a_reopening_counts_not_after_it():
    asked = act(1, "asked", 3, until=17, of="citizen")
    assert days(asked, act(2, "reopened", 20), since="2026-11-20T10:00:00.000000Z") == []
