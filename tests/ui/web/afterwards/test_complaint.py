"""A complaint is registered in two clicks on a decided case, word for word, and leads on to reopening."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from config.translate import Translator
from config.words import Words
from models.case_acts import CaseAct
from models.queue import case_file
from models.working_days import working_day_from
from tests.ui.web.afterwards.conftest import decide, form_on, reopen
from ui.caseworker.afterwards.afterwards import complaint_made
from ui.caseworker.case_record import read_case

TODAY = datetime.now(UTC).date()
LONG = "æ" * 100_000
COMPLAINTS = "SELECT count(*) FROM case_act WHERE kind = 'complaint'"


def stored(site) -> dict:
    (content,) = site.one("SELECT content FROM case_act WHERE kind = 'complaint'")
    return json.loads(content)


def test_a_complaint_is_opened_and_stored_with_the_day_filled_in(site, address, complain):
    linda = site.browser("linda")
    answer = complain(linda, address)
    assert (answer.url.path, str(answer.url.fragment)) == (address, "complaints")
    assert stored(site) == {"decision_id": 1, "received_on": str(TODAY), "words": ""}
    assert "Registered by Linda Friis." in linda.words
    assert "Linda Friis registered a complaint, received" in linda.words
    assert f"{address}/reopen?ground=complaint" in linda.page


def test_what_the_citizen_says_is_kept_word_for_word_and_never_read_as_markup(site, address, complain):
    mette = site.browser("mette")
    complain(mette, address, complained="You forgot <script>alert(1)</script>\nmy rent.")
    assert stored(site)["words"] == "You forgot <script>alert(1)</script>\nmy rent."
    assert "<script>alert(1)" not in mette.page
    assert mette.page.count("You forgot &lt;script&gt;") == 2, "beside the decision and in the timeline"


def test_the_page_says_that_the_office_looks_again_first_and_by_when(site, address, complain):
    mette = site.browser("mette")
    mette.get(address)
    assert "the citizen may write or say it" in mette.words
    assert "Ankestyrelsen answers the complaint." in mette.words


def test_the_second_look_has_a_last_day_and_then_the_complaint_goes_on(site, address, complain, case_type):
    case_type({"body": "Ankestyrelsen", "weeks": 4, "reassess_weeks": 4})
    mette = site.browser("mette")
    mette.get(address)
    assert "The citizen has a right to have us look at the case again first." in mette.words
    assert "goes to Ankestyrelsen with our reasons, 4 weeks after it came at the latest." in mette.words
    complain(mette, address)
    last = working_day_from(TODAY + timedelta(weeks=4))
    assert f"Look at the case again by {last.day} {last:%B %Y}." in mette.words
    reopen(mette, address, ground="complaint")
    assert f"Look at the case again by {last.day} {last:%B %Y}." in mette.words


def test_a_complaint_that_goes_elsewhere_is_sent_on(site, address, case_type):
    case_type({"body": "Nævnet", "weeks": 4, "lodge_with": "Klagenævnet <b>"})
    mette = site.browser("mette")
    mette.get(address)
    assert "A complaint is to go to Klagenævnet &lt;b&gt;. Send it on, and note that you did." in mette.page


def test_a_complaint_after_the_last_day_is_taken_and_said_to_be_late(site, address):
    (document,) = site.one("SELECT document FROM letter WHERE decision_id = 1")
    last = date.fromisoformat(json.loads(document)["decision"]["appeal"]["last_day"])
    with site.opened.database.read() as connection:
        file = case_file(connection, "subsidy", address.rpartition("/")[2])
        case = read_case(connection, file, site.opened.in_force.case_types["subsidy"])
    for day, is_late in ((last, False), (last + timedelta(days=1), True)):
        content = {"decision_id": 1, "received_on": str(day), "words": ""}
        act = CaseAct(1, "subsidy", case.case_id, 1, "", "complaint", None, None, None, content, "Linda", 2)
        said = complaint_made(act, case.decisions[0], case, Translator("en"), Words("en"))
        assert (said.late is not None) == is_late


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "Write a day, such as 2026-12-07"),
        ("7/12", "Write a day, such as 2026-12-07"),
        (str(TODAY + timedelta(days=2)), "Choose a day that is not in the future"),
        ("2020-01-01", "Choose a day that is not before the decision"),
    ],
)
def test_a_day_that_cannot_be_is_said_at_its_field_and_the_words_are_kept(site, address, complain, day, sentence):
    mette = site.browser("mette")
    assert complain(mette, address, received_on=day, complained="Kept words").status_code == 400
    assert mette.page.count(sentence) == 2
    assert "Kept words" in mette.page
    assert site.one(COMPLAINTS) == (0,)


def test_as_many_words_as_a_letter_has_are_taken_and_more_are_not(site, address, complain):
    mette = site.browser("mette")
    assert complain(mette, address, complained=f"{LONG}x").status_code == 400
    assert complain(mette, address, complained=LONG).status_code == 200
    assert stored(site)["words"] == LONG


def test_a_form_sent_twice_is_one_complaint_and_another_one_is_a_second(site, address, complain):
    mette = site.browser("mette")
    mette.get(address)
    form = {**form_on(mette, address, "complaint"), "received_on": str(TODAY), "complained": "Too little"}
    for _ in range(2):
        assert mette.post(f"{address}/complaint", **form).status_code == 200
    assert site.one(COMPLAINTS) == (1,)
    complain(mette, address, complained="And too late")
    assert site.one(COMPLAINTS) == (2,)


@pytest.mark.parametrize("changes", [{"decision": "99"}, {"decision": ""}, {"decision": "1x"}, {"by": "tom"}])
def test_a_forged_form_is_refused(site, address, complain, changes):
    assert complain(site.browser("mette"), address, **changes).status_code == 400
    assert site.one(COMPLAINTS) == (0,)


def test_an_open_case_and_another_teams_case_take_no_complaint(site, address):
    mette = site.browser("mette")
    still_open = site.address("c.team = 'intake'")
    assert mette.get(f"{still_open}/complaint").url.path == still_open
    assert f"{still_open}/complaint" not in mette.page
    assert mette.post(f"{still_open}/complaint", decision="1", received_on=str(TODAY)).status_code == 400
    mette.get("/cases")
    elsewhere = site.address("c.team = 'senior'")
    assert mette.post(f"{elsewhere}/complaint", decision="1", received_on=str(TODAY)).status_code == 404
    assert site.one(COMPLAINTS) == (0,)


def test_whoever_may_take_no_part_is_shown_no_form_and_refused(site, address, act_by):
    linda = site.browser("linda")
    linda.get(address)
    form = {**form_on(linda, address, "complaint"), "received_on": str(TODAY)}
    act_by("linda", address, "reopened", decision_id=1, ground="other", reason="Again")
    act_by("linda", address, "conflict", grounds="A cousin")
    assert linda.post(f"{address}/complaint", **form).status_code == 409
    decide(site.browser("mette"), address)
    linda.get(address)
    assert f"{address}/complaint" not in linda.page
    assert f"{address}/reopen" not in linda.page
    assert site.one(COMPLAINTS) == (0,)
