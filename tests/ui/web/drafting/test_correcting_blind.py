"""Correcting a fact of a case whose page is blind tells nothing of the machine, neither at once nor afterwards."""

from __future__ import annotations

import json
import re

import pytest

from models.assessments import IS_NEWEST
from routing.draws import FIRST_VIEW, drawn_numbers

REVEALING = (
    "Draft by",
    "Approve",
    "The calculation",
    "The letter",
    "gates are open",
    "Of 100 cases",
    "The case lies",
)


def cases(site, where: str) -> list[str]:
    """The numbers of open cases of the team for which something holds."""
    query = (
        f"SELECT c.case_id FROM case_file c JOIN assessment a ON {IS_NEWEST}"
        f" WHERE c.status = 'open' AND c.team = 'intake' AND {where} ORDER BY c.case_id"
    )
    with site.opened.database.read() as connection:
        return [str(row[0]) for row in connection.exec_driver_sql(query)]


def of_random_share(site, numbers: list[str]) -> list[str]:
    """Those that are asked without a reason."""
    drawn = drawn_numbers(site.opened.draw_key, FIRST_VIEW, "subsidy", numbers)
    return [number for number, one in zip(numbers, drawn, strict=True) if one < 0.2]


def correct(browser, number: str, **given: str):
    """Open the form of the amount, fill it in and send it."""
    address = f"/cases/subsidy/{number}/facts/amount"
    assert browser.get(address).status_code == 200
    version = re.search(r'name="version" value="(\d+)"', browser.page)[1]
    return browser.post(address, reason="The payslip says so", version=version, **given)


def assessments(site, number: str) -> list[tuple]:
    """Whether the case was drawn, and with which probability, first assessment first."""
    query = "SELECT drawn, sampling_probability FROM assessment WHERE case_id = ? ORDER BY id"
    with site.opened.database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query, (number,))]


def skeleton(page: str) -> str:
    """A page without what differs from case to case: names, values, times and numbers."""
    page = re.sub(r"2026-\d{5}", "CASE", page)
    page = re.sub(r"&lt;b&gt;Nr&lt;/b&gt;\d+ &amp; Søn", "NAME", page)
    page = re.sub(r"\d{6}-••••", "CPR", page)
    page = re.sub(r"(?:\w{3} )?\d{1,2} \w+ 2026(?: at \d\d:\d\d)?", "DAY", page)
    day = r"(?:Today|(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{1,2} [A-Z][a-z]{2}\b)(?: at \d\d:\d\d)?"
    page = re.sub(day, "DAY", page)
    page = re.sub(r'<td class="num">[^<]*</td>', "VALUE", page)
    page = re.sub(r'name="(assessment|csrf|opened)" value="[^"]*"', r'name="\1"', page)
    page = re.sub(r'<section id="missing">.*?</section>', "", page, flags=re.DOTALL)
    page = re.sub(r'<li><a href="#missing">.*?</li>', "", page)
    return re.sub(r'<span class="tag due">[^<]*</span>|\s+', " ", page)


@pytest.fixture
def kinds(drafting) -> dict[str, str]:
    """One case of each kind that must be blind, and one that need not be."""
    return {
        "drawn": cases(drafting, "a.drawn = 1")[0],
        "drafted": of_random_share(drafting, cases(drafting, "a.route = 'draft'"))[0],
        "asked": cases(drafting, "a.drawn = 0 AND a.complexity >= 0.6")[0],
        "random": of_random_share(drafting, cases(drafting, "a.drawn = 0 AND a.route <> 'draft'"))[0],
    }


def test_blind_pages_stay_blind_and_alike_after_a_correction(drafting, kinds):
    browser = drafting.browser("mette")
    skeletons = set()
    for kind, number in kinds.items():
        assert correct(browser, number, value="123").status_code == 200
        assert "They are shown after your own view" in browser.words, kind
        for word in REVEALING:
            assert word not in browser.words, (kind, word)
        skeletons.add(re.sub(r"from DKK [0-9,.]+", "from OLD", skeleton(browser.page)))
    assert len(skeletons) == 1


def test_a_drawn_case_that_is_no_would_be_draft_any_longer_stays_blind_on_page_and_list(drafting, kinds):
    browser, number = drafting.browser("mette"), kinds["drawn"]
    correct(browser, number, not_known="1")
    assert assessments(drafting, number)[-1] == (0, 1.0)
    assert "They are shown after your own view" in browser.words
    rows = set()
    for one in (number, kinds["random"]):
        browser.get(f"/cases?search={one}")
        rows.add(skeleton(re.search(r"<tbody>(.*)</tbody>", browser.page, re.DOTALL)[1]))
    assert len(rows) == 1


def test_a_draw_stays_as_it_fell(drafting, kinds):
    query = "SELECT facts FROM case_facts WHERE case_id = ? ORDER BY version DESC"
    amount = json.loads(drafting.one(query, kinds["drawn"])[0])["amount"]
    assert correct(drafting.browser("mette"), kinds["drawn"], value=str(amount + 1)).status_code == 200
    before, after = assessments(drafting, kinds["drawn"])
    assert before == after


def test_the_form_of_a_fact_says_nothing_of_the_machine(drafting, kinds):
    browser = drafting.browser("mette")
    for kind, number in kinds.items():
        browser.get(f"/cases/subsidy/{number}/facts/amount")
        for word in (*REVEALING, "complexity", "The machine uses"):
            assert word not in browser.words, (kind, word)
