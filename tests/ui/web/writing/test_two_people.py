"""Two people on one case: whoever saves second is told what changed, difference marked, and keeps the text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

LATER = str(datetime.now(UTC).date() + timedelta(days=30))


@pytest.fixture
def two(site, address):
    """Mette and Linda, who both have read the case."""
    mette, linda = site.browser("mette"), site.browser("linda")
    return mette, linda


def acts(site) -> int:
    return site.one("SELECT count(*) FROM case_act")[0]


def test_the_second_note_is_told_of_the_first_and_saved_when_sent_again(site, address, form, two):
    mette, linda = two
    mette.get(address)
    of_mette = form(mette, "note")
    linda.get(address)
    linda.post(f"{address}/note", **form(linda, "note"), note="The rent is 4,500 & <i>more</i>")
    answer = mette.post(f"{address}/note", **of_mette, note="The rent is 5,400 & <i>more</i>", note_sort="note")
    assert answer.status_code == 409
    assert "The case has moved on while you were writing" in mette.words
    assert "Linda Friis wrote a note" in mette.words
    assert "only Linda Friis: 4,500" in mette.words
    assert "only you: 5,400" in mette.words
    assert "<i>" not in mette.page
    assert "The rent is 5,400 &amp; &lt;i&gt;more" in mette.page
    assert acts(site) == 1
    again = {**form(mette, "note"), "note": "The rent is 5,400", "note_sort": "note"}
    assert mette.post(f"{address}/note", **again).url.path == address
    assert acts(site) == 2


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("park", {"reason": "We wait for the builder", "until": LATER}),
        ("follow-up", {"what": "Call the school today", "until": LATER}),
        ("hand-over", {"to": "team", "note": "Read by me"}),
    ],
)
def test_an_act_on_a_case_that_has_moved_is_told_first(site, address, form, two, act, fields):
    mette, linda = two
    mette.get(address)
    mette.post(f"{address}/claim")
    mette.get(f"{address}/{act}")
    of_mette = form(mette, act)
    linda.get(address)
    linda.post(f"{address}/note", **form(linda, "note"), note="They called me.")
    assert mette.post(f"{address}/{act}", **of_mette, **fields).status_code == 409
    assert "They called me." in mette.words
    for text in fields.values():
        assert text in mette.page
    mette.post(f"{address}/{act}", **form(mette, act), **fields)
    assert acts(site) == 2


def test_who_forgot_a_field_is_told_at_the_same_time(site, address, form, two):
    mette, linda = two
    mette.get(address)
    of_mette = form(mette, "note")
    linda.get(address)
    linda.post(f"{address}/note", **form(linda, "note"), note="They called me.")
    assert mette.post(f"{address}/note", **of_mette, note="By whom?", note_sort="oral").status_code == 400
    assert "Write who said it, and how" in mette.words
    assert "They called me." in mette.words


def test_ones_own_acts_meanwhile_stop_nobody(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    first = form(mette, "note")
    mette.post(f"{address}/note", **first, note="First")
    assert mette.post(f"{address}/note", **{**first, "kept": "0 note"}, note="Second").url.path == address
    assert acts(site) == 2


def test_a_conflict_of_interest_is_stored_whatever_happened_meanwhile(site, address, form, two):
    mette, linda = two
    mette.get(f"{address}/conflict")
    of_mette = form(mette, "conflict")
    linda.get(address)
    linda.post(f"{address}/note", **form(linda, "note"), note="They called me.")
    assert mette.post(f"{address}/conflict", **of_mette, grounds="My brother", to="").url.path == address


def test_of_two_decisions_the_difference_is_marked_and_said_in_words(site, address, form, two):
    mette, linda = two
    for browser in two:
        browser.get(address)
    sent = {"outcome": "refused", "hearing": "nothing_held"}
    of_linda = {**form(linda, "decide"), **sent, "reasons": "By § 4, for the area."}
    mette.post(f"{address}/decide", **form(mette, "decide"), **sent, reasons="By § 4, for the amount.")
    assert linda.post(f"{address}/decide", **of_linda).status_code == 409
    assert "You chose the same outcome." in linda.words
    assert "only Mette Kjærgaard: amount." in linda.words
    assert "only you: area." in linda.words
