"""The deadline of a case moves while the citizen is awaited: on its page, in the queue and in the team's table."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from config.words import DANISH_TIME, Words
from models.clock import parse, stamp
from models.working_days import working_days_in, working_days_later
from tests.ui.web.conftest import unguarded
from tests.ui.web.drafting.test_asking import SOON, about, question, send

TODAY = datetime.now(DANISH_TIME).date()
WEEK = timedelta(days=7)


def number(address: str) -> str:
    return address.rpartition("/")[2]


def last_day(site, address: str, still: int) -> date:
    """28 days from its arrival, and so many working days."""
    received = parse(site.one("SELECT received_at FROM case_file WHERE case_id = ?", number(address))[0])
    return working_days_later(received.astimezone(DANISH_TIME).date() + timedelta(days=28), still)


def in_table(site, address: str) -> str:
    rows = site.browser("tom").get("/team/cases.csv").text.splitlines()
    return next(row for row in rows if number(address) in row)


def asked_a_week_ago(workspace) -> None:
    """Let the question that was put now have been put seven days ago."""
    with unguarded(workspace, "case_act") as connection:
        [at] = connection.execute("SELECT at FROM case_act WHERE kind = 'asked'").fetchone()
        connection.execute("UPDATE case_act SET at = ? WHERE kind = 'asked'", [stamp(parse(at) - WEEK)])


@pytest.fixture
def address(drafting) -> str:
    """A case that came at least nine days ago, so that a week of it can be waited through."""
    early = stamp(datetime.now(DANISH_TIME) - timedelta(days=9))
    return drafting.address(
        f"c.team = 'intake' AND c.case_type = 'subsidy' AND c.contact_by IS NULL AND c.received_at < '{early}'"
    )


def test_while_the_citizen_is_awaited_the_time_stands_still_and_the_case_says_so(drafting, address):
    mette = drafting.browser("mette")
    mette.get(address)
    assert "still" not in mette.due
    question(mette, address)
    until = date.fromisoformat(SOON)
    mette.get(address)
    ahead = last_day(drafting, address, working_days_in(TODAY + timedelta(days=day) for day in range(1, 10)))
    words = Words("en")
    assert mette.due == (
        f"Deadline {words.short_day(ahead, TODAY)} stands still until the answer is here,"
        f" {words.short_day(until, TODAY)} at the latest"
    )
    assert ahead.isoformat() in in_table(drafting, address)


def test_after_the_answer_it_runs_on_and_has_moved_by_the_working_days_of_waiting(drafting, address, workspace):
    mette = drafting.browser("mette")
    question(mette, address)
    asked_a_week_ago(workspace)
    mette.get(address)
    send(mette, f"{address}/answer?about={about(mette)}", how="phone", text="With my mother")
    still = working_days_in(TODAY - timedelta(days=day) for day in range(7))
    moved = last_day(drafting, address, still)
    mette.get(address)
    assert f"stood still for {still} working days" in mette.due
    assert Words("en").short_day(moved, TODAY) in mette.due
    assert moved.isoformat() in in_table(drafting, address)
    mette.get("/cases?list=mine")
    row = re.search(rf'<tr[^>]*>(?:(?!</tr>).)*href="{address}".*?</tr>', mette.page, re.DOTALL)[0]
    assert Words("en").short_day(moved, TODAY) in row


def test_every_case_stands_in_its_list_with_the_deadline_of_its_page(drafting):
    mette = drafting.browser("mette")
    mette.get("/cases?list=team")
    listed = re.findall(r'href="(/cases/subsidy/[^"/]+)"', mette.page)
    assert len(listed) > 5
    for one in dict.fromkeys(listed):
        stored = drafting.one("SELECT decide_by FROM case_file WHERE case_id = ?", number(one))[0]
        assert stored == last_day(drafting, one, 0).isoformat()
