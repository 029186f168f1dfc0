"""How a decision came about is stored with it, and what a form says of the time is believed within reason."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from models.audit_verify import verify
from models.clock import stamp
from tests.ui.web.firstview.conftest import typed
from ui.caseworker.worked import MOST_SECONDS, believed, seconds_between, words_changed


def worked(site) -> dict:
    return json.loads(site.one("SELECT content FROM case_act WHERE kind = 'worked'")[0])


def decide(browser, address: str, **changes: str):
    browser.view(address)
    sent = {**typed(browser, address, "decide"), "outcome": "granted", "reasons": "", **changes}
    return browser.post(f"{address}/decide", **sent)


def test_each_decision_says_when_its_page_was_opened(site, seen_case):
    browser = site.browser("mette")
    before = stamp(datetime.now(UTC))
    assert decide(browser, seen_case).url.path.endswith("/decided")
    number, decided_at = site.one("SELECT id, decided_at FROM decision")
    said = worked(site)
    assert said["decision_id"] == number
    assert before <= said["opened_at"] <= decided_at
    assert (said["seconds"], said["edits"], said["agrees"]) == (1, 0, None)
    assert "Mette Kjærgaard took a step" not in browser.words
    assert verify(site.opened.database, site.opened.heads) == []


def test_the_first_opening_counts_although_the_form_came_back_with_a_problem(site, seen_case):
    browser = site.browser("mette")
    browser.get(seen_case)
    opened = typed(browser, seen_case, "decide")["opened"]
    sent = typed(browser, seen_case, "decide")
    assert browser.post(f"{seen_case}/decide", **sent, outcome="", reasons="").status_code == 400
    assert typed(browser, seen_case, "decide")["opened"] == opened


@pytest.mark.parametrize("opened", ["", "soon", "2999-01-01T00:00:00.000000Z", "2020-01-01T00:00:00.000000Z"])
def test_a_moment_that_cannot_be_is_not_believed_and_the_decision_stands(site, seen_case, opened):
    browser = site.browser("mette")
    assert decide(browser, seen_case, opened=opened).url.path.endswith("/decided")
    assert worked(site)["seconds"] == 0
    assert worked(site)["opened_at"] == site.one("SELECT decided_at FROM decision")[0]


def test_a_page_left_open_counts_for_no_more_than_a_long_case():
    opened = datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert seconds_between(stamp(opened), stamp(opened + timedelta(minutes=3))) == 180
    assert seconds_between(stamp(opened), stamp(opened + timedelta(hours=11))) == MOST_SECONDS
    assert seconds_between(None, stamp(opened)) == 0


@pytest.mark.parametrize(
    "text", ["2026-11-24", "2026-11-24T08:30:00Z", "2026-11-24T08:30:00.00000０Z", "æ" * 27, "'"]
)
def test_only_the_form_that_pages_write_is_a_moment(text):
    assert believed(text, since="", until="9999") is None


def test_counting_changed_words_ends_also_for_the_longest_text():
    assert words_changed("a " * 40, "a " * 10_000) == 9_960
    assert words_changed("By § 5. Amount.", "By § 5. Amount and age.") == 3
