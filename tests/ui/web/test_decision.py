"""Deciding: stored under a named person's sign-in, refused with everything kept, and the first of two wins."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.audit_verify import verify


def form_of(browser, address: str, **changes: str) -> dict[str, str]:
    """The decision form of a case's page, filled in."""
    browser.view(address)
    hidden = dict(re.findall(r'type="hidden" name="(round|assessment)" value="([^"]*)"', browser.page))
    return {
        **hidden,
        "outcome": "refused",
        "reasons": "By § 4, for the amount.",
        "hearing": "nothing_held",
        **changes,
    }


@pytest.fixture
def address(site) -> str:
    return site.address("c.team = 'intake'")


def test_a_decision_is_stored_under_the_sign_in_of_whoever_made_it(site, address):
    browser = site.browser("mette")
    browser.post(f"{address}/decide", **form_of(browser, address))
    stored = site.one(
        "SELECT d.outcome, d.reasons, u.name, a.case_id, f.status FROM decision d"
        " JOIN sign_in s ON s.id = d.sign_in_id JOIN user_account u ON u.id = s.user_id"
        " JOIN assessment a ON a.id = d.assessment_id"
        " JOIN case_file f ON f.case_type = d.case_type AND f.case_id = d.case_id"
    )
    assert stored == ("refused", "By § 4, for the amount.", "mette", address.rpartition("/")[2], "closed")
    assert "Decision number 1, round 1." in browser.words
    assert "Decided by Mette Kjærgaard" in browser.words
    assert verify(site.opened.database, site.opened.heads) == []
    browser.get("/cases?list=decided")
    assert address.rpartition("/")[2] in browser.words


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"outcome": ""}, ["Choose an outcome"]),
        ({"outcome": "invented"}, ["Choose an outcome"]),
        ({"reasons": "  \n "}, ["Write the reasons for the decision"]),
        ({"hearing": ""}, ["Say how it stands with the hearing"]),
        ({"hearing": "maybe"}, ["Say how it stands with the hearing"]),
        ({"reasons": "", "outcome": ""}, ["Choose an outcome", "Write the reasons for the decision"]),
        ({"reasons": "æ" * 20_001}, ["Shorten the reasons to at most 20000 characters"]),
    ],
)
def test_what_is_missing_is_said_above_and_at_the_field_and_the_text_is_kept(site, address, changes, missing):
    browser = site.browser("mette")
    sent = form_of(browser, address, **changes)
    assert browser.post(f"{address}/decide", **sent).status_code == 400
    for sentence in missing:
        assert browser.page.count(sentence) == 2
    assert sent["reasons"].strip() in browser.page
    assert f"{len(missing)} thing" in browser.words or "One thing" in browser.words
    assert site.one("SELECT count(*) FROM decision") == (0,)


def test_a_decision_fully_in_favour_needs_no_reasons(site, address):
    browser = site.browser("mette")
    sent = form_of(browser, address, outcome="granted", reasons="")
    assert browser.post(f"{address}/decide", **sent).url.path == f"{address}/decided"


def test_of_two_who_decide_the_second_is_told_who_and_when_and_keeps_the_text(site, address):
    mette, linda = site.browser("mette"), site.browser("linda")
    of_linda = form_of(linda, address, reasons="My own view & words")
    mette.post(f"{address}/decide", **form_of(mette, address))
    assert linda.post(f"{address}/decide", **of_linda).status_code == 409
    assert "Mette Kjærgaard decided the case while you were writing" in linda.words
    assert re.search(r"Mette Kjærgaard, \d+ \w+ 2026 at \d\d:\d\d\. In force", linda.words)
    assert "By § 4, for the amount." in linda.words
    assert "My own view &amp; words" in linda.page
    assert site.one("SELECT count(*) FROM decision") == (1,)


def test_of_many_at_once_exactly_one_wins(site, address):
    browsers = [site.browser(name) for name in ("mette", "linda", "tom", "mette")]
    forms = [form_of(browser, address) for browser in browsers]
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda pair: pair[0].post(f"{address}/decide", **pair[1]), zip(browsers, forms, strict=True))
        )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert site.one("SELECT count(*) FROM decision") == (1,)


def test_a_case_that_somebody_took_meanwhile_is_not_decided_and_the_text_is_kept(site, address):
    mette, linda = site.browser("mette"), site.browser("linda")
    sent = form_of(linda, address, reasons="Written before")
    mette.get(address)
    mette.post(f"{address}/claim")
    assert linda.post(f"{address}/decide", **sent).status_code == 409
    assert "Mette Kjærgaard has taken the case meanwhile" in linda.words
    assert "Written before" in linda.page
    assert site.one("SELECT count(*) FROM decision") == (0,)


def test_a_case_closed_elsewhere_is_not_decided_and_the_text_is_kept(site, address):
    browser = site.browser("mette")
    sent = form_of(browser, address, reasons="Too late")
    with site.opened.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE case_file SET status = 'closed', closed_at = '2026-11-24T09:00:00.000000Z' WHERE case_id = "
            f"'{address.rpartition('/')[2]}'"
        )
    assert browser.post(f"{address}/decide", **sent).status_code == 409
    assert "this case is not open" in browser.words.lower()
    assert site.one("SELECT count(*) FROM decision") == (0,)


@pytest.mark.parametrize("changes", [{"round": "x"}, {"round": ""}, {"assessment": "1; DROP"}, {"extra": "1"}])
def test_a_form_that_is_not_ours_is_refused_with_a_page(site, address, changes):
    browser = site.browser("mette")
    assert browser.post(f"{address}/decide", **form_of(browser, address, **changes)).status_code == 400
    assert site.one("SELECT count(*) FROM decision") == (0,)


def test_an_assessment_of_another_case_is_refused(site, address):
    other = site.one("SELECT id FROM assessment WHERE case_id <> ?", address.rpartition("/")[2])[0]
    browser = site.browser("mette")
    sent = form_of(browser, address, assessment=str(other))
    assert browser.post(f"{address}/decide", **sent).status_code == 409
    assert site.one("SELECT count(*) FROM decision") == (0,)


def test_somebody_whose_sign_in_ends_between_page_and_form_decides_nothing(site, address):
    from models.people import disable_user, find_user

    browser = site.browser("mette")
    sent = form_of(browser, address)
    with site.opened.database.write() as connection:
        disable_user(connection, find_user(connection, "mette"), actor="system")
    assert browser.post(f"{address}/decide", **sent).status_code == 401
    assert sent["reasons"] in browser.page
    assert site.one("SELECT count(*) FROM decision") == (0,)
