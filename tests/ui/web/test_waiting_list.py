"""The list of cases that wait, and what is to be looked after today: for what, until when, nearest first."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from models.act_store import record_act
from models.clock import danish_day
from models.people import find_user
from models.queue import take_case


@pytest.fixture
def act(site):
    """Do something to a case as somebody who is signed in."""
    from models.sign_ins import begin_sign_in

    def do(case_id: str, kind: str, content=None, *, by: str = "mette", days: int | None = None, **given):
        until = None if days is None else danish_day(site.opened.database.clock() + timedelta(days=days))
        with site.opened.database.write() as connection:
            person = find_user(connection, by)
            take_case(connection, "subsidy", case_id, person.id)
            signed = begin_sign_in(connection, person, method="password")
            return record_act(connection, case_type="subsidy", case_id=case_id, sign_in_id=signed.id, kind=kind,
                              content=content or {}, until=until, **given)  # fmt: skip

    return do


def numbers(site, count: int) -> list[str]:
    """Open cases of the team."""
    return [
        site.one("SELECT case_id FROM case_file WHERE team = 'intake' ORDER BY case_id LIMIT 1 OFFSET ?", place)[0]
        for place in range(count)
    ]


def listed(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/cases/subsidy/([^"]+)"', page)


def test_cases_that_wait_stand_in_their_own_list_and_whose_waiting_ends_first_comes_first(site, act):
    far, near, heard = numbers(site, 3)
    act(far, "parked", {"reason": "Retssagen <b>venter</b>"}, days=60)
    act(near, "asked", {"of": "third_party", "whom": "Egeby Bank", "text": "Hvad er saldoen?"}, days=0)
    act(heard, "hearing", {"points": [{"field": "amount", "statement": "12.000 kr."}]}, days=30)
    browser = site.browser("mette")
    browser.get("/cases?list=waiting")
    assert listed(browser.page) == [near, heard, far]
    assert "An answer from Egeby Bank" in browser.words
    assert "The citizen's answer in the hearing" in browser.words
    assert "Parked: Retssagen &lt;b&gt;venter&lt;/b&gt;" in browser.page
    browser.get("/cases?list=mine")
    assert listed(browser.page) == []


def test_a_question_that_was_put_again_waits_for_its_new_day(site, act):
    case = numbers(site, 1)[0]
    asked = act(case, "asked", {"of": "citizen", "whom": "Ida", "text": "Send din lejekontrakt"}, days=1)
    act(case, "reminded", days=9, about_act=asked.id)
    browser = site.browser("mette")
    browser.get("/cases?list=waiting")
    assert "An answer from Ida, reminded" in browser.words


def test_own_waiting_cases_are_shown_first_and_the_teams_on_request(site, act):
    own, hers = numbers(site, 2)
    act(own, "parked", {"reason": "ferie"}, days=4)
    act(hers, "parked", {"reason": "ferie"}, days=3, by="linda")
    browser, senior = site.browser("mette"), site.browser("other")
    browser.get("/cases?list=waiting")
    assert listed(browser.page) == [own]
    browser.get("/cases?list=waiting&whose=team")
    assert listed(browser.page) == [hers, own]
    assert "Linda Friis has the case" in browser.words
    senior.get("/cases?list=waiting&whose=team")
    assert listed(senior.page) == []
    assert "No case waits for anybody" in senior.words


def test_pages_of_the_waiting_list_hold_every_case_once(site, act):
    wanted = numbers(site, 28)
    for place, case in enumerate(wanted):
        act(case, "parked", {"reason": "ferie"}, days=place % 3)
    browser = site.browser("mette")
    browser.get("/cases?list=waiting")
    found = listed(browser.page)
    browser.get(re.search(r'href="(/cases\?[^"]*after=[^"]+)"', browser.page)[1].replace("&amp;", "&"))
    assert sorted(found + listed(browser.page)) == wanted
    assert len(found) == 25


def test_a_case_whose_last_day_has_passed_is_back_in_the_queue(visit, workspace):
    from datetime import UTC, datetime

    site = visit(clock=lambda: datetime.now(UTC))
    case = numbers(site, 1)[0]
    with site.opened.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE case_file SET awaiting = 'parked', awaiting_until = '2020-01-01' WHERE case_id = ?", (case,)
        )
    browser = site.browser("mette")
    browser.get("/cases?list=waiting&whose=team")
    assert listed(browser.page) == []
    assert site.one("SELECT awaiting FROM case_file WHERE case_id = ?", case) == (None,)


def test_what_is_to_be_looked_after_today_stands_beside_the_next_case(site, act):
    today, later = numbers(site, 2)
    act(today, "follow_up", {"what": "Ryk for lejekontrakten"}, days=0)
    act(later, "follow_up", {"what": "Ring til banken"}, days=2)
    browser = site.browser("mette")
    browser.get("/cases")
    assert "Follow up today Today " + today + " : Ryk for lejekontrakten" in browser.words
    assert "Ring til banken" not in browser.words
    act(today, "followed_up")
    browser.get("/cases")
    assert "Follow up today" not in browser.words
