"""A question to the citizen is a letter and an act, both or neither; the case waits until the answer comes."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from models.audit_verify import verify

TODAY = datetime.now(UTC)
SOON, LATER = (str((TODAY + timedelta(days=days)).date()) for days in (9, 19))


@pytest.fixture
def mette(drafting):
    return drafting.browser("mette")


@pytest.fixture
def address(drafting) -> str:
    return drafting.address("c.team = 'intake' AND c.case_type = 'subsidy'")


def send(browser, address: str, **fields: str):
    """Open an act's page and send its form, with what the page has put into hidden fields."""
    assert browser.get(address).status_code == 200
    found = re.findall(r'type="hidden" name="(seen|about)" value="([^"]*)"', browser.page)
    return browser.post(address.partition("?")[0], **{**dict(found), **fields})


def question(browser, address: str, **fields: str):
    return send(browser, f"{address}/ask", **{"ask-amount": "yes", "ask-area": "yes", "until": SOON, **fields})


def about(browser) -> str:
    return re.search(r"/answer\?about=(\d+)", browser.page)[1]


def waits(site, address: str) -> tuple:
    query = "SELECT awaiting, awaiting_until FROM case_file WHERE case_id = ?"
    return site.one(query, address.rpartition("/")[2])


def letters(site) -> int:
    return site.one("SELECT count(*) FROM letter WHERE kind = 'information_request'")[0]


def test_a_letter_is_sent_with_the_day_that_was_chosen_and_the_case_waits(drafting, mette, address):
    assert question(mette, address).url.path == address
    assert waits(drafting, address) == ("citizen", SOON)
    letter, document = drafting.one("SELECT id, document FROM letter WHERE kind = 'information_request'")
    assert json.loads(document)["answer_by"] == SOON
    assert json.loads(document)["signer"]["name"] == "Mette Kjærgaard"
    content, until = drafting.one("SELECT content, until FROM case_act WHERE kind = 'asked'")
    assert json.loads(content)["fields"] == ["amount", "area"]
    assert (json.loads(content)["letter_id"], until) == (letter, SOON)
    assert "Waits for an answer from the citizen until" in mette.words
    assert "Mette Kjærgaard asked the citizen for information by" in mette.words
    assert len(list((drafting.opened.workspace.root / "outbox").glob("*.pdf"))) == 1
    assert verify(drafting.opened.database, drafting.opened.heads) == []


def test_the_answer_brings_the_case_back(drafting, mette, address):
    question(mette, address)
    place = f"{address}/answer?about={about(mette)}"
    assert send(mette, place, how="phone", text="The amount is <b>7</b>.").url.path == address
    assert waits(drafting, address) == (None, None)
    assert "Mette Kjærgaard registered the answer. By telephone" in mette.words
    assert "The amount is &lt;b&gt;7&lt;/b&gt;." in mette.page
    assert "Waits for an answer" not in mette.words


@pytest.mark.parametrize(("how", "text"), [("", "Text"), ("pigeon", "Text"), ("phone", " ")])
def test_an_answer_says_how_it_came_and_what_it_was(drafting, mette, address, how, text):
    question(mette, address)
    assert send(mette, f"{address}/answer?about={about(mette)}", how=how, text=text).status_code == 400
    assert waits(drafting, address) == ("citizen", SOON)


def test_an_answer_of_100_000_characters_is_kept(drafting, mette, address):
    question(mette, address)
    text = "æ" * 99_999 + "Z"
    send(mette, f"{address}/answer?about={about(mette)}", how="digital", text=text)
    assert text in mette.page


def test_a_reminder_sends_the_letter_again_with_a_later_day(drafting, mette, address):
    question(mette, address)
    place = f"{address}/remind?about={about(mette)}"
    assert send(mette, place, until=SOON).status_code == 400
    assert mette.page.count("Choose a day after the one that stands now") == 2
    assert send(mette, place, until=LATER).url.path == address
    assert waits(drafting, address) == ("citizen", LATER)
    assert letters(drafting) == 2
    assert "Mette Kjærgaard sent a reminder; answer by" in mette.words


def test_a_form_sent_twice_sends_one_letter(drafting, mette, address):
    mette.get(f"{address}/ask")
    for _ in range(2):
        sent = mette.post(f"{address}/ask", **{"seen": "0", "ask-amount": "yes", "until": SOON})
        assert sent.url.path == address
    assert letters(drafting) == 1
    number = about(mette)
    mette.get(f"{address}/remind?about={number}")
    for _ in range(2):
        sent = mette.post(f"{address}/remind", about=number, seen=number, until=LATER)
        assert sent.url.path == address
    assert letters(drafting) == 2


def test_the_second_to_register_the_answer_keeps_the_text_as_a_note(drafting, mette, address):
    linda = drafting.browser("linda")
    question(mette, address)
    place = f"{address}/answer?about={about(mette)}"
    linda.get(place)
    send(mette, place, how="phone", text="Seven")
    answer = linda.post(f"{address}/answer", about=place.partition("=")[2], seen="1", how="phone", text="Eight")
    assert answer.status_code == 409
    assert "save your text as a note" in linda.words
    assert "Eight" in linda.page


@pytest.mark.parametrize("fields", [{"ask-secret": "yes"}, {"of": "third_party"}, {"letter_id": "1"}])
def test_a_forged_field_is_refused_and_nothing_is_sent(drafting, mette, address, fields):
    assert question(mette, address, **fields).status_code == 400
    assert letters(drafting) == 0


def test_nothing_asked_for_and_no_day_are_said_at_their_fields(drafting, mette, address):
    assert question(mette, address, **{"ask-amount": "", "ask-area": "", "until": "soon"}).status_code == 400
    assert mette.page.count("Choose what you ask for") == 2
    assert mette.page.count("Write a day, such as 2026-12-07") == 2
    assert letters(drafting) == 0


def test_a_question_of_another_case_is_neither_answered_nor_repeated(drafting, mette, address):
    question(mette, address)
    number, case = about(mette), address.rpartition("/")[2]
    other = drafting.address(f"c.team = 'intake' AND c.case_type = 'subsidy' AND c.case_id <> '{case}'")
    mette.get(other)
    mette.post(f"{other}/answer", about=number, seen="0", how="phone", text="")
    mette.post(f"{other}/remind", about=number, seen="0", until=LATER)
    assert drafting.one("SELECT count(*) FROM case_act") == (1,)
    assert letters(drafting) == 1


def test_a_colleagues_case_sends_no_letter(drafting, mette, address):
    linda = drafting.browser("linda")
    linda.get(address)
    linda.post(f"{address}/claim")
    assert question(mette, address).status_code == 409
    assert letters(drafting) == 0
    assert not list((drafting.opened.workspace.root / "outbox").glob("*.pdf"))


def test_another_teams_case_is_not_there(drafting, mette):
    elsewhere = drafting.address("c.team = 'senior' AND c.case_type = 'subsidy'")
    for act in ("ask", "remind", "answer"):
        mette.get("/cases")
        assert mette.get(f"{elsewhere}/{act}").status_code == 404
        mette.get("/cases")
        assert mette.post(f"{elsewhere}/{act}").status_code == 404


def test_of_a_report_about_a_child_nobody_is_asked(drafting, mette):
    mette.get("/cases/child_report/U-0")
    assert "/ask" not in mette.page
    assert mette.get("/cases/child_report/U-0/ask").status_code == 409
    sent = {"seen": "0", "ask-siblings": "yes", "until": SOON}
    assert mette.post("/cases/child_report/U-0/ask", **sent).status_code == 409
    assert letters(drafting) == 0


def test_a_reminder_says_that_it_is_one_and_of_which_letter(drafting, mette, address):
    question(mette, address)
    send(mette, f"{address}/remind?about={about(mette)}", until=LATER)
    files = "SELECT content FROM letter_file WHERE letter_id = 2 AND format = 'txt' AND language = ?"
    danish, english = (drafting.one(files, one)[0].decode() for one in ("da", "en"))
    assert "Påmindelse: vi mangler noget i din sag" in " ".join(danish.split())
    assert "Brevet her er en påmindelse om vores brev af" in " ".join(danish.split())
    assert "Reminder: we need more for your case" in " ".join(english.split())
    first, second = (
        json.loads(drafting.one("SELECT document FROM letter WHERE id = ?", one)[0]) for one in (1, 2)
    )
    assert (second["reminds_of"], second["answer_by"]) == (first["dated"], LATER)
    assert "The reminder" in mette.words
