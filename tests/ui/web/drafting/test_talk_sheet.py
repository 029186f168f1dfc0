"""A decision to be talked over: what, why, what the machine did, what would change it, what the citizen can do."""

from __future__ import annotations

import re

import pytest

from models.assessments import IS_NEWEST
from models.publication import in_force, publish
from tests.ui.web.drafting.test_drafts import AGREES, hidden, shown_draft

FROM = (
    f"FROM case_file c JOIN assessment a ON {IS_NEWEST} WHERE c.status = 'open' AND c.team = 'intake'"
    " AND CAST(substr(c.case_id, 6) AS INTEGER) % 4 <> 0"
)
"""Every fourth application contradicts the register, so that the citizen would have to be heard."""


def decide(site, browser, outcome: str, reasons: str, where: str = "a.route <> 'draft'") -> str:
    """Decide a case of mine by hand; its address."""
    address = f"/cases/subsidy/{site.one(f'SELECT c.case_id {FROM} AND {where} ORDER BY c.case_id')[0]}"
    browser.view(address)
    form = re.search(rf'action="{address}/decide".*?</form>', browser.page, re.DOTALL)[0]
    sent = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', form))
    hearing = {"hearing": "nothing_held"} if outcome == "refused" else {}
    browser.post(f"{address}/decide", **{**sent, "outcome": outcome, "reasons": reasons, **hearing})
    assert f'href="{address}/talk-sheet"' in browser.page, browser.words
    return address


@pytest.fixture
def mette(drafting):
    return drafting.browser("mette")


def test_a_draft_that_was_approved_is_told_with_what_would_have_changed_it(drafting, mette):
    address = shown_draft(drafting, mette)
    mette.post(f"{address}/approve", **hidden(mette, address), **AGREES)
    assert f'href="{address}/talk-sheet"' in mette.page
    mette.get(f"{address}/talk-sheet")
    for words in (
        "What was decided Granted",
        "Decided by Mette Kjærgaard,",
        "The amount is below the limit.",
        "Mette Kjærgaard checked it and used it as it was.",
        "It did not decide the case. Mette Kjærgaard did.",
        "The decision follows from these facts.",
        "From DKK 9,001 up: refused.",
        "The citizen got all that was asked for",
        "we answer within 7 working days",
    ):
        assert words in mette.words, words
    assert mette.page.count("button-primary") == 1
    assert "<b>Nr</b>" not in mette.page
    mette.get(address)
    assert f'href="{address}/talk-sheet"' in mette.page
    assert 'href="/how-to-explain/subsidy"' in mette.page


def test_a_refusal_says_the_last_day_to_appeal_that_stands_in_the_letter(drafting, mette):
    address = decide(drafting, mette, "refused", "By <script>§ 4</script> there is no need.")
    document = drafting.one("SELECT json_extract(document, '$.decision.appeal.last_day') FROM letter")
    mette.get(f"{address}/talk-sheet")
    day = int(document[0][-2:])
    assert re.search(rf"Appeal by {day} \w+ {document[0][:4]} at the latest\.", mette.words)
    assert "Ankestyrelsen" in mette.words
    assert "&lt;script&gt;§" in mette.page
    assert "<script>§" not in mette.page


def test_the_sheet_rests_on_what_was_stored_and_not_on_the_rules_of_today(drafting, mette):
    address = shown_draft(drafting, mette)
    mette.post(f"{address}/approve", **hidden(mette, address), **AGREES)
    mette.get(f"{address}/talk-sheet")
    before = mette.words
    with drafting.opened.database.write() as connection:
        text = in_force(connection, "case_type", "subsidy").content
        assert "2020-01-01: 9000" in text
        changed = text.replace("2020-01-01: 9000", "2020-01-01: 5").replace("The amount is below", "It is under")
        publish(connection, "case_type", "subsidy", changed.replace("Ankestyrelsen", "Domstolen"))
    mette.get(f"{address}/talk-sheet")
    assert mette.words == before


def test_where_judgment_decided_against_the_criteria_no_fact_is_said_to_turn_it(drafting, mette):
    amount = (
        "CAST(json_extract((SELECT f.facts FROM case_facts f WHERE f.case_id = c.case_id), '$.amount') AS REAL)"
    )
    address = decide(drafting, mette, "granted", "", where=f"a.route <> 'draft' AND {amount} > 9000")
    mette.get(f"{address}/talk-sheet")
    assert "The decision rests on a person's judgment" in mette.words
    assert "These facts counted" in mette.words
    assert "Another" not in mette.words


def test_endless_reasons_are_cut_so_that_one_sheet_is_enough(drafting, mette):
    address = decide(drafting, mette, "refused", "Because of § 4. " * 1200)
    mette.get(f"{address}/talk-sheet")
    assert "The reasons are cut here" in mette.words
    assert len(mette.words) < 6000


def test_a_case_without_a_decision_has_no_sheet(drafting, mette):
    address = drafting.address("c.team = 'intake'")
    assert mette.get(f"{address}/talk-sheet").url.path == address
    assert "talk-sheet" not in mette.page
    assert drafting.one("SELECT team FROM case_file WHERE case_id = 'U-0'") == ("intake",)
    assert mette.get("/cases/child_report/U-0/talk-sheet").url.path == "/cases/child_report/U-0"


def test_a_decision_without_a_letter_says_so(drafting, mette):
    address = decide(drafting, mette, "refused", "By § 4.")
    with drafting.opened.database.write() as connection:
        for (name,) in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('letter', 'letter_file')"
        ).fetchall():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("DELETE FROM letter_file")
        connection.exec_driver_sql("DELETE FROM letter")
    mette.get(f"{address}/talk-sheet")
    assert "No letter about the decision was sent from here" in mette.words
    assert "By § 4." in mette.words
    assert "The time is 4 weeks from the day the citizen gets the letter" in mette.words
    assert "It looked at how much work the case would take." in mette.words


def test_the_sheet_and_the_page_of_the_type_are_danish_to_a_dane(visit):
    site = visit(language="da")
    browser = site.browser("mette")
    address = decide(site, browser, "refused", "Efter § 4.")
    for page in (f"{address}/talk-sheet", "/how-to-explain/subsidy", "/how-to-explain/child_report"):
        browser.get(page)
        assert not re.search(r"\b(the|of|you|what|citizen)\b", browser.words.replace("Receipt", "")), page


def test_how_to_explain_a_case_type_is_told_from_its_model_card(drafting, mette):
    mette.get("/how-to-explain/subsidy")
    for words in (
        "A computer program has looked",
        "It looks at Amount: What amount is",
        "How often is it wrong?",
        "it points to the right one in",
        "Ankestyrelsen hears the appeal.",
        "Was it a computer",
    ):
        assert words in mette.words, words
    mette.get("/oversight/subsidy")
    assert 'href="/how-to-explain/subsidy"' in mette.page


def test_of_a_heavy_type_nothing_is_said_of_a_machine_that_looks(drafting):
    anders = drafting.browser("anders")
    anders.get("/how-to-explain/child_report")
    assert "No machine looks at cases like this one." in anders.words
    assert "How often is it wrong?" not in anders.words
    assert "It looks at" not in anders.words


def test_a_case_type_that_is_not_there_has_no_page(drafting):
    assert drafting.browser("anders").get("/how-to-explain/nothing").status_code == 404
