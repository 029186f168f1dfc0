"""A draft is checked fact by fact before anybody can sign it, and what became of it is on record."""

from __future__ import annotations

import json
import re

import pytest

from models.assessments import IS_NEWEST
from models.audit_verify import verify
from models.publication import in_force, publish

DRAFTED = "a.route = 'draft' AND c.team = 'intake'"
AGREES = {"check-amount": "agrees"}


def hidden(browser, address: str) -> dict[str, str]:
    """The hidden fields of a draft's page."""
    browser.get(address)
    found = dict(re.findall(r'type="hidden" name="(round|assessment)" value="([^"]*)"', browser.page))
    assert set(found) == {"round", "assessment"}
    return found


def shown_draft(site, browser) -> str:
    """The address of a case whose draft its page shows, with an application that agrees with the register."""
    named = re.compile(r"Agrees|Does not agree")
    for (number,) in site_rows(site, f"SELECT c.case_id {FROM} {DRAFTED} ORDER BY c.case_id"):
        browser.get(f"/cases/subsidy/{number}")
        if "Approve and sign" in browser.words and len(named.findall(browser.words)) == 1:
            return f"/cases/subsidy/{number}"
    raise AssertionError("no case has a draft that is shown")


FROM = f"FROM case_file c JOIN assessment a ON {IS_NEWEST} WHERE c.status = 'open' AND"


def site_rows(site, query: str) -> list[tuple]:
    with site.opened.database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


@pytest.fixture
def mette(drafting):
    return drafting.browser("mette")


@pytest.fixture
def address(drafting, mette) -> str:
    return shown_draft(drafting, mette)


def test_a_drafts_page_says_the_proposal_its_law_and_that_it_is_no_decision(mette, address):
    mette.get(address)
    for words in (
        "Draft by the machine, made",
        "The amount is below the limit. Tilskudsloven §\N{NO-BREAK SPACE}5.".replace("\N{NO-BREAK SPACE}", " "),
        "A draft is not a decision. You decide the case in your own name.",
        "Check one fact",
        "From DKK 9,001 up: refused.",
        "The amounts are examples of 2020, which the municipality must confirm.",
        "Why the machine may make a draft",
        "The letter to <b>Nr</b>",
        "KLADDE",
    ):
        assert words in mette.words, words
    assert mette.page.count("button-primary") == 1
    assert "<b>Nr</b>" not in mette.page


def test_a_draft_cannot_be_approved_before_every_fact_is_checked(drafting, mette, address):
    sent = hidden(mette, address)
    assert mette.post(f"{address}/approve", **sent).status_code == 400
    assert mette.page.count("Say whether “Amount” agrees") == 2
    assert drafting.one("SELECT count(*) FROM decision") == (0,)


def test_one_fact_that_does_not_agree_keeps_the_draft_from_being_approved(drafting, mette, address):
    sent = hidden(mette, address)
    assert mette.post(f"{address}/approve", **sent, **{"check-amount": "differs"}).status_code == 400
    assert mette.page.count("“Amount” does not agree, so the draft cannot be approved") == 2
    assert drafting.one("SELECT count(*) FROM decision") == (0,)
    assert mette.post(f"{address}/by-hand", **sent, draft_use="discarded").status_code == 200
    assert "Your decision, without the draft" in mette.words
    decided = {
        **sent,
        "draft_use": "discarded",
        "outcome": "refused",
        "reasons": "The amount is another.",
        "hearing": "nothing_held",
    }
    assert mette.post(f"{address}/decide", **decided, **{"check-amount": "differs"}).url.path.endswith("/decided")
    stored = drafting.one("SELECT outcome, draft_use, checks FROM decision")
    assert stored[:2] == ("refused", "discarded")
    assert json.loads(stored[2]) == {"amount": "differs"}


def test_an_approved_draft_is_a_persons_decision_with_the_letter_that_was_sent(drafting, mette, address):
    sent = hidden(mette, address)
    assert mette.post(f"{address}/approve", **sent, **AGREES).url.path == f"{address}/decided"
    outcome, use, checks, reasons, who = drafting.one(
        "SELECT d.outcome, d.draft_use, d.checks, d.reasons, u.name FROM decision d"
        " JOIN sign_in s ON s.id = d.sign_in_id JOIN user_account u ON u.id = s.user_id"
    )
    assert (outcome, use, json.loads(checks), who) == ("granted", "approved", {"amount": "agrees"}, "mette")
    assert reasons == "Beløbet er under grænsen. Tilskudsloven § 5."
    assert "Approved as it was" in mette.words
    page, pdf = (re.search(rf'href="([^"]+/da/{form})"', mette.page)[1] for form in ("html", "pdf"))
    assert mette.get(page).text.count("Beløbet er under grænsen.") == 1
    assert "KLADDE" not in mette.page
    stored = drafting.one("SELECT content FROM letter_file WHERE language = 'da' AND format = 'pdf'")[0]
    answer = mette.client.get(pdf)
    assert answer.content == stored
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["content-type"] == "application/pdf"
    assert verify(drafting.opened.database, drafting.opened.heads) == []


def test_a_changed_draft_begins_with_its_words_and_is_stored_as_changed(drafting, mette, address):
    sent = hidden(mette, address)
    mette.post(f"{address}/by-hand", **sent, draft_use="changed")
    assert "Beløbet er under grænsen. Tilskudsloven § 5." in mette.page
    decided = {
        **sent,
        "draft_use": "changed",
        "outcome": "partly_granted",
        "reasons": "Half of it, by § 6.",
        "hearing": "nothing_held",
    }
    mette.post(f"{address}/decide", **decided, **AGREES)
    assert drafting.one("SELECT outcome, draft_use FROM decision") == ("partly_granted", "changed")


def test_a_draft_that_has_fallen_since_is_not_approved(drafting, mette, address):
    sent = hidden(mette, address)
    with drafting.opened.database.write() as connection:
        connection.exec_driver_sql("UPDATE case_type_state SET phase = 'stopped' WHERE name = 'subsidy'")
        connection.exec_driver_sql("UPDATE case_type_state SET since = '2031-01-01T00:00:00.000000Z'")
    assert mette.post(f"{address}/approve", **sent, **AGREES).status_code == 409
    assert "The draft that you saw no longer stands." in mette.words
    assert "Approve and sign" not in mette.words
    assert drafting.one("SELECT count(*) FROM decision") == (0,)


@pytest.mark.parametrize("changes", [{"assessment": "1"}, {"assessment": ""}, {"assessment": "x"}])
def test_a_draft_of_another_assessment_is_not_approved(drafting, mette, address, changes):
    sent = {**hidden(mette, address), **changes}
    assert mette.post(f"{address}/approve", **sent, **AGREES).status_code == 409
    assert drafting.one("SELECT count(*) FROM decision") == (0,)


@pytest.mark.parametrize("extra", [{"check-household": "agrees"}, {"outcome": "granted"}])
def test_a_check_that_nobody_asked_for_is_refused(drafting, mette, address, extra):
    assert mette.post(f"{address}/approve", **hidden(mette, address), **AGREES, **extra).status_code == 400
    assert drafting.one("SELECT count(*) FROM decision") == (0,)


def test_where_application_and_register_differ_it_stands_in_both_places(drafting, mette):
    for (number,) in site_rows(drafting, f"SELECT c.case_id {FROM} {DRAFTED} ORDER BY c.case_id"):
        mette.get(f"/cases/subsidy/{number}")
        if "“Amount” does not agree." in mette.words:
            assert re.search(r"The application says DKK 1\. eIndkomst says DKK [\d,]+\.", mette.words)
            assert "Does not agree" in mette.words
            return
    raise AssertionError("no drafted case has a contradiction")


def test_a_case_without_a_draft_has_the_same_page_without_a_proposal(drafting, mette):
    where = "a.route <> 'draft' AND a.drawn = 0 AND a.complexity < 0.6 AND c.team = 'intake'"
    for (number,) in site_rows(drafting, f"SELECT c.case_id {FROM} {where} ORDER BY c.case_id"):
        mette.get(f"/cases/subsidy/{number}")
        if "No draft: you decide the case" in mette.words:
            assert "The calculation" in mette.words
            assert "Draft by the machine" not in mette.words
            assert mette.get(f"/cases/subsidy/{number}/draft-letter/da/html").status_code == 404
            return
    raise AssertionError("every case without a draft is blind")


def test_the_queue_names_the_citizen_the_next_step_and_the_machines_role(drafting, mette, address):
    number = address.rpartition("/")[2]
    row = row_of(mette, number)
    assert "&lt;b&gt;Nr&lt;/b&gt;" in row
    assert "Check one fact, and sign" in row
    assert "Draft ready" in row


def row_of(browser, number: str) -> str:
    """The row of a case in the team's list."""
    browser.get("/cases?list=team")
    while f"/cases/subsidy/{number}" not in browser.page:
        more = re.search(r'href="(/cases\?list=team&amp;after=[^"]+)"', browser.page)
        assert more is not None
        browser.get(more[1].replace("&amp;", "&"))
    return next(row for row in re.findall(r"<tr>.*?</tr>", browser.page, re.DOTALL) if f'/{number}"' in row)


def test_a_decision_stands_although_its_letter_cannot_leave(drafting, mette, address):
    file = drafting.opened.workspace.root / "municipality.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("name:", "example: true\nname:", 1), encoding="utf-8")
    mette.post(f"{address}/approve", **hidden(mette, address), **AGREES)
    assert "The decision stands, but the citizen has not been told: the letter could not be sent." in mette.words
    assert drafting.one("SELECT count(*) FROM decision") == (1,)
    assert drafting.one("SELECT count(*) FROM letter") == (0,)


def test_a_letter_is_reached_through_its_own_case_alone(drafting, mette, address):
    mette.post(f"{address}/approve", **hidden(mette, address), **AGREES)
    other = drafting.address("c.team = 'intake'")
    assert mette.get(f"{address}/letters/1/da/html").status_code == 200
    for wrong in (
        f"{other}/letters/1/da/html", f"{address}/letters/2/da/html", f"{address}/letters/1/da/exe",
        f"{address}/letters/1/sv/html", f"{address}/letters/x/da/html",
    ):  # fmt: skip
        assert mette.get(wrong).status_code == 404, wrong


def test_a_letter_that_was_rendered_is_kept_for_the_same_facts_and_texts_alone(drafting, mette, address):
    kept = drafting.app.state.site.letters.kept
    mette.get(address)
    seen = len(kept)
    mette.get(address)
    before = mette.get(f"{address}/draft-letter/da/html").text
    assert len(kept) == seen
    with drafting.opened.database.write() as connection:
        texts = in_force(connection, "letters", "da.yaml").content.replace("KLADDE", "UDKAST")
        publish(connection, "letters", "da.yaml", texts)
    after = mette.get(f"{address}/draft-letter/da/html").text
    assert ("KLADDE" in before, "KLADDE" in after, "UDKAST" in after) == (True, False, True)
    linda = drafting.browser("linda")
    assert "Linda Friis" in linda.get(f"{address}/draft-letter/da/html").text
    assert len(kept) == seen + 2


def begun_by_hand(mette, address: str, use: str) -> None:
    """Keep a decision by hand as a draft of one's own."""
    mette.post(f"{address}/by-hand", **hidden(mette, address), draft_use=use)
    typed = {"outcome": "partly_granted", "reasons": "Half of it, by § 6.", "hearing": "nothing_held"}
    mette.post(f"{address}/text?back={address}", kept=f"0 decide-{use}", **typed, **AGREES)


@pytest.mark.parametrize("use", ["changed", "discarded"])
def test_a_decision_by_hand_that_was_kept_comes_back_as_what_it_was(drafting, mette, address, use):
    begun_by_hand(mette, address, use)
    assert "Half of it, by § 6." in mette.page
    assert f'name="draft_use" value="{use}"' in mette.page
    assert 'id="check-amount-agrees" value="agrees" checked' in mette.page
    sent = dict(re.findall(r'type="hidden" name="(round|assessment|draft_use|kept)" value="([^"]*)"', mette.page))
    sent |= {"outcome": "partly_granted", "reasons": "Half of it, by § 6.", "hearing": "nothing_held", **AGREES}
    sent["kept"] = f"1 decide-{use}"
    mette.post(f"{address}/decide", **sent)
    assert drafting.one("SELECT outcome, draft_use FROM decision") == ("partly_granted", use)
    assert drafting.one("SELECT count(*) FROM text_draft") == (0,)


def test_the_draft_can_be_looked_at_while_a_decision_by_hand_waits(mette, address):
    begun_by_hand(mette, address, "discarded")
    mette.get(f"{address}?view=draft")
    assert "Approve and sign" in mette.words
    assert "You have begun a decision of your own." in mette.words
    assert "Half of it, by § 6." not in mette.page
    mette.post(f"{address}/by-hand", **dict(re.findall(HIDDEN_TWO, mette.page)), draft_use="discarded")
    assert "Half of it, by § 6." in mette.page


HIDDEN_TWO = r'type="hidden" name="(round|assessment)" value="([^"]*)"'


def test_what_was_made_of_a_drafts_words_is_never_put_into_a_blind_page(drafting, mette):
    numbers = site_rows(drafting, f"SELECT c.case_id {FROM} a.drawn = 1 AND c.team = 'intake' ORDER BY c.case_id")
    blind = f"/cases/subsidy/{numbers[0][0]}"
    mette.get(blind)
    mette.post(f"{blind}/text?back={blind}", kept="0 decide-changed", reasons="From the draft's words")
    assert "From the draft's words" not in mette.words
    assert mette.post(f"{blind}/text?back={blind}", kept="0 decide", reasons="My own words").status_code == 200
    assert "My own words" in mette.words


def test_what_became_of_the_draft_and_whether_the_outcome_agrees_is_stored_with_the_decision(
    drafting, mette, address
):
    sent = hidden(mette, address)
    mette.post(f"{address}/by-hand", **sent, draft_use="changed")
    reasons = re.search(r'name="reasons"[^>]*>\n([^<]*)', mette.page)[1]
    decided = dict(
        re.findall(r'type="hidden" name="(round|assessment|draft_use|opened)" value="([^"]*)"', mette.page)
    )
    mette.post(f"{address}/decide", **decided, **AGREES, outcome="granted", reasons=f"{reasons} Two more words.")
    said = json.loads(drafting.one("SELECT content FROM case_act WHERE kind = 'worked'")[0])
    assert (said["edits"], said["agrees"]) == (3, True)
