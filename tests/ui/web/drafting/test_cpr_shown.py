"""The whole CPR number is shown on demand alone, and the audit trail says to whom."""

from __future__ import annotations

from models.audit_verify import verify


def test_the_number_is_masked_until_somebody_asks_and_then_it_is_on_record_who(drafting):
    mette = drafting.browser("mette")
    address = drafting.address("c.team = 'intake' AND c.case_type = 'subsidy'")
    cpr = drafting.one(
        "SELECT z.cpr FROM case_file c JOIN citizen z ON z.ref = c.citizen_ref WHERE c.case_id = ?",
        address.rpartition("/")[2],
    )[0]
    whole = f"{cpr[:6]}-{cpr[6:]}"
    mette.get(address)
    assert whole not in mette.page
    assert cpr not in mette.page
    assert mette.post(f"{address}/cpr").status_code == 200
    assert whole in mette.words
    user = drafting.one("SELECT id FROM user_account WHERE name = 'mette'")[0]
    actor, payload = drafting.one("SELECT actor, payload FROM audit WHERE action = 'case.cpr_shown'")
    assert actor == f"user:{user}"
    assert cpr not in payload
    assert verify(drafting.opened.database, drafting.opened.heads) == []
    mette.get(address)
    assert whole not in mette.page


def test_a_number_that_is_not_there_or_not_ours_leaves_no_entry(drafting):
    mette = drafting.browser("mette")
    mette.get("/cases/child_report/U-0")
    assert mette.post("/cases/child_report/U-0/cpr").url.path == "/cases/child_report/U-0"
    elsewhere = drafting.address("c.team = 'senior' AND c.case_type = 'subsidy'")
    assert mette.post(f"{elsewhere}/cpr").status_code == 404
    mette.get("/cases/child_report/U-0")
    assert mette.post("/cases/child_report/U-0/cpr", reason="x").status_code == 400
    assert drafting.one("SELECT count(*) FROM audit WHERE action = 'case.cpr_shown'") == (0,)
