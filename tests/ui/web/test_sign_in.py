"""Signing in and out: new tokens, the same answer to a wrong name and a wrong password, an end to everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

RIGHT = {"name": "mette", "password": "correct horse battery", "next": "/"}


def test_signing_in_leads_to_what_the_role_is_for(site):
    for name, path in (("mette", "/cases"), ("tom", "/cases"), ("birgit", "/oversight"), ("anders", "/oversight")):
        browser = site.browser()
        assert browser.sign_in(name).url.path == path


def test_a_wrong_name_and_a_wrong_password_get_the_same_page(site):
    unknown, wrong = site.browser(), site.browser()
    assert unknown.sign_in("nobody", "not the password").status_code == 403
    assert wrong.sign_in("mette", "not the password").status_code == 403
    assert unknown.page.replace("nobody", "mette") == wrong.page
    assert "The name or the password is wrong." in wrong.words
    assert "not the password" not in wrong.page


def test_an_empty_form_says_what_is_missing_above_and_at_the_field(site):
    browser = site.browser()
    assert browser.post("/sign-in", name="", password="", next="/").status_code == 400
    assert browser.page.count("Write your user name") == browser.page.count("Write your password") == 2


def test_too_many_wrong_passwords_close_the_door_even_to_the_right_one(site):
    browser = site.browser()
    for _ in range(5):
        browser.sign_in("linda", "wrong password")
    assert browser.sign_in("linda").status_code == 403
    assert "wait a quarter of an hour" in browser.words


def test_each_sign_in_has_a_new_token_and_ends_the_one_before(site):
    browser = site.browser("mette")
    first = browser.client.cookies["stafet_session"]
    browser.sign_in("mette")
    second = browser.client.cookies["stafet_session"]
    assert first != second
    stranger = site.browser()
    stranger.client.cookies["stafet_session"] = first
    assert stranger.get("/cases").url.path == "/sign-in"


def test_a_token_that_was_planted_is_never_taken_over(site):
    browser = site.browser()
    browser.client.cookies["stafet_session"] = "planted"
    browser.sign_in("mette")
    assert browser.client.cookies.get("stafet_session", domain="localhost.local") != "planted"


def test_only_a_hash_of_the_token_is_stored(site):
    token = site.browser("mette").client.cookies["stafet_session"]
    assert site.one("SELECT count(*) FROM sign_in WHERE token_hash = ?", token) == (0,)
    assert len(token) >= 43


def test_signing_out_ends_the_sign_in_in_the_records_too(site):
    browser = site.browser("mette")
    browser.get("/cases")
    token = browser.client.cookies["stafet_session"]
    assert browser.post("/sign-out").url.path == "/sign-in"
    browser.client.cookies["stafet_session"] = token
    assert browser.get("/cases").url.path == "/sign-in"


def test_the_cookie_is_kept_from_scripts_and_on_the_open_net_from_plain_http(visit):
    here = visit().browser()
    cookie = here.client.post(
        "/sign-in",
        data={"name": "mette", "password": "correct horse battery", "next": "/"},
        follow_redirects=False,
    ).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    outside = visit(host="0.0.0.0").browser()
    response = outside.client.post(
        "/sign-in",
        data={"name": "mette", "password": "correct horse battery", "next": "/"},
        follow_redirects=False,
    )
    assert "__Host-stafet_session" in response.headers["set-cookie"]
    assert "Secure" in response.headers["set-cookie"]
    assert response.headers["strict-transport-security"]


@dataclass
class Hands:
    """A clock that stands still until it is moved on."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Hands:
    return Hands(datetime.now(UTC))


@pytest.mark.parametrize(("minutes", "path"), [(59, "/cases"), (61, "/sign-in")])
def test_a_sign_in_that_lies_idle_for_an_hour_ends(visit, clock, minutes, path):
    browser = visit(clock=clock).browser("mette")
    clock.moment += timedelta(minutes=minutes)
    assert browser.get("/cases").url.path == path


@pytest.mark.parametrize(("visits", "path"), [(3, "/cases"), (4, "/sign-in")])
def test_a_sign_in_ends_after_its_hours_however_busy(visit, clock, visits, path):
    browser = visit(clock=clock, session_hours=2).browser("mette")
    for _ in range(visits):
        clock.moment += timedelta(minutes=30)
        asked = browser.get("/cases")
    assert asked.url.path == path


def test_reading_after_the_end_leads_back_to_the_same_page_after_signing_in(site):
    browser = site.browser()
    response = browser.get("/cases?list=team")
    assert response.url.path == "/sign-in"
    assert 'name="next" value="/cases?list=team"' in browser.page


def test_what_was_typed_is_kept_when_the_sign_in_ended_meanwhile(site):
    browser = site.browser("mette")
    address = site.address("c.team = 'intake'")
    browser.get(address)
    browser.client.cookies.clear()
    browser.client.cookies["stafet_language"] = "en"
    response = browser.post(
        f"{address}/decide", outcome="refused", reasons="Two hours of <work>", round="1", assessment=""
    )
    assert response.status_code == 401
    assert "Two hours of &lt;work&gt;" in browser.page
    assert f"/sign-in?next={address}" in browser.page
    assert site.one("SELECT count(*) FROM decision") == (0,)


def test_a_machine_whose_clock_is_wrong_says_so_and_blames_no_password(visit, clock):
    site = visit(clock=clock)
    clock.moment += timedelta(days=7)
    browser = site.browser()
    assert browser.sign_in("mette").status_code == 403
    assert "A sign-in begins now; check this machine's clock." in browser.words
    assert "wrong" not in browser.words
