"""A decision from a page whose assessment counts no longer is refused: it is made anew, and the text kept."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from models.corrections import record_correction
from models.publication import publish
from routing.correcting import assess_anew
from routing.in_force import RULES
from tests.ui.web.conftest import ROUTING

TEXT = "By § 4, for <b>the amount</b>."
READ = "The case has been assessed anew. Read it again before you decide. Your text is kept below."


def form_of(browser, address: str, **changes: str) -> dict[str, str]:
    """The decision form of a case's page, filled in."""
    browser.view(address)
    return {**hidden_in(browser), "outcome": "refused", "reasons": TEXT, "hearing": "nothing_held", **changes}


def hidden_in(browser) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(round|assessment|opened)" value="([^"]*)"', browser.page))


def corrected(site, case_id: str) -> str:
    sign_in = site.one("SELECT max(id) FROM sign_in")[0]
    with site.opened.database.write() as connection:
        record_correction(
            connection, case_type="subsidy", case_id=case_id, sign_in_id=sign_in, field="amount", value=9000.0,
            reason="The citizen rang", expected_version=1, is_blind=False,
        )  # fmt: skip
    return "The facts of the case have changed since it was assessed."


def withdrawn(site, case_id: str) -> str:
    insert = (
        "INSERT INTO consent (case_type, case_id, field, answer, answered_at, recorded_at, audit_batch)"
        " VALUES ('subsidy', :case_id, 'amount', 'no', :at, :at, 'x')"
    )
    with site.opened.database.write() as connection:
        connection.execute(sa.text(insert), {"case_id": case_id, "at": site.opened.database.now})
    return "The citizen has answered about the use of their data since the case was assessed."


def ruled(site, case_id: str) -> str:
    with site.opened.database.write() as connection:
        publish(connection, "rules", RULES, ROUTING.replace("contact_within: 2d", "contact_within: 3d"))
    return "The rules have been changed since the case was assessed."


def assessed(site, case_id: str) -> str:
    assess_anew(site.opened, "subsidy", case_id)
    return "The case has been assessed anew since this page was shown."


@pytest.mark.parametrize("happened", [corrected, withdrawn, ruled, assessed])
def test_what_changed_is_said_the_case_assessed_anew_and_the_text_kept(site, seen_case, happened):
    mette, case_id = site.browser("mette"), seen_case.rpartition("/")[2]
    sent = form_of(mette, seen_case)
    told = happened(site, case_id)
    assert mette.post(f"{seen_case}/decide", **sent).status_code == 409
    assert f"{told} {READ}" in mette.words
    assert "By § 4, for &lt;b&gt;the amount&lt;/b&gt;." in mette.page
    assert site.one("SELECT count(*) FROM decision") == (0,)
    newest = "SELECT id, facts_version FROM assessment WHERE case_id = ? ORDER BY id DESC"
    number, facts = site.one(newest, case_id)
    assert site.one("SELECT max(version) FROM case_facts WHERE case_id = ?", case_id) == (facts,)
    mette.view(seen_case)
    assert mette.post(f"{seen_case}/decide", **{**sent, **hidden_in(mette)}).url.path == f"{seen_case}/decided"
    assert site.one("SELECT assessment_id FROM decision") == (number,)


@pytest.mark.parametrize("forged", ["", "1", "999999"])
def test_a_form_that_names_another_assessment_than_the_newest_is_refused(site, seen_case, forged):
    mette = site.browser("mette")
    sent = form_of(mette, seen_case, assessment=forged)
    assert mette.post(f"{seen_case}/decide", **sent).status_code == 409
    assert "assessed anew since this page was shown" in mette.words
    assert "By § 4, for &lt;b&gt;the amount&lt;/b&gt;." in mette.page
    assert site.one("SELECT count(*) FROM decision") == (0,)


def test_a_case_that_goes_to_another_team_by_what_changed_says_so_and_keeps_the_text(site, seen_case):
    mette, case_id = site.browser("mette"), seen_case.rpartition("/")[2]
    sent = form_of(mette, seen_case)
    sign_in = site.one("SELECT max(id) FROM sign_in")[0]
    with site.opened.database.write() as connection:
        record_correction(
            connection, case_type="subsidy", case_id=case_id, sign_in_id=sign_in, field="amount", value=19000.0,
            reason="The citizen rang", expected_version=1, is_blind=False,
        )  # fmt: skip
    assert mette.post(f"{seen_case}/decide", **sent).status_code == 409
    assert "By that it has gone to another team. Your text is kept below." in mette.words
    assert "By § 4, for &lt;b&gt;the amount&lt;/b&gt;." in mette.page
    assert mette.get(seen_case).status_code == 404


def test_where_the_machine_cannot_assess_the_case_nothing_is_decided_and_the_text_is_kept(site, seen_case):
    mette, case_id = site.browser("mette"), seen_case.rpartition("/")[2]
    sent = form_of(mette, seen_case)
    corrected(site, case_id)
    version = site.one("SELECT version FROM trained_model")[0]
    for file in site.opened.workspace.trained_folder("subsidy", version).iterdir():
        file.write_bytes(b"broken")
    assert mette.post(f"{seen_case}/decide", **sent).status_code == 409
    assert "The machine could not assess the case anew. Tell your team lead." in mette.words
    assert "By § 4, for &lt;b&gt;the amount&lt;/b&gt;." in mette.page
    assert site.one("SELECT count(*) FROM decision") == (0,)


def test_a_page_that_is_blind_stays_so_and_tells_nothing_of_the_draw(site):
    said = set()
    for where in ("a.drawn = 1", "a.drawn = 0 AND a.complexity >= 0.6"):
        address = site.address(f"c.team = 'intake' AND {where}")
        mette = site.browser("mette")
        sent = form_of(mette, address)
        withdrawn(site, address.rpartition("/")[2])
        assert mette.post(f"{address}/decide", **sent).status_code == 409
        said.add(re.search(r'<div role="alert">.*?</div></div>', mette.page, re.S)[0])
        assert site.one("SELECT count(*) FROM decision") == (0,)
    assert len(said) == 1
