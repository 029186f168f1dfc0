"""A person's settings: single keys can be switched off, for this person alone, and the keys are a plain page."""

from __future__ import annotations

import pytest

KEYS = "/static/js/keys.js"


def test_keys_are_on_until_a_person_switches_them_off_and_then_off_in_every_browser(site):
    mette, linda = site.browser("mette"), site.browser("linda")
    mette.get("/settings")
    assert KEYS in mette.page
    mette.post("/settings", keys="off", language="en")
    assert "Your settings are saved." in mette.words
    at_home = site.browser("mette")
    for address in ("/cases", "/oversight", "/settings"):
        assert KEYS not in at_home.get(address).text
    assert KEYS in linda.get("/cases").text
    at_home.get("/settings")
    at_home.post("/settings", keys="on", language="en")
    assert KEYS in mette.get("/cases").text
    assert site.one("SELECT count(*) FROM user_setting") == (0,)


def test_the_language_is_chosen_with_them(site):
    mette = site.browser("mette")
    mette.get("/settings")
    mette.post("/settings", keys="on", language="da")
    assert "Dine indstillinger er gemt." in mette.words
    assert '<html lang="da">' in mette.page


@pytest.mark.parametrize(
    "fields",
    [{"keys": "maybe", "language": "en"}, {"keys": "on", "language": "sv"}, {"keys": "on"}, {"user": "1"}],
)
def test_a_forged_choice_is_refused(site, fields):
    mette = site.browser("mette")
    mette.get("/settings")
    assert mette.post("/settings", **fields).status_code == 400
    assert site.one("SELECT count(*) FROM user_setting") == (0,)


def test_the_list_of_keys_says_whether_they_are_on(site):
    mette = site.browser("mette")
    mette.get("/keys")
    assert "The keys are on." in mette.words
    for key in ("J", "K", "Enter", "N", "/", "T", "G", "1–9", "M", "?"):
        assert f"<kbd>{key}</kbd>" in mette.page
    mette.get("/settings")
    mette.post("/settings", keys="off", language="en")
    mette.get("/keys")
    assert "You have switched the keys off." in mette.words


def test_the_way_to_the_next_case_leads_to_it_and_without_one_to_the_lists(site):
    mette, nobody = site.browser("mette"), site.browser("ulla")
    mette.get("/cases")
    following = mette.page.partition('class="next"')[2].partition('button-primary" href="')[2].partition('"')[0]
    assert mette.get("/cases/next").url.path == following
    assert nobody.get("/cases/next").url.path == "/cases"
