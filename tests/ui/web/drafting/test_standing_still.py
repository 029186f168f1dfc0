"""The deadline of a case moves while the citizen is awaited: on its page, in the queue and in the team's table."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from config.words import DANISH_TIME, Words
from explain.letters.appeal_date import working_days_later
from models.clock import system_clock
from tests.ui.web.drafting.test_asking import SOON, question
from ui.caseworker.standing_still import working_days_in

WEEK = timedelta(days=7)
TODAY = datetime.now(DANISH_TIME).date()
STILL = working_days_in(TODAY + timedelta(days=day) for day in range(1, 8))


def deadline(site, address: str, still: int) -> date:
    number = address.rpartition("/")[2]
    received = site.one("SELECT received_at FROM case_file WHERE case_id = ?", number)[0]
    last = datetime.fromisoformat(received).astimezone(DANISH_TIME).date() + timedelta(days=28)
    return working_days_later(last, still)


def due_on_page(browser) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", re.search(r"<dt>Deadline</dt>.*?</dd>", browser.page)[0]).split())


def test_the_deadline_moves_by_the_working_days_on_which_the_citizen_was_awaited(visit):
    ahead = [timedelta()]
    site = visit(clock=lambda: system_clock() + ahead[0])
    address = site.address("c.team = 'intake' AND c.case_type = 'subsidy' AND c.contact_by IS NULL")
    mette = site.browser("mette")
    mette.get(address)
    assert "stood still" not in due_on_page(mette)
    question(mette, address)
    ahead[0] = WEEK
    mette = site.browser("mette")
    mette.get(address)
    moved = deadline(site, address, STILL)
    assert f"stood still for {STILL} working day" in due_on_page(mette)
    assert Words("en").short_day(moved, TODAY + WEEK) in due_on_page(mette)
    rows = site.browser("tom").get("/team/cases.csv").text.splitlines()
    row = next(one for one in rows if address.rpartition("/")[2] in one)
    assert moved.isoformat() in row
    assert date.fromisoformat(SOON) > TODAY + WEEK, "the citizen is awaited still"
