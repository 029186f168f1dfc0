"""A case waits until a day for a reason, comes back, and something is looked after on a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.queue import case_file
from ui.caseworker.case_record import read_case
from ui.caseworker.handling.standing import standing_of

TODAY = datetime.now(UTC)
NEXT_WEEK = str((TODAY + timedelta(days=7)).date())
LONG = "æ" * 10_000


def row(site, address: str) -> tuple:
    query = "SELECT awaiting, awaiting_until, follow_up_on FROM case_file WHERE case_id = ?"
    return site.one(query, address.rpartition("/")[2])


def test_a_parked_case_says_why_and_until_when_and_is_taken_up_again(site, address, send):
    mette = site.browser("mette")
    assert send(mette, f"{address}/park", reason="Waits for <b>papers</b>.", until=NEXT_WEEK).url.path == address
    assert row(site, address) == ("parked", NEXT_WEEK, None)
    assert "Parked until" in mette.words
    assert mette.page.count("Waits for &lt;b&gt;papers&lt;/b&gt;.") == 2, "at the top and in the timeline"
    mette.post(f"{address}/resume")
    assert row(site, address) == (None, None, None)
    assert "Parked until" not in mette.words
    assert "Mette Kjærgaard took the case up again" in mette.words
    mette.post(f"{address}/resume")
    assert site.one("SELECT count(*) FROM case_act") == (2,)


@pytest.mark.parametrize(("days", "waits"), [(7, True), (8, False)])
def test_a_case_waits_to_the_end_of_its_day_and_no_longer(site, address, send, days, waits):
    send(site.browser("mette"), f"{address}/park", reason="A week", until=NEXT_WEEK)
    with site.opened.database.read() as connection:
        file = case_file(connection, "subsidy", address.rpartition("/")[2])
        case = read_case(connection, file, site.opened.in_force.case_types["subsidy"])
    then = datetime.fromisoformat(f"{(TODAY + timedelta(days=days)).date()}T12:00:00+00:00")
    standing = standing_of(case, user_id=1, is_lead=False, now=then, language="en")
    assert (standing.waits is not None) == standing.may_resume == waits


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("", "Write a day, such as 2026-12-07"),
        ("soon", "Write a day, such as 2026-12-07"),
        ("20261207", "Write a day, such as 2026-12-07"),
        ("2020-01-01", "Choose a day that has not passed"),
        ("2999-01-01", "Choose a day within two years"),
    ],
)
def test_a_day_that_cannot_be_is_said_at_its_field(site, address, send, until, sentence):
    mette = site.browser("mette")
    for act, field in (("park", "reason"), ("follow-up", "what")):
        assert send(mette, f"{address}/{act}", **{field: "Kept", "until": until}).status_code == 400
        assert mette.page.count(sentence) == 2
        assert "Kept" in mette.page
    assert site.one("SELECT count(*) FROM case_act") == (0,)


def test_a_reason_is_needed_and_has_an_end(site, address, send):
    mette = site.browser("mette")
    assert send(mette, f"{address}/park", reason=" ", until=NEXT_WEEK).status_code == 400
    assert mette.page.count("Write why the case waits") == 2
    assert send(mette, f"{address}/park", reason=f"{LONG}x", until=NEXT_WEEK).status_code == 400
    assert send(mette, f"{address}/park", reason=LONG, until=NEXT_WEEK).status_code == 200
    assert LONG in mette.page


def test_something_is_followed_up_on_a_day(site, address, send):
    mette = site.browser("mette")
    send(mette, f"{address}/follow-up", what="Call the <i>school</i>", until=NEXT_WEEK)
    assert row(site, address) == (None, None, NEXT_WEEK)
    assert "Call the &lt;i&gt;school&lt;/i&gt;" in mette.page
    assert "Mette Kjærgaard will follow up on" in mette.words
    mette.post(f"{address}/followed-up")
    assert row(site, address) == (None, None, None)
    assert "Mette Kjærgaard followed up" in mette.words
    mette.post(f"{address}/followed-up")
    assert site.one("SELECT count(*) FROM case_act") == (2,)


@pytest.mark.parametrize("act", ["park", "follow-up", "resume", "followed-up"])
def test_a_forged_field_and_another_teams_case_are_refused(site, address, act):
    mette = site.browser("mette")
    mette.get(address)
    assert mette.post(f"{address}/{act}", awaiting="dispatch").status_code == 400
    mette.get("/cases")
    elsewhere = site.address("c.team = 'senior'")
    assert mette.post(f"{elsewhere}/{act}").status_code == 404
    assert site.one("SELECT count(*) FROM case_act") == (0,)


def test_a_colleagues_case_is_not_parked(site, address, send):
    mette, linda = site.browser("mette"), site.browser("linda")
    linda.get(address)
    linda.post(f"{address}/claim")
    assert send(mette, f"{address}/park", reason="Mine", until=NEXT_WEEK).status_code == 409
    assert "Mine" in mette.page
    mette.get(address)
    assert f"{address}/park" not in mette.page
    assert row(site, address) == (None, None, None)


@pytest.mark.parametrize(("act", "said"), [("park", "reason"), ("follow-up", "what")])
def test_a_case_that_nobody_has_is_taken_by_whoever_parks_it_or_will_look_after_it(site, address, send, act, said):
    mette = site.browser("mette")
    send(mette, f"{address}/{act}", **{said: "The landlord calls back"}, until=NEXT_WEEK)
    assert "Handled by you" in mette.words
