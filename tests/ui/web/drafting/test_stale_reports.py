"""What a person finds of a report rests on what its page showed: what changed is said, and the text kept."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from models.corrections import record_correction
from models.publication import publish
from routing.correcting import assess_anew
from routing.in_force import RULES
from tests.ui.web.drafting.conftest import ROUTING
from tests.ui.web.drafting.test_heavy_cases import ADDRESS, assess, hidden_in

TEXT = "Spoke with <b>the school</b>."
READ = "The case has been routed anew. Read it again before you assess it. Your text is kept below."


def corrected(site) -> str:
    sign_in = site.one("SELECT max(id) FROM sign_in")[0]
    with site.opened.database.write() as connection:
        record_correction(
            connection, case_type="child_report", case_id="U-0", sign_in_id=sign_in, field="siblings", value=3.0,
            reason="The school rang", expected_version=1, is_blind=False,
        )  # fmt: skip
    return "The facts of the report have changed since the rules gave it to the team."


def answered(site) -> str:
    insert = (
        "INSERT INTO consent (case_type, case_id, field, answer, answered_at, recorded_at, audit_batch)"
        " VALUES ('child_report', 'U-0', 'siblings', 'no', :at, :at, 'x')"
    )
    with site.opened.database.write() as connection:
        connection.execute(sa.text(insert), {"at": site.opened.database.now})
    return "An answer about the use of data has come since the rules gave the report to the team."


def ruled(site) -> str:
    with site.opened.database.write() as connection:
        publish(connection, "rules", RULES, ROUTING.replace("contact_within: 2d", "contact_within: 3d"))
    return "The rules have been changed since they gave the report to the team."


def again(site) -> str:
    assess_anew(site.opened, "child_report", "U-0")
    return "The rules have looked at the report again since this page was shown."


@pytest.mark.parametrize("happened", [corrected, answered, ruled, again])
def test_what_changed_is_said_and_the_text_kept_and_nothing_stored_before_it_is_read(drafting, happened):
    mette = drafting.browser("mette")
    mette.get(ADDRESS)
    seen = hidden_in(mette)
    told = happened(drafting)
    late = mette.post(f"{ADDRESS}/assessment", **seen, outcome="screening", reasons=TEXT)
    assert late.status_code == 409
    assert f"{told} {READ}" in mette.words
    assert "Spoke with &lt;b&gt;the school&lt;/b&gt;." in mette.page
    assert 'value="screening" checked' in mette.page
    assert drafting.one("SELECT count(*) FROM professional_assessment") == (0,)
    sent = {**hidden_in(mette), "outcome": "screening", "reasons": TEXT}
    assert mette.post(f"{ADDRESS}/assessment", **sent).url.path == f"{ADDRESS}/decided"
    assert drafting.one("SELECT reasons FROM professional_assessment") == (TEXT,)


@pytest.mark.parametrize(("forged", "status"), [("", 409), ("1", 409), ("999999", 409), ("1; DROP", 400)])
def test_a_form_that_names_another_assessment_is_refused(drafting, forged, status):
    mette = drafting.browser("mette")
    mette.get(ADDRESS)
    sent = {"assessment": forged, "outcome": "screening", "reasons": TEXT}
    assert mette.post(f"{ADDRESS}/assessment", **sent).status_code == status
    assert "Spoke with &lt;b&gt;the school&lt;/b&gt;." in mette.page
    assert drafting.one("SELECT count(*) FROM professional_assessment") == (0,)


def test_a_report_is_assessed_once_whoever_sends_the_form_twice(drafting):
    mette = drafting.browser("mette")
    mette.get(ADDRESS)
    sent = {**hidden_in(mette), "outcome": "screening", "reasons": TEXT}
    for _ in range(2):
        assert mette.post(f"{ADDRESS}/assessment", **sent).url.path == f"{ADDRESS}/decided"
    assert drafting.one("SELECT count(*) FROM professional_assessment") == (1,)


def test_the_page_says_it_in_danish(visit):
    site = visit(language="da")
    mette = site.browser("mette")
    mette.get(ADDRESS)
    seen = hidden_in(mette)
    corrected(site)
    mette.post(f"{ADDRESS}/assessment", **seen, outcome="screening", reasons=TEXT)
    assert "Underretningens oplysninger er ændret, siden reglerne gav den til holdet." in mette.words
    assert assess(mette, TEXT).url.path == f"{ADDRESS}/decided"
