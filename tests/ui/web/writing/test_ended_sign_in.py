"""A sign-in that ends while somebody writes: the words wait for that very person, and are given to nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.people import change_role, disable_user, find_user

TEXT = "Two hours of <work>"
SHOWN = "Two hours of &lt;work&gt;"


def end_all(site) -> None:
    with site.opened.database.write() as connection:
        connection.exec_driver_sql("UPDATE sign_in SET ended_at = expires_at WHERE ended_at IS NULL")


@pytest.fixture
def written(site, address, form):
    """Mette's browser after she has sent a decision under a sign-in that had ended."""
    mette = site.browser("mette")
    mette.get(address)
    sent = {**form(mette, "decide"), "outcome": "refused", "reasons": TEXT}
    end_all(site)
    assert mette.post(f"{address}/decide", **sent).status_code == 401
    return mette


def note_on(mette, form) -> dict[str, str]:
    """A note as the page that is open now sends it, also after its sign-in has ended."""
    csrf = mette.page.partition('csrf" value="')[2].partition('"')[0]
    return {**form(mette, "note"), "note": TEXT, "csrf": csrf}


def test_the_page_says_so_and_the_words_are_in_the_form_after_signing_in_again(site, address, written):
    assert "your text is kept as a draft" in written.words
    assert f"/sign-in?next={address}" in written.page
    written.sign_in("mette")
    written.get(address)
    assert SHOWN in written.page
    assert "has been fetched" in written.words
    assert site.one("SELECT count(*) FROM decision") == (0,)


def test_somebody_else_who_signs_in_in_the_same_browser_sees_nothing_of_it(site, address, written):
    written.sign_in("linda")
    written.get(address)
    assert SHOWN not in written.page


def test_the_words_are_found_without_the_browsers_token_too(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    sent = {**form(mette, "note"), "note": TEXT}
    mette.client.cookies.delete("stafet_session")
    assert mette.post(f"{address}/note", **sent).status_code == 401
    mette.sign_in("mette")
    mette.get(address)
    assert SHOWN in mette.page


def test_an_act_leads_back_to_its_own_page(site, address, form):
    mette = site.browser("mette")
    mette.get(f"{address}/park")
    sent = {**form(mette, "park"), "reason": TEXT, "until": "2031-01-01"}
    end_all(site)
    mette.post(f"{address}/park", **sent)
    assert f"/sign-in?next={address}/park" in mette.page
    mette.sign_in("mette")
    mette.get(f"{address}/park")
    assert SHOWN in mette.page


def test_a_page_from_before_signing_in_again_keeps_its_words(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    sent = note_on(mette, form)
    mette.sign_in("mette")
    assert mette.post(f"{address}/note", **sent).status_code == 403
    assert "Your text is kept as a draft" in mette.words
    mette.get(address)
    assert SHOWN in mette.page


def test_a_page_of_somebody_else_is_refused_and_its_words_wait_for_them(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    sent = note_on(mette, form)
    mette.sign_in("linda")
    assert mette.post(f"{address}/note", **sent).status_code == 403
    assert "kept as a draft" not in mette.words
    mette.get(address)
    assert SHOWN not in mette.page
    mette.sign_in("mette")
    mette.get(address)
    assert SHOWN in mette.page


def in_which_nothing_is_kept(site, how: str) -> None:
    with site.opened.database.write() as connection:
        person = find_user(connection, "mette")
        if how == "disabled":
            disable_user(connection, person, actor="system")
        else:
            change_role(connection, person, role="caseworker", team="senior", actor="system")


@pytest.mark.parametrize("how", ["disabled", "moved"])
def test_nothing_is_kept_for_somebody_who_has_no_access_any_more(site, address, form, how):
    mette = site.browser("mette")
    mette.get(address)
    sent = {**form(mette, "note"), "note": TEXT}
    in_which_nothing_is_kept(site, how)
    assert mette.post(f"{address}/note", **sent).status_code == 401
    assert SHOWN in mette.page
    assert site.one("SELECT count(*) FROM text_draft") == (0,)


def test_a_sign_in_that_ended_days_ago_keeps_nothing_any_more(visit, address, form):
    moments = [datetime.now(UTC)]
    site = visit(clock=lambda: moments[-1])
    mette = site.browser("mette")
    mette.get(address)
    sent = {**form(mette, "note"), "note": TEXT}
    moments.append(moments[-1] + timedelta(days=2))
    assert mette.post(f"{address}/note", **sent).status_code == 401
    assert site.one("SELECT count(*) FROM text_draft") == (0,)


@pytest.mark.parametrize("token", ["", "guessed", "æ"])
def test_a_stranger_keeps_nothing_on_anybodys_desk(site, address, token):
    stranger = site.browser()
    assert stranger.post(f"{address}/note", csrf=token, kept="0 note", note=TEXT).status_code == 401
    assert site.one("SELECT count(*) FROM text_draft") == (0,)


def test_a_form_from_another_site_keeps_nothing(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    sent = {**form(mette, "note"), "note": TEXT}
    end_all(site)
    mette.client.headers["origin"] = "https://evil.example"
    assert mette.post(f"{address}/note", **sent).status_code == 403
    assert site.one("SELECT count(*) FROM text_draft") == (0,)
