"""That the machine's reasons or its route are wrong is said in two clicks, kept, and told in the timeline."""

from __future__ import annotations

import json
import re

import pytest

from models.audit_verify import verify
from tests.ui.web.firstview.conftest import typed


def stored(site) -> list[dict]:
    with site.opened.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT content FROM case_act WHERE kind = 'feedback' ORDER BY id")
        return [json.loads(row[0]) for row in rows]


def form(browser, address: str, on: str) -> dict[str, str]:
    """The hidden fields of one of the two forms."""
    browser.get(address)
    of_machine = re.findall(rf'<form[^>]*action="{address}/feedback".*?</form>', browser.page, re.DOTALL)
    mine = next(one for one in of_machine if f'name="on" value="{on}"' in one)
    found = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', mine))
    found.pop("csrf")
    return found


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("explanation", "said that the machine's reasons are wrong"),
        ("route", "said that the case should have gone elsewhere"),
    ],
)
def test_opening_and_sending_is_enough(site, seen_case, on, said):
    browser = site.browser("mette")
    sent = form(browser, seen_case, on)
    assert browser.post(f"{seen_case}/feedback", **sent).url.path == seen_case
    assert f"Mette Kjærgaard {said}" in browser.words
    assert "It stands in the timeline." in browser.words
    assert [one["on"] for one in stored(site)] == [on]
    assert stored(site)[0]["assessment_id"] == int(sent["assessment"])
    assert verify(site.opened.database, site.opened.heads) == []


def test_a_reason_and_words_can_be_added(site, seen_case):
    browser = site.browser("mette")
    sent = form(browser, seen_case, "explanation")
    feature, label = re.findall(r'<option value="([a-z_]+)">([^<]+)</option>', browser.page)[0]
    browser.post(f"{seen_case}/feedback", **sent, feature=feature, words="It is <b>older</b>.")
    assert f"said that the machine's reason “{label}” is wrong" in browser.words
    assert "It is &lt;b&gt;older&lt;/b&gt;." in browser.page
    assert stored(site)[0]["feature"] == feature


def test_it_can_be_said_after_the_decision_and_twice_is_once(site, seen_case):
    browser = site.browser("mette")
    browser.get(seen_case)
    decision = typed(browser, seen_case, "decide")
    browser.post(f"{seen_case}/decide", **decision, outcome="granted", reasons="")
    sent = form(browser, f"{seen_case}", "route")
    for _ in range(2):
        assert browser.post(f"{seen_case}/feedback", **sent).status_code == 200
    assert len(stored(site)) == 1


def test_too_much_is_refused_with_every_word_kept(site, seen_case):
    browser = site.browser("mette")
    sent = form(browser, seen_case, "explanation")
    assert browser.post(f"{seen_case}/feedback", **sent, words="æ" * 100_000).status_code == 400
    assert browser.page.count("Shorten the text to at most 10000 characters") == 2
    assert "æ" * 100_000 in browser.page
    assert browser.page.count("button-primary") == 1
    assert stored(site) == []


@pytest.mark.parametrize("changes", [{"on": "person"}, {"feature": "invented"}, {"assessment": "x"}, {"to": "1"}])
def test_a_forged_field_is_refused(site, seen_case, changes):
    browser = site.browser("mette")
    sent = {**form(browser, seen_case, "explanation"), **changes}
    assert browser.post(f"{seen_case}/feedback", **sent).status_code == 400
    assert stored(site) == []


@pytest.mark.parametrize("why", ["drawn", "asked", "random"])
def test_a_blind_page_has_no_such_form_and_takes_none(site, kinds, why):
    browser = site.browser("mette")
    browser.get(kinds[why])
    assert "/feedback" not in browser.page
    sent = {"on": "route", "assessment": typed(browser, kinds[why])["assessment"], "seen": "0", "words": "Kept"}
    assert browser.post(f"{kinds[why]}/feedback", **sent).status_code == 409
    assert "Kept" in browser.page
    assert "Of 100 cases" not in browser.words
    assert stored(site) == []


def test_of_another_assessment_nothing_is_said(site, seen_case):
    other = site.one("SELECT id FROM assessment WHERE case_id <> ?", seen_case.rpartition("/")[2])[0]
    browser = site.browser("mette")
    sent = {**form(browser, seen_case, "route"), "assessment": str(other)}
    assert browser.post(f"{seen_case}/feedback", **sent, words="Kept words").status_code == 409
    assert "Kept words" in browser.page
    assert stored(site) == []
