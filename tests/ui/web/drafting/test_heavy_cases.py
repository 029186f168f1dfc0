"""A report about a child: hours that the law gives, a checklist and a person's assessment; no machine anywhere."""

from __future__ import annotations

import re

import pytest

from models.audit_verify import verify

ADDRESS = "/cases/child_report/U-0"


def hidden_in(browser) -> dict[str, str]:
    """What the page has put into the form of the assessment."""
    form = re.search(rf'action="{ADDRESS}/assessment".*?</form>', browser.page, re.DOTALL)[0]
    return dict(re.findall(r'type="hidden" name="(assessment)" value="([^"]*)"', form))


def assess(browser, reasons: str, outcome: str = "screening"):
    browser.get(ADDRESS)
    return browser.post(f"{ADDRESS}/assessment", **hidden_in(browser), outcome=outcome, reasons=reasons)


@pytest.fixture
def mette(drafting):
    return drafting.browser("mette")


def test_the_page_has_a_clock_a_checklist_and_contradictions_and_nothing_of_the_machine(mette):
    mette.get(ADDRESS)
    assert re.search(r"2[01] hours and \d+ minutes? left", mette.words)
    assert "They run through nights and holidays." in mette.words
    assert "Was the child spoken with, or is it noted why not?" in mette.words
    assert "“Siblings” does not agree. The report says 0. CPR says 1." in mette.words
    rest = re.sub(r'<svg class="sprite".*?</svg>|<link[^>]*>', "", mette.page, flags=re.DOTALL)
    for word in ("machine", "Of 100", "gate", "Draft", 'class="mach"', 'class="m"'):
        assert word not in rest, word
    assert mette.page.count("button-primary") == 1


def test_hours_that_are_over_are_said(mette):
    mette.get("/cases/child_report/U-1")
    assert re.search(r"[56] hours and \d+ minutes? over", mette.words)


def test_a_persons_assessment_is_stored_and_closes_the_case(drafting, mette):
    assert assess(mette, "").status_code == 400
    assert mette.page.count("Write why you find so") == 2
    sent = {"outcome": "screening", "reasons": "Spoke with the school."}
    assert assess(mette, sent["reasons"]).url.path == f"{ADDRESS}/decided"
    assert drafting.one("SELECT result, reasons FROM professional_assessment") == tuple(sent.values())
    assert drafting.one("SELECT status FROM case_file WHERE case_id = 'U-0'") == ("closed",)
    assert drafting.one("SELECT count(*) FROM decision") == (0,)
    assert "Screening" in mette.words
    assert verify(drafting.opened.database, drafting.opened.heads) == []


def test_of_two_who_assess_the_second_is_told_and_keeps_the_text(drafting, mette):
    linda = drafting.browser("linda")
    linda.get(ADDRESS)
    seen = hidden_in(linda)
    assess(mette, "First")
    late = linda.post(f"{ADDRESS}/assessment", **seen, outcome="no_further_action", reasons="Mine")
    assert late.status_code == 409
    assert "Mette Kjærgaard assessed the case while you were writing" in linda.words
    assert "Mine" in linda.page


def test_such_a_case_cannot_be_decided(drafting, mette):
    mette.get(ADDRESS)
    sent = {"outcome": "screening", "reasons": "x", "round": "1", "assessment": ""}
    assert mette.post(f"{ADDRESS}/decide", **sent).status_code == 400
    assert drafting.one("SELECT count(*) FROM decision") == (0,)


def test_a_receipt_is_sent_once_and_names_nothing_of_the_child(drafting, mette):
    mette.get(ADDRESS)
    assert "Send the receipt" in mette.words
    assert mette.post(f"{ADDRESS}/receipt").url.path == ADDRESS
    assert "It says that the report has come, and nothing of the child." in mette.words
    assert mette.post(f"{ADDRESS}/receipt").status_code == 409
    [text] = drafting.one("SELECT content FROM letter_file WHERE language = 'en' AND format = 'txt'")
    for told in (b"Violence", b"8 years", b"School"):
        assert told not in text
    assert drafting.one("SELECT kind FROM letter") == ("receipt",)


def test_a_case_that_is_decided_gets_no_receipt_to_whoever_reported(drafting, mette):
    address = drafting.address("c.team = 'intake'")
    mette.get(address)
    assert mette.post(f"{address}/receipt").status_code == 409
    assert drafting.one("SELECT count(*) FROM letter") == (0,)


def test_the_queue_says_that_the_machine_is_not_used(mette):
    mette.search("U-0")
    assert "Heavy case: not used" in mette.words
