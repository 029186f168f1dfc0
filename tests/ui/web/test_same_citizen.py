"""A row names the citizen's other open cases of the same team, and marks a protected address."""

from __future__ import annotations

import re

import pytest

from models.citizens import Citizen, put_citizens


@pytest.fixture
def cases(site) -> list[str]:
    """Five cases of one citizen with a protected address, and one of another team."""
    query = "SELECT case_id FROM case_file WHERE team = ? AND status = 'open' ORDER BY case_id LIMIT 1 OFFSET ?"
    found = [site.one(query, "intake", place)[0] for place in range(5)] + [site.one(query, "senior", 0)[0]]
    with site.opened.database.write() as connection:
        put_citizens(connection, [Citizen("c1", "Ida Skovgaard", "1405921236", protected_address=True)])
        for case in found:
            connection.exec_driver_sql("UPDATE case_file SET citizen_ref = 'c1' WHERE case_id = ?", (case,))
    return found


def row_of(browser, case: str) -> str:
    browser.search(case)
    return re.search(
        rf'<tr>(?:(?!</tr>).)*<th scope="row"><a href="/cases/subsidy/{case}".*?</tr>', browser.page, re.DOTALL
    )[0]


def test_a_row_names_the_other_open_cases_of_the_team_and_no_others(site, cases):
    row = row_of(site.browser("mette"), cases[0])
    assert re.findall(r"Subsidy · ([\d-]+)</a>", row) == cases[1:4]
    assert "1 more" in row
    assert cases[5] not in row
    assert "Perhaps twice" in row
    assert "Protected address" in row
    assert "Same citizen" not in row_of(site.browser("other"), cases[5])


def test_a_closed_case_is_not_named(site, cases):
    with site.opened.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE case_file SET status = 'closed', closed_at = received_at WHERE case_id = ?", (cases[1],)
        )
    row = row_of(site.browser("mette"), cases[0])
    assert re.findall(r"Subsidy · ([\d-]+)</a>", row) == cases[2:5]
    assert " more" not in row
