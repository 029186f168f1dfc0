"""Each fact says whether the citizen has seen it: stated, heard about with this value, or asked and answered."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.ui.web.drafting.test_hearing import hold, send

SOON = str((datetime.now(UTC) + timedelta(days=12)).date())

OPEN = "c.case_type = 'subsidy' AND c.status = 'open' AND c.team = 'intake'"
NEWEST = "f.version = (SELECT max(v.version) FROM case_facts v WHERE v.case_id = c.case_id)"
STATED = "json_extract(f.stated, '$.amount') {sign} json_extract(f.facts, '$.amount')"


@pytest.fixture
def mette(drafting):
    return drafting.browser("mette")


def case_where(site, sign: str) -> str:
    """The address of a case in which the application says this of the register's amount."""
    query = (
        f"SELECT c.case_id FROM case_file c JOIN case_facts f ON f.case_id = c.case_id AND {NEWEST} WHERE {OPEN}"
    )
    return f"/cases/subsidy/{site.one(f'{query} AND {STATED.format(sign=sign)} ORDER BY c.case_id')[0]}"


@pytest.fixture
def address(drafting) -> str:
    """A case in which the register and the application say different things of the amount."""
    return case_where(drafting, "<>")


def row(browser, label: str) -> str:
    facts = re.search(r'<section id="facts">.*?</section>', browser.page, re.DOTALL)[0]
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', facts, re.DOTALL)
    return next(one for one in rows if one.startswith(label))


def test_what_came_with_the_application_needs_no_word_and_a_register_says_that_it_was_not_seen(mette, address):
    mette.get(address)
    assert "Not seen by the citizen" in row(mette, "Amount")
    assert "seen by the citizen" not in row(mette, "Channel")


def test_what_the_citizen_has_stated_too_is_said(drafting, mette):
    mette.get(case_where(drafting, "="))
    assert "The citizen has stated the same" in row(mette, "Amount")


def test_a_hearing_is_said_until_the_value_changes(mette, address):
    hold(mette, address)
    assert "The citizen was heard about it, " in row(mette, "Amount")
    mette.get(f"{address}/facts/amount")
    hidden = dict(re.findall(r'type="hidden" name="(version)" value="([^"]*)"', mette.page))
    mette.post(f"{address}/facts/amount", **hidden, value="8765", reason="The bank says so", not_known="")
    mette.get(address)
    assert "8,765" in row(mette, "Amount")
    assert "Not seen by the citizen" in row(mette, "Amount")


def test_what_was_asked_for_is_seen_once_it_is_answered(drafting, mette, address):
    send(mette, f"{address}/ask", **{"ask-amount": "yes", "until": SOON})
    mette.get(address)
    assert "Not seen by the citizen" in row(mette, "Amount")
    about = str(drafting.one("SELECT max(id) FROM case_act WHERE kind = 'asked'")[0])
    send(mette, f"{address}/answer", about=about, how="phone", text="It is right.")
    mette.get(address)
    assert "The citizen was asked for it and answered, " in row(mette, "Amount")


def test_a_report_has_no_party_who_is_heard(mette):
    mette.get("/cases/child_report/U-0")
    assert "by the citizen" not in mette.page


def test_it_is_said_in_danish(visit):
    site = visit(language="da")
    browser = site.browser("mette")
    for sign, words in (("<>", "Ikke set af borgeren"), ("=", "Borgeren har oplyst det samme")):
        browser.get(case_where(site, sign))
        assert words in row(browser, "Amount")
