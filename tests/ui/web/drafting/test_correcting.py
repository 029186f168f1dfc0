"""A caseworker sets a fact right: who did it stands beside it, and draft, route and calculation follow at once."""

from __future__ import annotations

import json
import re
from html import unescape

import pandas as pd
import pytest

from models.assessments import IS_NEWEST
from models.audit_verify import verify
from models.people import find_user
from models.queue import take_case

DRAFTED = "a.route = 'draft' AND c.team = 'intake'"
VERSION = "2"
"""Which version of the facts these cases have: they were imported twice."""
TEXT = "The payslip of October says so"


def numbers(site, where: str) -> list[str]:
    """The numbers of open cases for which something holds."""
    query = (
        f"SELECT c.case_id FROM case_file c JOIN assessment a ON {IS_NEWEST} AND c.case_type = 'subsidy'"
        f" WHERE c.status = 'open' AND {where} ORDER BY c.case_id"
    )
    with site.opened.database.read() as connection:
        return [str(row[0]) for row in connection.exec_driver_sql(query)]


@pytest.fixture
def mette(drafting):
    return drafting.browser("mette")


@pytest.fixture
def address(drafting, mette) -> str:
    """A case whose draft its page shows."""
    for number in numbers(drafting, DRAFTED):
        mette.get(f"/cases/subsidy/{number}")
        if "Approve and sign" in mette.words:
            return f"/cases/subsidy/{number}"
    raise AssertionError("no case has a draft that is shown")


def correct(browser, address: str, field: str, value: str = "", reason: str = TEXT, **given: str):
    """Open the form of a fact, fill it in and send it."""
    assert browser.get(f"{address}/facts/{field}").status_code == 200
    version = re.search(r'name="version" value="(\d+)"', browser.page)[1]
    return browser.post(f"{address}/facts/{field}", value=value, reason=reason, **{"version": version, **given})


def facts(site, address: str) -> list[tuple[int, dict, str, str | None]]:
    """Every version of a case's facts."""
    query = "SELECT version, facts, origin, reason FROM case_facts WHERE case_id = ? ORDER BY version"
    with site.opened.database.read() as connection:
        rows = connection.exec_driver_sql(query, (address.rpartition("/")[2],)).all()
    return [(row[0], json.loads(row[1]), row[2], row[3]) for row in rows]


def assessments(site, address: str, columns: str) -> list[tuple]:
    """What was said of a case, first one first."""
    query = f"SELECT {columns} FROM assessment WHERE case_id = ? ORDER BY id"
    with site.opened.database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query, (address.rpartition("/")[2],))]


def test_a_corrected_fact_is_stored_told_and_judged_anew_at_once(drafting, mette, address):
    before = facts(drafting, address)
    answer = correct(mette, address, "amount", "8,750")
    assert (answer.status_code, answer.url.path) == (200, address)
    version, known, origin, reason = facts(drafting, address)[-1]
    assert (version, known) == (before[-1][0] + 1, {**before[-1][1], "amount": 8750})
    assert (origin.startswith("correction:"), reason) == (True, TEXT)
    assert re.search(r"Corrected by Mette Kjærgaard, today at \d\d:\d\d: from DKK .* to DKK 8,750", mette.words)
    assert f"Reason: {TEXT}" in mette.words
    assert "Mette Kjærgaard corrected “Amount” from DKK" in mette.words
    assert assessments(drafting, address, "facts_version")[-1] == (version,)
    assert "DKK 8,750" in re.search(r'id="sums".*?</section>', mette.page, re.DOTALL)[0]
    assert verify(drafting.opened.database, drafting.opened.heads) == []


def test_the_trail_holds_nothing_of_the_fact(drafting, mette, address):
    correct(mette, address, "amount", "8,750")
    query = "SELECT actor, subject, payload FROM audit WHERE action = 'case.fact_corrected'"
    with drafting.opened.database.read() as connection:
        actor, subject, payload = connection.exec_driver_sql(query).one()
    assert actor.startswith("user:")
    for secret in ("8750", "amount", "payslip", address.rpartition("/")[2]):
        assert secret not in subject + payload


def test_a_draft_falls_with_the_fact_that_it_rested_on_and_cannot_be_approved(drafting, mette, address):
    mette.get(address)
    sent = dict(re.findall(r'type="hidden" name="(round|assessment)" value="([^"]*)"', mette.page))
    correct(
        mette, address, "channel", "is:letter" if "is:letter" in form(mette, address, "channel") else "is:post"
    )
    assert assessments(drafting, address, "route")[-1] == ("caseworker",)
    assert "Approve and sign" not in mette.words
    assert mette.post(f"{address}/approve", **{"check-amount": "agrees", **sent}).status_code == 409
    assert drafting.one("SELECT count(*) FROM decision") == (0,)


def form(browser, address: str, field: str) -> str:
    """The form of one fact."""
    browser.get(f"{address}/facts/{field}")
    return browser.page


def test_a_draft_on_new_facts_is_another_draft(drafting, mette, address):
    mette.get(address)
    sent = dict(re.findall(r'type="hidden" name="(round|assessment)" value="([^"]*)"', mette.page))
    correct(mette, address, "amount", str(int(facts(drafting, address)[-1][1]["amount"]) + 1))
    assert mette.post(f"{address}/approve", **{"check-amount": "agrees", **sent}).status_code == 409


@pytest.mark.parametrize(
    ("value", "reason", "sentence"),
    [
        ("12,5,5", TEXT, "Write “Amount” as a whole number, such as 3"),
        ("", TEXT, "Write what “Amount” is, or say that it is not known"),
        ("700", " ", "Write why the fact is wrong, and how you know"),
        ("700", "x" * 2_001, "Shorten the reason to at most 2000 characters"),
        ("<b>&", TEXT, "Write “Amount” as a whole number, such as 3"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_what_was_typed_stays(
    drafting, mette, address, value, reason, sentence
):
    before = facts(drafting, address)
    assert correct(mette, address, "amount", value, reason).status_code == 400
    assert unescape(mette.page).count(sentence) == 2, "in the summary and at the field"
    kept = re.search(r'name="value"[^>]*? value="([^"]*)"', mette.page)[1]
    assert unescape(kept) == value
    assert reason in unescape(mette.page)
    assert "<b>&" not in mette.page
    assert facts(drafting, address) == before


def test_the_value_that_stands_there_is_no_correction(drafting, mette, address):
    amount = facts(drafting, address)[-1][1]["amount"]
    assert correct(mette, address, "amount", repr(amount)).status_code == 400
    assert "says this already" in mette.words


def test_a_fact_can_be_said_to_be_unknown_and_be_given_again(drafting, mette, address):
    assert correct(mette, address, "amount", not_known="1").status_code == 200
    assert "amount" not in facts(drafting, address)[-1][1]
    missing = re.search(r'id="missing".*?</section>', mette.page, re.DOTALL)[0]
    assert "Corrected by Mette Kjærgaard" in missing
    assert correct(mette, address, "amount", "5,000").status_code == 200
    assert facts(drafting, address)[-1][1]["amount"] == 5000.0


def test_whoever_read_older_facts_is_told_and_keeps_the_text(drafting, mette, address):
    form(mette, address, "amount")
    correct(drafting.browser("linda"), address, "amount", "5,000")
    answer = mette.post(f"{address}/facts/amount", value="6,000", reason=TEXT, version=VERSION)
    assert answer.status_code == 409
    assert "The facts have changed since you opened this page." in mette.words
    assert "DKK 5,000" in mette.words
    assert ('value="6,000"' in mette.page, TEXT in mette.page) == (True, True)
    assert facts(drafting, address)[-1][1]["amount"] == 5000.0
    version = re.search(r'name="version" value="(\d+)"', mette.page)[1]
    assert mette.post(f"{address}/facts/amount", value="6,000", reason=TEXT, version=version).status_code == 200
    assert facts(drafting, address)[-1][1]["amount"] == 6000.0


def test_a_case_that_a_colleague_has_taken_is_not_corrected(drafting, mette, address):
    form(mette, address, "amount")
    with drafting.opened.database.write() as connection:
        linda = find_user(connection, "linda")
        assert take_case(connection, "subsidy", address.rpartition("/")[2], linda.id)
    answer = mette.post(f"{address}/facts/amount", value="6,000", reason=TEXT, version=VERSION)
    assert answer.status_code == 409
    assert "Linda Friis has taken the case" in mette.words
    assert ('value="6,000"' in mette.page, "Store the correction" in mette.words) == (True, False)
    assert "/facts/" not in mette.get(address).text


def test_a_closed_case_is_refused_and_offers_no_correction(drafting, mette, address):
    form(mette, address, "amount")
    with drafting.opened.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE case_file SET status = 'closed', closed_at = received_at WHERE case_id = ?",
            (address.rpartition("/")[2],),
        )
    answer = mette.post(f"{address}/facts/amount", value="6,000", reason=TEXT, version=VERSION)
    assert answer.status_code == 409
    assert "The case is closed" in mette.words
    assert TEXT in mette.page
    assert facts(drafting, address)[-1][2] == "import"
    assert "/facts/" not in mette.get(address).text


def test_a_fact_that_is_not_of_the_case_type_has_no_page(mette, address):
    assert mette.get(f"{address}/facts/nothing").status_code == 404


def test_a_forged_version_or_field_is_refused(drafting, mette, address):
    for forged in ({"version": "x"}, {"not_known": "2"}, {"by": "Linda"}):
        assert correct(mette, address, "amount", "6,000", **forged).status_code == 400
    assert facts(drafting, address)[-1][2] == "import"


def test_a_report_about_a_child_is_corrected_without_a_machine(drafting, mette):
    address = "/cases/child_report/U-0"
    assert correct(mette, address, "child_age", "9").status_code == 200
    assert re.search(r"corrected “.*” from 8( years)? to 9( years)?", mette.words)
    assert "The machine" not in mette.words
    assert assessments(drafting, address, "raw_score, route")[-1] == (None, "caseworker")


def test_the_same_file_again_leaves_a_correction_and_another_value_is_said_beside_it(
    drafting, mette, address, run_commands, tmp_path, workspace, capsys
):
    number = address.rpartition("/")[2]
    told = facts(drafting, address)[1][1]["amount"]
    correct(mette, address, "amount", "5,000")
    log = pd.read_csv(
        drafting_log(workspace, tmp_path, number, facts(drafting, address)[1][1], told + 1), dtype=str
    )
    assert len(log) == 1
    run_commands(workspace, ["import", "subsidy", str(tmp_path / "again.csv")])
    assert "1 cases keep facts that a person has corrected" in capsys.readouterr().out
    assert facts(drafting, address)[-1][1]["amount"] == 5000.0
    mette.get(address)
    assert re.search(
        r"A later file says DKK .* \(today at .*\). The correction stands until you change it", mette.words
    )
    assert "The correction to DKK 5,000 stands" in mette.words


def drafting_log(workspace, folder, number: str, known: dict, amount: float):
    """A file with the case's first event and another amount."""
    from routing.publishing import open_workspace

    opened = open_workspace(workspace)
    with opened.database.read() as connection:
        query = "SELECT at, activity, resource FROM case_event WHERE case_id = ? ORDER BY at LIMIT 1"
        at, activity, resource = connection.exec_driver_sql(query, (number,)).one()
    columns = {name: field.column for name, field in opened.in_force.case_types["subsidy"].fields.items()}
    opened.database.close()
    row = {"case_id": number, "activity": activity, "timestamp": at, "resource": resource}
    row |= {columns[name]: value for name, value in {**known, "amount": amount}.items()}
    path = folder / "again.csv"
    pd.DataFrame([row]).to_csv(path, index=False)
    return path


def test_the_form_is_in_danish_and_takes_a_decimal_comma(visit):
    site = visit(language="da")
    browser = site.browser("mette")
    address = f"/cases/subsidy/{numbers(site, DRAFTED)[0]}"
    assert correct(browser, address, "amount", "5.000,0", "Lønsedlen siger det").status_code == 200
    assert facts(site, address)[-1][1]["amount"] == 5000
    assert "Rettet af Mette Kjærgaard, i dag kl." in browser.words
