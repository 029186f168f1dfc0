"""A team's month: what people answered and where they parted from the machine, of closed cases, without names."""

from __future__ import annotations

import re

import pytest

from models.act_store import record_act
from models.case_acts import CaseAct
from models.month_acts import AssessedThen
from models.publication import publish
from routing.assessing import assess_open_cases
from routing.in_force import RULES
from tests.ui.web.conftest import ROUTING
from tests.ui.web.firstview.conftest import give, typed
from tests.ui.web.firstview.test_dilemmas import DILEMMAS
from tests.ui.web.firstview.test_feedback import form
from ui.caseworker.month.gathered import by_type

NAMES = ("Mette", "Kjærgaard")
NOTE = {"kind": "rule_proposal", "text": "Send <b>great</b> amounts to the seniors."}


def close(browser, address: str, outcome: str = "granted") -> None:
    """Decide a case whose view has been given."""
    browser.get(address)
    sent = typed(browser, address, "decide")
    browser.post(f"{address}/decide", **{**sent, "outcome": outcome, "reasons": ""})
    assert browser.get(address).status_code == 200
    assert "The case is closed" in browser.words or "Granted" in browser.words


def month(browser) -> str:
    """The page of this month, read; its address."""
    return browser.get("/month").url.path


def apart(site, address: str) -> tuple[str, str]:
    """An effort that the machine does not expect of a case, and how the month tells it."""
    complexity, usual = site.one(
        "SELECT a.complexity, json_extract(m.summary, '$.base_rate') FROM assessment a"
        " JOIN trained_model m ON m.version = a.model_version WHERE a.case_id = ? ORDER BY a.id DESC",
        address.rpartition("/")[2],
    )
    effort, than = ("complex", "more") if complexity < usual else ("simple", "less")
    return effort, f"The first view expected {than} work than the machine: 1 of 1"


def work(browser) -> str:
    """The page without the frame, which names who reads it."""
    return browser.page[browser.page.index("<main") :]


@pytest.fixture
def mette(site):
    return site.browser("mette")


def test_an_answer_to_a_dilemma_is_there_once_its_case_is_closed_and_names_nobody(site, mette, seen_case):
    with site.opened.database.write() as connection:
        publish(connection, "rules", RULES, ROUTING + DILEMMAS)
    assess_open_cases(site.opened.again(), "subsidy")
    mette.get(seen_case)
    sent = typed(mette, seen_case, "dilemma")
    mette.post(f"{seen_case}/dilemma", **sent, answer="no", words="They <i>asked</i> for it.")
    linda = site.browser("linda")
    month(linda)
    assert "Nothing to learn from yet" in linda.words
    assert seen_case not in linda.page
    close(mette, seen_case)
    month(linda)
    assert "Hjælper <b>det</b>? No: 1 of 1" in linda.words
    assert "They <i>asked</i> for it." in linda.words
    assert f'href="{seen_case}"' in linda.page
    assert "<i>" not in work(linda)
    assert [name for name in NAMES if name in work(linda)] == []


def test_what_is_said_of_the_machine_stands_under_its_rule(site, mette, seen_case):
    sent = form(mette, seen_case, "explanation")
    mette.post(f"{seen_case}/feedback", **{**sent, "feature": "amount", "words": "The amount is <b>old</b>."})
    rule = site.one("SELECT rule FROM assessment WHERE case_id = ?", seen_case.rpartition("/")[2])[0]
    close(mette, seen_case)
    tom = site.browser("tom")
    month(tom)
    heading = "No rule of the file" if rule == "default" else f"The rule “{rule}”"
    assert heading in tom.words
    assert "The reasons are wrong (Amount): 1" in tom.words
    assert "<b>old" not in work(tom)
    assert "&lt;b&gt;old" in work(tom)
    assert [name for name in NAMES if name in work(tom)] == []


def test_a_first_view_that_expected_other_work_is_counted_once(site, mette, kinds):
    address = kinds["random"]
    effort, told = apart(site, address)
    give(mette, address, effort=effort)
    mette.get(f"{address}/first-view")
    mette.post(f"{address}/first-view", **typed(mette, address), leans="granted", effort="usual", weighs="")
    month(mette)
    assert address not in mette.page
    close(mette, address)
    month(mette)
    assert told in mette.words
    assert work(mette).count(f'href="{address}"') == 1


def test_a_case_that_is_taken_up_again_is_hidden_again(site, mette, kinds):
    address = kinds["random"]
    give(mette, address, effort=apart(site, address)[0])
    close(mette, address)
    month(mette)
    assert address in mette.page
    with site.opened.database.write() as connection:
        sign_in, number = connection.exec_driver_sql("SELECT sign_in_id, id FROM decision").one()
        record_act(
            connection,
            case_type="subsidy",
            case_id=address.rpartition("/")[2],
            sign_in_id=sign_in,
            kind="reopened",
            content={"decision_id": number, "ground": "complaint", "reason": "New papers."},
        )
    month(mette)
    assert address not in mette.page


def test_another_teams_month_is_not_shown(site, mette, kinds):
    give(mette, kinds["random"], effort=apart(site, kinds["random"])[0])
    close(mette, kinds["random"])
    month(mette)
    assert "Nothing to learn from yet" not in mette.words
    olga = site.browser("other")
    month(olga)
    assert "Nothing to learn from yet" in olga.words


def act(number: int, kind: str, content: dict, case_id: str = "A1", by: int = 1) -> CaseAct:
    return CaseAct(number, "subsidy", case_id, 1, "2026", kind, None, None, None, content, "Anna", by)


def test_a_decision_counts_once_and_one_without_a_proposal_not_at_all():
    worked = {"opened_at": "", "seconds": 60, "edits": 0}
    acts = [
        act(1, "worked", {**worked, "decision_id": 1, "agrees": False}),
        act(2, "worked", {**worked, "decision_id": 1, "agrees": False}),
        act(3, "worked", {**worked, "decision_id": 2, "agrees": True}, "A2"),
        act(4, "worked", {**worked, "decision_id": 3, "agrees": None}, "A3"),
        act(5, "worked", {**worked, "decision_id": 9, "agrees": False}, "A4"),
    ]
    seen = {number: AssessedThen(number, "Great amounts", "1", 0.9) for number in (1, 2, 3)}
    found = by_type(acts, {1: 1, 2: 2, 3: 3}, seen, {})["subsidy"].rules
    assert list(found) == ["Great amounts"]
    assert (found["Great amounts"].decided, found["Great amounts"].otherwise) == (2, ["A1"])


def test_of_each_persons_view_the_first_version_counts():
    view = {"assessment_id": 1, "outcome": None, "weighs": ""}
    acts = [
        act(1, "first_view", {**view, "effort": "simple"}),
        act(2, "first_view", {**view, "effort": "complex"}),
        act(3, "first_view", {**view, "effort": "complex"}, by=2),
        act(4, "first_view", {**view, "effort": "complex", "assessment_id": None}, "A2"),
    ]
    found = by_type(acts, {}, {1: AssessedThen(1, None, "1", 0.9)}, {("subsidy", "1"): 0.3})["subsidy"].rules[""]
    assert (found.viewed, found.more, found.less) == (2, [], ["A1"])


def test_a_note_is_kept_once_and_read_by_the_team(site, mette):
    address = month(mette)
    for _ in range(2):
        assert mette.post(address, **NOTE).url.path == address
    tom, olga = site.browser("tom"), site.browser("other")
    month(tom)
    assert tom.words.count("Send <b>great</b> amounts to the seniors.") == 1
    assert "A proposal for the rules, by Mette Kjærgaard," in tom.words
    assert "<b>great" not in tom.page
    month(olga)
    assert "Nothing is noted for this month yet." in olga.words
    tom.get("/month/2026-01")
    assert "great" not in tom.words
    assert tom.page.count("button-primary") == 1


def test_a_note_is_taken_away_by_its_writer_or_the_team_lead_alone(site, mette):
    address = month(mette)
    for text in ("one", "two"):
        mette.post(address, kind="case_type_note", case_type="subsidy", text=text)
    linda, tom, olga = (site.browser(name) for name in ("linda", "tom", "other"))
    for browser, status in ((linda, 403), (olga, 404)):
        month(browser)
        assert "Take the note away" not in browser.words
        assert browser.post(f"{address}/notes/1/remove").status_code == status
    month(tom)
    assert tom.post(f"{address}/notes/1/remove").url.path == address
    assert "one" not in re.findall(r'written">([^<]*)<', tom.page)
    mette.get(address)
    assert mette.post(f"{address}/notes/2/remove").url.path == address
    assert "Nothing is noted for this month yet." in mette.words
    assert mette.post(f"{address}/notes/2/remove").status_code == 404


def test_what_is_wrong_with_a_note_is_said_and_its_text_is_kept(site, mette):
    address = month(mette)
    assert mette.post(address, kind="joke", text="A" * 100_000).status_code == 400
    assert "2 things are missing" in mette.words
    assert "Shorten the text to at most 10000 characters" in mette.words
    assert "A" * 100_000 in mette.page
    assert mette.post(address, kind="rule_proposal", text="  ").status_code == 400
    assert mette.page.count("Write the note") == 2
    assert mette.post(address, **NOTE, team="senior").status_code == 400
    assert site.one("SELECT count(*) FROM team_note") == (0,)


def test_a_note_in_a_case_type_stands_with_how_to_explain_it(site, mette):
    address = month(mette)
    note = {"kind": "case_type_note", "text": "Ring <b>først</b>."}
    assert mette.post(address, **note).status_code == 400
    assert "Choose the case type that the note is in" in mette.words
    assert mette.post(address, **note, case_type="loans").status_code == 400
    mette.post(address, **note, case_type="subsidy")
    mette.post(address, kind="rule_proposal", case_type="subsidy", text="Otherwise.")
    linda = site.browser("linda")
    linda.get("/how-to-explain/subsidy")
    assert "What teams have noted" in linda.words
    assert "Ring &lt;b&gt;først&lt;/b&gt;." in linda.page
    assert "Otherwise." not in linda.page, "a proposal for the rules stands with the month alone"


@pytest.mark.parametrize("name", ["2026-13", "2999-01", "1999-12", "november", "2026-1", "2026-01x"])
def test_a_month_that_is_none_or_lies_ahead_has_no_page(mette, name):
    assert mette.get(f"/month/{name}").status_code == 404


def test_somebody_without_a_team_reads_why_and_an_auditor_is_not_let_in(site):
    ulla = site.browser("ulla")
    address = month(ulla)
    assert "You belong to no team yet" in ulla.words
    ulla.post(address, **NOTE)
    assert site.one("SELECT count(*) FROM team_note") == (0,)
    assert site.browser("anders").get("/month").status_code == 403


def test_every_word_is_danish_to_a_dane(visit):
    site = visit(language="da")
    browser = site.browser("mette")
    month(browser)
    assert "Intet at lære af endnu" in browser.words
    browser.post(browser.asked[-1].removeprefix("http://localhost"), kind="", text="")
    assert not re.search(r"\b(the|of|you|what|note)\b", browser.words.replace("En note", "")), browser.words
