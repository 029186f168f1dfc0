"""What would have made a complex case simple: only facts that can change, no promise, nothing when blind."""

from __future__ import annotations

import re
from html import unescape

import pytest
from ruamel.yaml import YAML

from models.publication import publish
from tests.ui.web.firstview.conftest import addresses, give

QUESTION = "What would have made the case simpler?"


def part(browser) -> str:
    found = re.search(r'<div id="simple-if".*?</div>', browser.page, re.DOTALL)
    return "" if found is None else " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


@pytest.fixture
def site(visit, workspace):
    """A site whose steward has said that the channel, the amount and the area can change."""
    site = visit()
    yaml, file = YAML(), workspace / "case_types" / "subsidy.yaml"
    written = yaml.load(file)
    for name in ("channel", "amount", "area"):
        written["fields"][name]["can_change"] = True
    yaml.dump(written, file)
    with site.opened.database.write() as connection:
        publish(connection, "case_type", "subsidy", file.read_text(encoding="utf-8"))
    return site


def test_it_stands_beside_the_reasons_of_a_case_that_is_expected_to_take_more_work(site):
    browser, address = site.browser("mette"), addresses(site)["asked"]
    give(browser, address)
    said = part(browser)
    assert said.startswith(QUESTION)
    here = site.one("SELECT complexity FROM assessment WHERE case_id = ?", address.rpartition("/")[2])[0]
    then = re.search(
        r"Of 100 cases like this, but with (.*), (\d+) took extra work. As the facts stand it is (\d+)\.", said
    )
    assert then is not None
    assert int(then[3]) == round(here * 100)
    assert int(then[2]) < int(then[3]) - 4
    assert re.findall(r"“(\w+)”: ", then[1]), "each change names its fact"
    assert "promises nothing in this case" in said
    assert (
        browser.page.index('id="machine"')
        < browser.page.index('id="simple-if"')
        < browser.page.index('id="decision"')
    )


def test_a_case_that_takes_no_more_work_than_usual_is_not_asked_about(site, seen_case):
    browser = site.browser("mette")
    usual = site.address("a.drawn = 0 AND c.team = 'intake' AND a.complexity < 0.1")
    browser.view(usual)
    assert QUESTION not in browser.words


def test_where_nothing_can_change_nothing_is_said(visit):
    site = visit()
    browser, address = site.browser("mette"), addresses(site)["asked"]
    give(browser, address)
    assert 'id="machine"' in browser.page
    assert QUESTION not in browser.words


@pytest.mark.parametrize("why", ["drawn", "asked", "random"])
def test_a_blind_page_holds_nothing_of_it(site, why):
    browser = site.browser("mette")
    browser.get(addresses(site)[why])
    assert QUESTION not in browser.words
    assert "simple-if" not in browser.page


def test_a_protected_fact_is_not_named_even_where_the_file_says_that_it_can_change(site, workspace):
    yaml, file = YAML(), workspace / "case_types" / "subsidy.yaml"
    written = yaml.load(file)
    written["fields"]["area"]["protected"] = True
    written["fields"]["channel"]["can_change"] = written["fields"]["amount"]["can_change"] = False
    yaml.dump(written, file)
    with site.opened.database.write() as connection:
        publish(connection, "case_type", "subsidy", file.read_text(encoding="utf-8"))
    browser = site.browser("mette")
    give(browser, addresses(site)["asked"])
    assert 'id="machine"' in browser.page
    assert QUESTION not in browser.words
