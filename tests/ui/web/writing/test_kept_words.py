"""No word is lost: what was typed comes back after every form that came to nothing, and goes when it is stored."""

from __future__ import annotations

import json
from html import escape

import pytest

from models.audit_verify import verify

TEXT = "Two hours of work & <b>more</b>"
SHOWN = "Two hours of work &amp; &lt;b&gt;more&lt;/b&gt;"


def kept(site) -> list[tuple]:
    query = "SELECT json_group_array(json_array(u.name, t.form, json(t.content))) FROM text_draft t"
    return json.loads(site.one(f"{query} JOIN user_account u ON u.id = t.user_id")[0])


def test_a_refused_decision_comes_back_with_the_page_and_says_from_when(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    assert mette.post(f"{address}/decide", **form(mette, "decide"), outcome="", reasons=TEXT).status_code == 400
    assert "has been fetched" not in mette.words
    mette.get(address)
    assert SHOWN in mette.page
    assert "Your draft from" in mette.words
    assert kept(site) == [["mette", "decide", {"outcome": "", "reasons": TEXT}]]


def test_a_stored_decision_leaves_nothing_kept(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    mette.post(f"{address}/decide", **form(mette, "decide"), outcome="refused", reasons=TEXT)
    assert len(kept(site)) == 1
    sent = {**form(mette, "decide"), "outcome": "refused", "reasons": TEXT, "hearing": "nothing_held"}
    assert mette.post(f"{address}/decide", **sent).url.path == f"{address}/decided"
    assert kept(site) == []
    assert verify(site.opened.database, site.opened.heads) == []


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("note", {"note": "", "note_source": "the landlord, by telephone"}),
        ("hand-over", {"to": "", "note": TEXT}),
        ("park", {"reason": TEXT, "until": ""}),
        ("follow-up", {"what": TEXT, "until": "yesterday"}),
        ("conflict", {"grounds": TEXT, "to": "999"}),
        ("facts/amount", {"value": "12000", "reason": ""}),
    ],
)
def test_every_act_that_is_refused_comes_back_with_its_page(site, address, form, act, fields):
    mette = site.browser("mette")
    mette.get(f"{address}/{act}")
    name = act.replace("/", "-")
    assert mette.post(f"{address}/{act}", **form(mette, name), **fields).status_code == 400
    assert kept(site) == [["mette", name, fields]]
    mette.get(f"{address}/{act}")
    assert "has been fetched" in mette.words
    for text in fields.values():
        assert " " not in text or escape(text) in mette.page


def test_a_form_is_kept_by_a_button_and_discarded_by_another(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    sent = {**form(mette, "note"), "note": TEXT, "note_sort": "note", "note_source": ""}
    assert mette.post(f"{address}/text?back={address}", **sent).url.path == address
    assert SHOWN in mette.page
    assert (
        mette.post(f"{address}/text-discarded?back={address}", kept=form(mette, "note")["kept"]).status_code == 200
    )
    assert SHOWN not in mette.page
    assert kept(site) == []


def test_what_is_kept_leads_nowhere_but_back_to_this_site(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    answer = mette.post(f"{address}/text?back=https://evil.example", **form(mette, "note"), note=TEXT)
    assert answer.url.host == "localhost"


def test_a_script_is_told_the_new_mark_and_when(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    mette.client.headers["accept"] = "application/json"
    first = mette.post(f"{address}/text", csrf=csrf_of(mette), kept="0 note", note="One")
    assert first.json()["kept"] == "1 note"
    assert "saved at" in first.json()["said"]


def csrf_of(browser) -> str:
    browser.client.headers["accept"] = "application/json"
    return browser.client.get("/signed-in").json()["csrf"]


def test_hidden_fields_are_never_kept_and_a_form_with_forged_fields_is_refused_with_its_words_kept(
    site, address, form
):
    mette = site.browser("mette")
    mette.get(address)
    sent = {**form(mette, "decide"), "outcome": "refused", "reasons": TEXT, "decided_by": "linda"}
    assert mette.post(f"{address}/decide", **sent).status_code == 400
    assert SHOWN in mette.page
    assert kept(site) == [["mette", "decide", {"outcome": "refused", "reasons": TEXT, "decided_by": "linda"}]]


@pytest.mark.parametrize("mark", ["", "x note", "-1 note", "0 ../note", "0 " + "n" * 101, "1e3 note", "0  note"])
def test_a_forged_mark_keeps_nothing(site, address, mark):
    mette = site.browser("mette")
    mette.get(address)
    assert mette.post(f"{address}/text", kept=mark, note=TEXT).status_code == 400
    assert kept(site) == []


def test_nothing_is_kept_of_another_teams_case(site):
    mette = site.browser("mette")
    elsewhere = site.address("c.team = 'senior'")
    mette.get("/cases")
    assert mette.post(f"{elsewhere}/text", kept="0 note", note=TEXT).status_code == 404
    assert kept(site) == []


def test_nobody_else_is_given_what_somebody_typed(site, address, form):
    mette, linda = site.browser("mette"), site.browser("linda")
    mette.get(address)
    mette.post(f"{address}/text", **form(mette, "note"), note=TEXT)
    linda.get(address)
    assert SHOWN not in linda.page
    assert form(linda, "note")["kept"] == "0 note"


def test_a_text_of_100_000_characters_is_kept_and_a_far_longer_one_refused_with_its_words_shown(
    site, address, form
):
    mette = site.browser("mette")
    mette.get(address)
    mette.post(f"{address}/text?back={address}", **form(mette, "note"), note="æ" * 100_000)
    assert "æ" * 100_000 in mette.page
    far = "word " * 110_000
    assert mette.post(f"{address}/text", **form(mette, "note"), note=far).status_code == 400
    assert far[:5000] in mette.page


def test_an_emptied_form_is_forgotten(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    mette.post(f"{address}/text?back={address}", **form(mette, "note"), note=TEXT)
    mette.post(f"{address}/text?back={address}", **form(mette, "note"), note="  ", note_sort="note")
    assert kept(site) == []


def test_a_text_with_a_control_character_is_shown_again(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    assert mette.post(f"{address}/note", **form(mette, "note"), note="Pasted \x07words").status_code == 400
    assert "Pasted words" in mette.page


def test_of_two_windows_neither_text_is_lost(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    first = form(mette, "note")
    mette.post(f"{address}/text?back={address}", **first, note="They pay 4,500 a month.")
    answer = mette.post(f"{address}/text?back={address}", **first, note="They pay 5,400 a month.")
    assert answer.status_code == 409
    assert "<del>" in mette.page
    assert "4,500" in mette.page.partition("<del>")[2].partition("</del>")[0]
    assert "5,400" in mette.page.partition("<ins>")[2].partition("</ins>")[0]
    assert "only in the other window: 4,500" in mette.words
    assert kept(site)[0][2]["note"] == "They pay 4,500 a month."
    mette.post(f"{address}/text?back={address}", **form(mette, "note"), note="They pay 5,400 a month.")
    assert kept(site)[0][2]["note"] == "They pay 5,400 a month."
    assert "They pay 5,400 a month." in mette.page


def test_a_refused_form_says_that_another_window_holds_more(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    first = form(mette, "decide")
    mette.post(f"{address}/text", **first, reasons="From the first window")
    assert mette.post(f"{address}/decide", **first, outcome="", reasons="From the second").status_code == 400
    assert "You wrote in another window" in mette.words
    assert "From the second" in mette.page
    assert kept(site)[0][2]["reasons"] == "From the first window"


def test_what_another_window_holds_stays_when_this_one_is_stored(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    first = form(mette, "note")
    mette.post(f"{address}/text", **first, note="From the first window")
    mette.post(f"{address}/note", **first, note="From the second", note_sort="note", note_source="")
    assert site.one("SELECT count(*) FROM case_act") == (1,)
    assert kept(site)[0][2]["note"] == "From the first window"


def test_a_decision_sent_twice_is_one_decision_and_the_second_gets_its_page(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    sent = {**form(mette, "decide"), "outcome": "refused", "reasons": TEXT, "hearing": "nothing_held"}
    token = mette.page.partition('name="csrf" value="')[2].partition('"')[0]
    for _ in range(2):
        assert mette.post(f"{address}/decide", csrf=token, **sent).url.path == f"{address}/decided"
    assert site.one("SELECT count(*) FROM decision") == (1,)
    assert kept(site) == []


def test_a_draft_of_a_case_that_a_colleague_decided_is_shown_until_it_is_discarded(site, address, form):
    mette, linda = site.browser("mette"), site.browser("linda")
    linda.get(address)
    linda.post(f"{address}/text", **form(linda, "decide"), reasons=TEXT)
    mette.get(address)
    sent = {**form(mette, "decide"), "outcome": "refused", "reasons": "By § 4.", "hearing": "nothing_held"}
    mette.post(f"{address}/decide", **sent)
    linda.get(address)
    assert "Your draft, which was not used" in linda.words
    assert SHOWN in linda.page
    linda.post(f"{address}/text-discarded?back={address}", kept=form(linda, "decide")["kept"])
    assert "Your draft, which was not used" not in linda.words
