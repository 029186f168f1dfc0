"""A case that is taken up again has its time anew, in the queue, on its page and in the team's table."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from config.words import DANISH_TIME, Words
from models.clock import system_clock
from models.working_days import working_day_from
from routing.correcting import assess_anew
from tests.ui.web.afterwards.conftest import decide, reopen
from tests.ui.web.conftest import unguarded

OLD = timedelta(days=412)


@pytest.fixture
def visit(workspace, visit):
    """A site whose cases came in 412 days ago, and were to be contacted soon after."""
    long_ago = f"{system_clock() - OLD:%Y-%m-%dT%H:%M:%S.000000Z}"
    with unguarded(workspace, "case_file") as connection:
        connection.execute(
            "UPDATE case_file SET received_at = ?, contact_by = ?, queue_by = ? WHERE status = 'open'",
            [long_ago] * 3,
        )
    return visit


def today() -> date:
    return datetime.now(DANISH_TIME).date()


def due_in_queue(browser, address: str) -> str:
    browser.get("/cases?list=mine")
    row = re.search(rf'<tr[^>]*>(?:(?!</tr>).)*href="{address}".*?</tr>', browser.page, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", row).split())


def short(day: date) -> str:
    return Words("en").short_day(day, today())


def test_the_time_counts_from_the_reopening_and_the_old_deadline_is_in_the_timeline(site, address):
    mette, tom = site.browser("mette"), site.browser("tom")
    reopen(mette, address)
    new = today() + timedelta(days=28)
    assert mette.due == f"Deadline {short(new)}"
    assert f"Decide the case anew by {Words('en').day(new)}: the time counts from the reopening." in mette.words
    before = today() - OLD + timedelta(days=28)
    assert f"The deadline before was {Words('en').day(before)}." in mette.words
    row = due_in_queue(mette, address)
    assert short(new) in row
    assert "over" not in row.lower()
    tom.get("/team?due=later")
    line = re.search(rf'<tr(?:(?!</tr>).)*href="{address}".*?</tr>', tom.page, re.DOTALL)
    assert short(new) in line[0]
    file = tom.get("/team/cases.csv").text
    assert re.search(rf"^{address.rpartition('/')[2]};.*;{new};28;0;", file, re.MULTILINE)


def test_on_a_complaint_the_time_counts_from_the_day_it_came(site, address, case_type, complain):
    case_type({"body": "Ankestyrelsen", "weeks": 4, "reassess_weeks": 4})
    mette = site.browser("mette")
    complain(mette, address, complained="Wrong")
    reopen(mette, address, ground="complaint")
    mette.view(address)
    last = working_day_from(today() + timedelta(weeks=4))
    assert f"Look at the case again by {Words('en').day(last)}: the time counts from the complaint." in mette.words
    assert mette.due == f"Deadline {short(last)}"
    assert short(last) in due_in_queue(mette, address)


def test_assessing_anew_brings_the_old_contact_back_no_more(site, address):
    mette, case_id = site.browser("mette"), address.rpartition("/")[2]
    reopen(mette, address)
    assess_anew(site.opened, "subsidy", case_id)
    assert site.one("SELECT contact_by, taken_up_at IS NULL FROM case_file WHERE case_id = ?", case_id) == (
        None,
        0,
    )
    mette.get(address)
    assert mette.due == f"Deadline {short(today() + timedelta(days=28))}"


def test_a_second_reopening_gives_time_anew_and_tells_the_deadline_of_the_first(site, address):
    mette = site.browser("mette")
    reopen(mette, address)
    decide(mette, address)
    reopen(mette, address, reason="Once more")
    told = mette.words.rpartition("Once more")[2]
    assert f"The deadline before was {Words('en').day(today() + timedelta(days=28))}." in told
