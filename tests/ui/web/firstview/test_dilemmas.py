"""Questions that the rules put: asked where they surely match and nothing is hidden, answered, and shown since."""

from __future__ import annotations

import json
import re

import pytest

from models.audit_verify import verify
from models.publication import publish
from routing.in_force import RULES
from tests.ui.web.conftest import ROUTING
from tests.ui.web.firstview.conftest import give, typed

DILEMMAS = """
dilemmas:
  - {when: {complexity: {at_least: 0}}, ask: {da: Hjælper <b>det</b>?, en: Does it <b>help</b>?}}
  - {when: {complexity: {above: 1}}, ask: {da: Aldrig?, en: Never asked?}}
  - {when: {amount: {at_least: 0}}, ask: {da: Andet?, en: Another?}}
"""


def stored(site) -> list[dict]:
    with site.opened.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT content FROM case_act WHERE kind = 'dilemma' ORDER BY id")
        return [json.loads(row[0]) for row in rows]


@pytest.fixture
def asked(site, seen_case) -> str:
    """The address of a case of which the rules ask two questions."""
    with site.opened.database.write() as connection:
        publish(connection, "rules", RULES, ROUTING + DILEMMAS)
    return seen_case


def test_a_question_that_matches_is_asked_in_the_readers_language(site, asked):
    browser = site.browser("mette")
    browser.get(asked)
    assert "2 questions to you" in browser.words
    assert "Does it &lt;b&gt;help&lt;/b&gt;?" in browser.page
    assert "Never asked?" not in browser.words
    assert browser.page.count("button-primary") == 1
    assert len(set(re.findall(r' id="([^"]+)"', browser.page))) == len(re.findall(r' id="([^"]+)"', browser.page))


def test_an_answer_is_kept_with_its_question_and_shown_to_colleagues(site, asked):
    mette, linda = site.browser("mette"), site.browser("linda")
    mette.get(asked)
    sent = typed(mette, asked, "dilemma")
    for _ in range(2):
        mette.post(f"{asked}/dilemma", **sent, answer="no", words="They <i>asked</i> for it.")
    assert stored(site) == [
        {
            "rule": sent["rule"],
            "question": "Hjælper <b>det</b>?",
            "answer": "no",
            "words": "They <i>asked</i> for it.",
        }
    ]
    linda.get(asked)
    assert "Mette Kjærgaard answered a question: No" in linda.words
    assert "They &lt;i&gt;asked&lt;/i&gt; for it." in linda.page
    assert "Answer anew" in linda.words
    assert verify(site.opened.database, site.opened.heads) == []


def test_an_answer_stays_when_the_question_has_gone_and_the_case_is_decided(site, asked):
    browser = site.browser("mette")
    browser.get(asked)
    browser.post(f"{asked}/dilemma", **typed(browser, asked, "dilemma"), answer="unsure", words="Hm")
    with site.opened.database.write() as connection:
        publish(connection, "rules", RULES, ROUTING)
    browser.get(asked)
    assert "A question to you" in browser.words
    assert "Hjælper &lt;b&gt;det&lt;/b&gt;?" in browser.page
    assert "/dilemma" not in browser.page
    browser.post(f"{asked}/decide", **typed(browser, asked, "decide"), outcome="granted", reasons="")
    browser.get(asked)
    assert "Unsure" in browser.words


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"answer": ""}, "Choose an answer"),
        ({"answer": "maybe"}, "Choose an answer"),
        ({"words": "æ" * 100_000}, "Shorten the text to at most 10000 characters"),
    ],
)
def test_what_is_missing_is_said_twice_and_the_words_are_kept(site, asked, changes, sentence):
    browser = site.browser("mette")
    browser.get(asked)
    sent = {**typed(browser, asked, "dilemma"), "answer": "yes", "words": "Kept", **changes}
    assert browser.post(f"{asked}/dilemma", **sent).status_code == 400
    assert browser.page.count(sentence) == 2
    assert sent["words"] in browser.page
    assert stored(site) == []


@pytest.mark.parametrize("rule", ["", "1.1", "9.9", "<b>"])
def test_a_question_that_is_not_asked_takes_no_answer(site, asked, rule):
    browser = site.browser("mette")
    browser.get(asked)
    sent = {**typed(browser, asked, "dilemma"), "rule": rule, "answer": "yes", "words": "Kept"}
    assert browser.post(f"{asked}/dilemma", **sent).status_code == 409
    assert "Kept" in browser.page
    assert stored(site) == []


def test_a_forged_question_is_refused(site, asked):
    browser = site.browser("mette")
    browser.get(asked)
    sent = {**typed(browser, asked, "dilemma"), "answer": "yes", "question": "Mine"}
    assert browser.post(f"{asked}/dilemma", **sent).status_code == 400


def test_a_blind_page_asks_nothing_and_takes_no_answer(site, asked, kinds):
    browser = site.browser("mette")
    browser.get(asked)
    rule = typed(browser, asked, "dilemma")["rule"]
    for address in kinds.values():
        browser.get(address)
        assert 'id="dilemmas"' not in browser.page
        assert browser.post(f"{address}/dilemma", rule=rule, answer="yes", seen="0").status_code == 409
    give(browser, kinds["asked"])
    assert "2 questions to you" in browser.words
    give(browser, kinds["drawn"])
    assert 'id="dilemmas"' not in browser.page
    assert stored(site) == []
