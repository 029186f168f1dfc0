"""The citizen is heard about what we hold against them before the case is decided, or it is said why not."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from models.audit_verify import verify

SOON = str((datetime.now(UTC) + timedelta(days=12)).date())
WHY = "Over grænsen får du <b>intet</b> tilskud."
REASONS = "By section 5, since the amount is above the limit."


@pytest.fixture
def mette(drafting):
    return drafting.browser("mette")


@pytest.fixture
def address(drafting, mette) -> str:
    """A case without a draft in which the register and the application say different things of the amount."""
    mine = "case_type = 'subsidy' AND status = 'open' AND team = 'intake'"
    for case_id in json.loads(drafting.one(f"SELECT json_group_array(case_id) FROM case_file WHERE {mine}")[0]):
        address = f"/cases/subsidy/{case_id}"
        mette.get(address)
        if "does not agree." in mette.words and f'action="{address}/decide"' in mette.page:
            return address
    pytest.fail("the application contradicts the register in no case without a draft")


def send(browser, address: str, **fields: str):
    """Open an act's page and send its form, with what the page has put into hidden fields."""
    assert browser.get(address).status_code == 200
    seen = re.search(r'name="seen" value="([^"]*)"', browser.page)[1]
    return browser.post(address, seen=seen, **fields)


def hold(browser, address: str, **fields: str):
    return send(browser, f"{address}/hear", **{"hear-amount": "yes", "why": WHY, "until": SOON, **fields})


def refuse(browser, address: str, hearing: str):
    """Decide against the citizen, with an answer about the hearing."""
    browser.get(address)
    hidden = dict(re.findall(r'type="hidden" name="(round|assessment|draft_use)" value="([^"]*)"', browser.page))
    return browser.post(f"{address}/decide", **hidden, outcome="refused", reasons=REASONS, hearing=hearing)


def decision(site, address: str) -> tuple:
    return site.one(
        "SELECT min(outcome), min(hearing) FROM decision WHERE case_id = ?", address.rpartition("/")[2]
    )


def test_what_speaks_against_the_application_is_chosen_already_and_said_in_full(mette, address):
    mette.get(f"{address}/hear")
    assert re.search(r'id="hear-amount" value="yes" checked', mette.page)
    assert re.search(r"The application says (DKK )?1\b", mette.words.replace("\xa0", " "))
    assert 'name="hear-channel"' not in mette.page


def test_a_letter_goes_out_and_the_case_waits_until_the_citizen_has_answered(drafting, mette, address):
    assert hold(mette, address).url.path == address
    case = address.rpartition("/")[2]
    waits = f"SELECT awaiting, awaiting_until FROM case_file WHERE case_id = '{case}'"
    assert drafting.one(waits) == ("hearing", SOON)
    letter, document = drafting.one("SELECT id, document FROM letter WHERE kind = 'hearing'")
    told = json.loads(document)
    assert told["answer_by"] == SOON
    assert told["points"][0]["why"]["da"] == WHY
    assert told["points"][0]["stated"] is not None
    content = json.loads(drafting.one("SELECT content FROM case_act WHERE kind = 'hearing'")[0])
    assert (content["letter_id"], content["points"][0]["field"]) == (letter, "amount")
    assert "The citizen is heard. Answer by" in mette.words
    assert send(mette, f"{address}/hearing-answer", text="It is a <b>mistake</b>.").url.path == address
    assert drafting.one(waits) == (None, None)
    assert "It is a &lt;b&gt;mistake&lt;/b&gt;." in mette.page
    assert "The citizen is heard. Answer by" not in mette.words
    assert verify(drafting.opened.database, drafting.opened.heads) == []


def test_the_case_is_not_decided_while_the_citizen_is_heard_and_is_afterwards(drafting, mette, address):
    hold(mette, address)
    assert refuse(mette, address, "held").status_code == 409
    assert REASONS in mette.page
    send(mette, f"{address}/hearing-answer", text="No comments.")
    refuse(mette, address, "held")
    assert decision(drafting, address) == ("refused", "held")


def test_nobody_says_that_nothing_is_held_where_a_register_contradicts_the_application(drafting, mette, address):
    assert refuse(mette, address, "nothing_held").status_code == 400
    assert "speaks against the application: hear the citizen first" in mette.words
    assert REASONS in mette.page
    assert decision(drafting, address) == (None, None)


def test_an_exception_is_written_down_with_its_number_before_it_counts(drafting, mette, address):
    assert refuse(mette, address, "exception").status_code == 409
    assert send(mette, f"{address}/hearing-exception", number="7", reasons="Because.").status_code == 400
    assert send(mette, f"{address}/hearing-exception", number="1", reasons=" ").status_code == 400
    assert send(mette, f"{address}/hearing-exception", number="1", reasons="Trivial sum.").url.path == address
    refuse(mette, address, "exception")
    assert decision(drafting, address) == ("refused", "exception")


@pytest.mark.parametrize(
    "wrong", [{"hear-amount": ""}, {"why": " "}, {"why": "x" * 10_001}, {"until": "2020-01-01"}, {"until": ""}]
)
def test_a_hearing_names_a_fact_what_it_means_and_a_day_to_come(drafting, mette, address, wrong):
    assert hold(mette, address, **wrong).status_code == 400
    assert drafting.one("SELECT count(*) FROM letter WHERE kind = 'hearing'") == (0,)


def test_a_form_sent_twice_sends_one_letter(drafting, mette, address):
    mette.get(f"{address}/hear")
    seen = re.search(r'name="seen" value="([^"]*)"', mette.page)[1]
    for _ in range(2):
        mette.post(f"{address}/hear", **{"hear-amount": "yes", "why": WHY, "until": SOON, "seen": seen})
    assert drafting.one("SELECT count(*) FROM letter WHERE kind = 'hearing'") == (1,)
    assert drafting.one("SELECT count(*) FROM case_act WHERE kind = 'hearing'") == (1,)


def test_comments_on_a_hearing_that_is_over_are_kept_as_a_note_to_save(mette, address):
    mette.get(address)
    mette.post(f"{address}/hearing-answer", text="Late words", seen="0")
    assert "Late words" in mette.page


def test_a_forged_field_is_refused(drafting, mette, address):
    assert hold(mette, address, sign_in_id="1").status_code == 400
    assert drafting.one("SELECT count(*) FROM case_act WHERE kind = 'hearing'") == (0,)
