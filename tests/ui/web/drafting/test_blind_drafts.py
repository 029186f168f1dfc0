"""While the machine drafts, nothing tells a drawn case from others: no page, list, letter, form or address."""

from __future__ import annotations

import re

import pytest

from models.assessments import IS_NEWEST
from routing.draws import FIRST_VIEW, drawn_numbers


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


@pytest.fixture
def kinds(drafting) -> dict[str, str]:
    """One case of each kind that must be blind: drawn, asked by a rule, and at random with or without a draft."""
    return {
        "drawn": cases(drafting, "a.drawn = 1")[0],
        "drafted": of_random_share(drafting, cases(drafting, "a.route = 'draft'"))[0],
        "asked": cases(drafting, "a.drawn = 0 AND a.complexity >= 0.6")[0],
        "random": of_random_share(drafting, cases(drafting, "a.drawn = 0 AND a.route <> 'draft'"))[0],
    }


def test_the_pages_of_all_blind_cases_have_one_form(drafting, kinds):
    browser = drafting.browser("mette")
    skeletons = {}
    for kind, number in kinds.items():
        browser.get(f"/cases/subsidy/{number}")
        assert "They are shown after your own view" in browser.words, kind
        for word in ("Draft by", "Approve", "The calculation", "The letter", "gates are open", "Of 100 cases"):
            assert word not in browser.words, (kind, word)
        skeletons[kind] = skeleton(browser.page)
    assert len(set(skeletons.values())) == 1, skeletons.keys()


def test_their_rows_in_the_list_say_the_same(drafting, kinds):
    browser = drafting.browser("mette")
    rows = {}
    browser.get("/cases?list=team")
    while True:
        for row in re.findall(r"<tr>.*?</tr>", browser.page, re.DOTALL):
            rows |= {kind: skeleton(row) for kind, number in kinds.items() if f'/{number}"' in row}
        more = re.search(r'href="(/cases\?list=team&amp;after=[^"]+)"', browser.page)
        if more is None:
            break
        browser.get(more[1].replace("&amp;", "&"))
    assert set(rows) == set(kinds)
    assert len(set(rows.values())) == 1
    assert "Waits for your view" in rows["drawn"]


@pytest.mark.parametrize("kind", ["drawn", "drafted", "asked", "random"])
def test_no_address_tells_whether_there_is_a_draft(drafting, kinds, kind):
    browser = drafting.browser("mette")
    address = f"/cases/subsidy/{kinds[kind]}"
    for file in ("da/html", "en/pdf", "da/txt"):
        assert browser.get(f"{address}/draft-letter/{file}").status_code == 404
    browser.view(address) if kind != "asked" else browser.get(address)
    sent = {
        "round": "1",
        **dict(re.findall(r'type="hidden" name="(round|assessment)" value="([^"]*)"', browser.page)),
    }
    assert browser.post(f"{address}/approve", **sent).status_code == 409
    assert browser.post(f"{address}/approve", **sent, **{"check-amount": "agrees"}).status_code == 409
    assert browser.post(f"{address}/by-hand", **sent, draft_use="changed").status_code == 409
    assert "the limit." not in browser.words
    assert drafting.one("SELECT count(*) FROM decision") == (0,)


@pytest.mark.parametrize("kind", ["drawn", "drafted", "random"])
def test_a_blind_decision_is_stored_without_a_word_about_a_draft(drafting, kinds, kind):
    browser = drafting.browser("mette")
    address = f"/cases/subsidy/{kinds[kind]}"
    browser.view(address)
    sent = dict(re.findall(r'type="hidden" name="(round|assessment)" value="([^"]*)"', browser.page))
    browser.post(f"{address}/decide", **sent, outcome="granted", reasons="By § 5.")
    assert drafting.one("SELECT draft_use, checks FROM decision") == (None, None)
    assert "Your view and the machine's" in browser.words


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
