"""A decided case is reopened with a ground and a reason, and the new decision refers to the old everywhere."""

from __future__ import annotations

import json

import pytest

from models.audit_verify import verify
from models.letters import letter_file
from tests.ui.web.afterwards.conftest import REASONS, decide, form_on, reopen
from tests.ui.web.firstview.conftest import OF_THE_MACHINE

FILE = "SELECT status, assigned_to FROM case_file WHERE case_id = ?"
REOPENED = "SELECT count(*) FROM case_act WHERE kind = 'reopened'"
LONG = "æ" * 10_000


def row(site, address: str) -> tuple:
    return site.one(FILE, address.rpartition("/")[2])


def test_a_reopened_case_is_open_and_with_whoever_reopened_it(site, address):
    linda = site.browser("linda")
    assert reopen(linda, address).url.path == address
    (linda_id,) = site.one("SELECT id FROM user_account WHERE name = 'linda'")
    assert row(site, address) == ("open", linda_id)
    assert "Decided before" in linda.words
    assert "Linda Friis reopened the case" in linda.words
    assert "New facts have come that may change the outcome." in linda.words
    assert "A new &lt;i&gt;paper&lt;/i&gt;." in linda.page
    assert "By § 4, for the &lt;b&gt;amount&lt;/b&gt;." in linda.page
    assert "Your decision replaces the one of" in linda.words
    linda.get("/cases")
    assert address.rpartition("/")[2] in linda.words


def test_a_new_decision_refers_to_the_old_in_the_record_on_the_page_and_in_the_letter(site, address):
    linda = site.browser("linda")
    reopen(linda, address)
    assert decide(linda, address, outcome="granted", reasons="").url.path == f"{address}/decided"
    assert site.one("SELECT round, replaces, outcome FROM decision WHERE id = 2") == (2, 1, "granted")
    assert "round 2" in linda.words
    assert "The decision replaces the one of" in linda.words
    linda.get(address)
    assert REASONS.replace("<b>", "&lt;b&gt;").replace("</b>", "&lt;/b&gt;") in linda.page, (
        "the old one stands there"
    )
    letter, document = site.one("SELECT id, document FROM letter WHERE decision_id = 2")
    first = site.one("SELECT dated FROM letter WHERE decision_id = 1")[0]
    assert json.loads(document)["decision"]["replaces"] == first
    with site.opened.database.read() as connection:
        texts = {language: letter_file(connection, letter, language, "txt").decode() for language in ("da", "en")}
    assert "Denne afgørelse erstatter vores afgørelse af" in texts["da"]
    assert "This decision replaces our decision of" in texts["en"]
    assert site.one("SELECT document FROM letter WHERE decision_id = 1")[0].count('"replaces":null') == 1
    assert verify(site.opened.database, site.opened.heads) == []


def test_a_case_is_reopened_as_often_as_it_is_decided_and_every_decision_stays(site, address):
    linda = site.browser("linda")
    for number in (2, 3):
        reopen(linda, address, reason=f"For the {number}. time")
        assert decide(linda, address, reasons=f"Reasons number {number}").status_code == 200
    assert site.one("SELECT max(round), max(replaces) FROM decision") == (3, 2)
    linda.get(address)
    before = linda.page.partition('id="before"')[2].partition("</section>")[0]
    assert before.index("By § 4") < before.index("For the 2. time") < before.index("Reasons number 2")
    assert "Reasons number 3" not in before
    assert row(site, address)[0] == "closed"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ground": ""}, "Choose why the case is reopened"),
        ({"ground": "whim"}, "Choose why the case is reopened"),
        ({"reason": "  "}, "Write why the case is reopened"),
        ({"reason": f"{LONG}x"}, "Shorten the text to at most 10000 characters"),
    ],
)
def test_a_ground_and_a_reason_are_needed(site, address, changes, sentence):
    linda = site.browser("linda")
    assert reopen(linda, address, **changes).status_code == 400
    assert linda.page.count(sentence) == 2
    assert row(site, address)[0] == "closed"


def test_the_longest_reason_is_taken_and_a_form_sent_twice_reopens_once(site, address):
    linda = site.browser("linda")
    linda.get(f"{address}/reopen")
    form = {**form_on(linda, address, "reopen"), "ground": "mistake", "reason": LONG}
    for _ in range(2):
        assert linda.post(f"{address}/reopen", **form).url.path == address
    assert site.one(REOPENED) == (1,)


def test_of_two_who_reopen_the_second_is_told_and_keeps_the_words(site, address):
    mette, linda = site.browser("mette"), site.browser("linda")
    linda.get(f"{address}/reopen")
    form = {**form_on(linda, address, "reopen"), "ground": "other", "reason": "Of my own"}
    reopen(mette, address)
    assert linda.post(f"{address}/reopen", **form).status_code == 409
    assert "This case is not closed, so it cannot be reopened." in linda.words
    assert "Of my own" in linda.page
    decide(mette, address)
    assert linda.post(f"{address}/reopen", **form).status_code == 409
    assert "The case has been decided anew meanwhile" in linda.words
    assert site.one(REOPENED) == (1,)


def test_the_second_decision_of_a_round_is_refused_beside_the_first(site, address):
    mette, linda = site.browser("mette"), site.browser("linda")
    reopen(mette, address)
    mette.post(f"{address}/release")
    linda.view(address)
    form = {**form_on(linda, address, "decide"), "outcome": "refused", "hearing": "nothing_held"}
    decide(mette, address, outcome="granted", reasons="")
    assert linda.post(f"{address}/decide", **form, reasons="Mine").status_code == 409
    assert "Mette Kjærgaard decided the case while you were writing" in linda.words
    assert site.one("SELECT count(*) FROM decision") == (2,)


def test_a_form_from_before_the_reopening_decides_nothing(site):
    address = site.address("c.team = 'intake'")
    linda = site.browser("linda")
    linda.view(address)
    form = {**form_on(linda, address, "decide"), "outcome": "granted", "reasons": "", "hearing": ""}
    mette = site.browser("mette")
    decide(mette, address)
    reopen(mette, address)
    assert linda.post(f"{address}/decide", **form).status_code == 409
    assert site.one("SELECT count(*) FROM decision") == (1,)


@pytest.mark.parametrize("changes", [{"decision": ""}, {"decision": "one"}, {"assigned_to": "3"}])
def test_a_forged_form_is_refused(site, address, changes):
    assert reopen(site.browser("linda"), address, **changes).status_code == 400
    assert row(site, address)[0] == "closed"


def test_an_open_case_and_another_teams_are_not_reopened(site, address):
    linda = site.browser("linda")
    still_open = site.address("c.team = 'intake'")
    assert linda.get(f"{still_open}/reopen").url.path == still_open
    assert f"{still_open}/reopen" not in linda.page
    sent = {"ground": "other", "reason": "x", "decision": "1"}
    assert linda.post(f"{still_open}/reopen", **sent).status_code == 409
    linda.get("/cases")
    elsewhere = site.address("c.team = 'senior'")
    assert linda.post(f"{elsewhere}/reopen", **sent).status_code == 404
    assert site.one(REOPENED) == (0,)


def listed(page: str) -> str:
    """The rows of a list, without the filter above it."""
    return page.partition("<table")[2]


def is_telling(page: str) -> bool:
    return any(words in page for words in OF_THE_MACHINE)


def test_a_complaint_is_looked_at_blind_until_a_view_is_stored(site, seen_case):
    mette, linda = site.browser("mette"), site.browser("linda")
    decide(mette, seen_case)
    mette.get(f"{seen_case}/decided")
    assert is_telling(mette.page)
    reopen(linda, seen_case, ground="complaint")
    assert not is_telling(linda.page), "nothing of the machine's before the new view"
    assert "/letters/" not in linda.page, "the letter tells what the machine did"
    assert linda.get(f"{seen_case}/letters/1/da/txt").status_code == 404
    linda.get("/cases?list=mine")
    assert "Waits for your view" in listed(linda.page)
    form = {"outcome": "granted", "reasons": "x", "hearing": "", "round": "2", "assessment": ""}
    linda.get(seen_case)
    assert linda.post(f"{seen_case}/decide", **form).status_code == 409
    linda.view(seen_case)
    assert is_telling(linda.page)
    assert linda.get(f"{seen_case}/letters/1/da/txt").status_code == 200
    assert decide(linda, seen_case).url.path == f"{seen_case}/decided"


@pytest.mark.parametrize("where", ["a.drawn = 1", "a.drawn = 0"])
def test_on_other_grounds_what_was_shown_with_the_decision_stays_shown(site, where):
    address = site.address(f"{where} AND c.team = 'intake'")
    mette = site.browser("mette")
    decide(mette, address)
    reopen(mette, address)
    assert is_telling(mette.page)
    assert f'action="{address}/first-view"' not in mette.page
    assert f'action="{address}/decide"' in mette.page
    mette.get("/cases?list=mine")
    assert "No draft" in listed(mette.page)
    assert "Waits for your view" not in listed(mette.page)
