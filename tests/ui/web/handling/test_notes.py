"""Notes: anybody of the team writes one, what was said names who said it, and the timeline shows all of it."""

from __future__ import annotations

import json
import re

import pytest

from models.audit_verify import verify

MARKUP = "<script>alert(1)</script> & \"quoted\" 'text' {{ 7 * 7 }}"


def write(browser, address: str, text: str, **fields: str):
    """Send a note from the form on the case's page."""
    browser.get(address)
    seen = re.search(r'name="seen" value="(\d+)"', browser.page)[1]
    return browser.post(f"{address}/note", seen=seen, note=text, **fields)


def test_a_note_is_an_act_of_whoever_wrote_it_and_stands_in_the_timeline(site, address):
    mette = site.browser("mette")
    assert write(mette, address, "Spoke of <b>rent</b>.").url.path == address
    assert "Mette Kjærgaard wrote a note" in mette.words
    assert "Spoke of &lt;b&gt;rent&lt;/b&gt;." in mette.page
    kind, content, name = site.one(
        "SELECT a.kind, a.content, u.name FROM case_act a JOIN sign_in s ON s.id = a.sign_in_id"
        " JOIN user_account u ON u.id = s.user_id"
    )
    assert (kind, name) == ("note", "mette")
    said = {"text": "Spoke of <b>rent</b>.", "sort": "note", "source": None, "contact": False}
    assert json.loads(content) == said
    assert verify(site.opened.database, site.opened.heads) == []


def test_an_oral_fact_names_who_said_it(site, address):
    mette = site.browser("mette")
    assert write(mette, address, "The rent is 4,500.", note_sort="oral").status_code == 400
    assert mette.page.count("Write who said it, and how") == 2
    assert "The rent is 4,500." in mette.page
    assert site.one("SELECT count(*) FROM case_act") == (0,)
    write(mette, address, "The rent is 4,500.", note_sort="oral", note_source="the landlord, by telephone")
    assert "Mette Kjærgaard noted what the landlord, by telephone said" in mette.words


def test_an_empty_note_is_refused_beside_its_field(site, address):
    mette = site.browser("mette")
    assert write(mette, address, "  \n ").status_code == 400
    assert mette.page.count("Write the note") == 2
    assert 'href="#note"' in mette.page


@pytest.mark.parametrize("letter", ["x", "æ", "😀"])
def test_a_note_of_100_000_characters_is_kept_to_the_last(site, address, letter):
    mette = site.browser("mette")
    assert write(mette, address, letter * 99_999 + "Z").status_code == 200
    assert letter * 99_999 + "Z" in mette.page
    assert write(mette, address, letter * 100_001).status_code == 400
    assert "Shorten the text to at most 100000 characters" in mette.words
    assert site.one("SELECT count(*) FROM case_act") == (1,)


def test_markup_is_shown_as_it_was_typed_on_the_page_and_in_the_form_again(site, address):
    mette = site.browser("mette")
    write(mette, address, MARKUP)
    assert MARKUP in mette.words
    assert "<script>" not in mette.page
    assert "{{ 7 * 7 }}" in mette.words
    write(mette, address, MARKUP, note_sort="oral")
    assert "<script>" not in mette.page
    assert "{{ 7 * 7 }}" in mette.words


def test_the_same_form_sent_twice_is_stored_once_and_the_same_words_later_again(site, address):
    mette = site.browser("mette")
    mette.get(address)
    for _ in range(2):
        assert mette.post(f"{address}/note", seen="0", note="Once").url.path == address
    assert site.one("SELECT count(*) FROM case_act") == (1,)
    write(mette, address, "Once")
    assert site.one("SELECT count(*) FROM case_act") == (2,)


@pytest.mark.parametrize("fields", [{"note_sort": "verdict"}, {"kind": "decision"}, {"about_act": "1"}])
def test_a_forged_field_is_refused(site, address, fields):
    mette = site.browser("mette")
    assert write(mette, address, "Text", **fields).status_code == 400
    assert site.one("SELECT count(*) FROM case_act") == (0,)


def test_a_colleague_may_write_a_note_on_a_case_that_somebody_has_taken(site, address):
    mette, linda = site.browser("mette"), site.browser("linda")
    mette.get(address)
    mette.post(f"{address}/claim")
    write(linda, address, "They called me.")
    assert "Linda Friis wrote a note" in linda.words


def test_another_teams_case_takes_no_note(site):
    mette = site.browser("mette")
    elsewhere = site.address("c.team = 'senior'")
    mette.get("/cases")
    assert mette.post(f"{elsewhere}/note", note="Text", seen="0").status_code == 404
    assert site.one("SELECT count(*) FROM case_act") == (0,)


def test_the_page_of_its_own_has_one_primary_button_and_speaks_danish(visit):
    site = visit(language="da")
    mette = site.browser("mette")
    assert mette.get(site.address("c.team = 'intake'", "note")).status_code == 200
    assert "Gem notatet" in mette.words
    assert mette.page.count("button-primary") == 1


def test_the_word_note_stands_once_above_the_form_of_the_case_page_and_names_its_field(site, address):
    mette = site.browser("mette")
    mette.get(address)
    form = re.search(r'<section class="note">.*?<textarea', mette.page, re.DOTALL)[0]
    assert '<h2 id="note-heading">Note</h2>' in form
    assert '<label class="vh" for="note">Note</label>' in form
    assert "lab" not in re.findall(r'<label class="([^"]*)" for="note"', form)
    mette.get(f"{address}/note")
    assert '<label class="lab" for="note">Note</label>' in mette.page
