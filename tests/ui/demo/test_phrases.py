"""What the invented people write on the screen is true of the case and about something, and their eyes differ."""

from __future__ import annotations

import pytest

from routing.publishing import open_workspace
from ui.demo.applications import running_type
from ui.demo.screen.answers import CALLS, IF_HEARD, IF_NOTHING_WAS_HELD_AGAINST_THEM
from ui.demo.screen.manners import MANNERS
from ui.demo.screen.meetings import planned_notes
from ui.demo.screen.opinions import agrees_with, dice, first_opinion, practised_opinion
from ui.demo.screen.phrases import all_of, phrase, phrases
from ui.demo.simulator.staff import STAFF

LIGHT = ("daycare_subsidy", "health_supplement", "dental_aid", "rent_deposit_loan", "assistive_devices")
REMARKS = ("reasons simple", "reasons complex", "route draft", "route caseworker", "route early")


@pytest.mark.parametrize("name", LIGHT)
@pytest.mark.parametrize("effort", ["simple", "usual", "complex"])
def test_something_can_be_said_of_any_case(name, effort):
    assert any(not one.when for one in phrases("weighs", name, effort))
    assert phrase("weighs", name, effort, {}, (0.1, 0.9))


def test_every_answer_and_remark_has_its_words():
    for name in CALLS:
        assert all(phrases("answers", name, f"call {answer}") for answer in CALLS[name])
    assert all(phrases("answers", "*", f"explain {one}") for one in {*IF_HEARD, *IF_NOTHING_WAS_HELD_AGAINST_THEM})
    assert all(any(not one.when for one in phrases("remarks", "*", sort)) for sort in REMARKS)


@pytest.mark.parametrize("file", ["weighs", "answers", "remarks"])
def test_texts_ask_only_for_fields_that_the_type_has(shipped, file):
    for name, _, when, _ in all_of(file):
        asked, _, value = when.replace("<", "=").replace(">", "=").partition("=")
        field = value if asked == "feature" else asked
        types = [one for one in shipped.values() if name in ("*", one.key)]
        assert field in ("", "contradicts") or any(field in one.fields for one in types), when


def test_what_is_not_so_is_not_said():
    numbers = [(a / 10, b / 10) for a in range(10) for b in range(10)]
    whole = {"bill_enclosed": "true", "contradicts": "false", "treatment": "eksamen", "course_total": 900.0}
    said = {phrase("weighs", "dental_aid", "complex", whole, one) for one in numbers}
    assert said
    assert not any("mangler" in one or "Krone" in one or "10.000" in one for one in said)
    assert "Regningen mangler." in {
        phrase("weighs", "dental_aid", "complex", {"bill_enclosed": "false"}, one) for one in numbers
    }


def test_everybody_who_sees_cases_has_a_manner_and_notes_are_by_people_of_the_team():
    teams = {one.user: one.team for one in STAFF if one.team}
    assert set(MANNERS) == set(teams)
    assert all(teams[note.by] == note.team for note in planned_notes())
    assert all(10 <= one.practises <= 25 for one in MANNERS.values())


@pytest.fixture(scope="module")
def running(world, tmp_path_factory):
    opened = open_workspace(tmp_path_factory.mktemp("opinions"), names=["health_supplement"])
    yield running_type(opened, world, "health_supplement")
    opened.database.close()


def share(found) -> float:
    one = list(found)
    return sum(one) / len(one)


def test_whoever_sees_far_foresees_more_and_nobody_everything(running):
    rows, took = range(0, len(running.cases), 4), running.cases.is_complex
    foresaw = {
        who: share(
            (first_opinion(running, row, MANNERS[who], dice(7, who, row), most="usual").effort == "complex")
            == bool(took[row])
            for row in rows
        )
        for who in ("hanne", "soeren")
    }
    assert foresaw["soeren"] + 0.02 < foresaw["hanne"] < 0.99


def test_practice_calms_boldness_and_sharpens_the_eye(running):
    rows, manner = range(0, len(running.cases), 4), MANNERS["soeren"]
    begun, ended = (
        [practised_opinion(running, row, manner, progress, dice(7, "practice", row)) for row in rows]
        for progress in (0.0, 1.0)
    )
    sure = [sum(one.sure for one in some) / len(some) / 100 for some in (begun, ended)]
    right = share(one.outcome == running.verdicts.outcome(row) for one, row in zip(begun, rows, strict=True))
    assert sure[0] > right + 0.05
    assert sure[0] > sure[1] > right - 0.05
    found = [
        share(
            not agrees_with(
                one, None, "simple", planted=True, manner=manner, progress=progress, random=dice(7, "eye", number)
            )
            for number, one in enumerate(begun)
        )
        for progress in (0.0, 1.0)
    ]
    assert 0.25 < found[0] < 0.45 < found[1] < 0.85


def test_an_opinion_is_the_same_each_time_and_another_for_another_case(running):
    same = [first_opinion(running, 3, MANNERS["mette"], dice(7, "case", 3), most="usual") for _ in range(2)]
    assert same[0] == same[1]
    assert dice(7, "case", 3).random() != dice(7, "case", 4).random() != dice(8, "case", 4).random()
