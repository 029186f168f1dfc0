"""The team lead's table of open cases, and the same as a file that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re

import pytest

from ui.teamlead.team_csv import harmless


def listed(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/cases/subsidy/([^"]+)"', page)


def every_page(browser, address: str) -> list[str]:
    found: list[str] = []
    while address:
        assert browser.get(address).status_code == 200
        found += listed(browser.page)
        more = re.search(r'href="(/team\?[^"]*part=[^"]+)">', browser.page)
        address = more[1].replace("&amp;", "&") if more else ""
    return found


def file_of(browser, query: str = "") -> list[list[str]]:
    response = browser.client.get(f"/team/cases.csv{query}")
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


@pytest.fixture
def parked(site) -> str:
    """A case of the team that waits."""
    case = site.one("SELECT case_id FROM case_file WHERE team = 'intake' ORDER BY case_id LIMIT 1")[0]
    with site.opened.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE case_file SET awaiting = 'parked', awaiting_until = '2099-01-01' WHERE case_id = ?", (case,)
        )
    return case


def test_the_table_and_the_file_hold_every_open_case_of_the_team_once(site, parked):
    tom = site.browser("tom")
    found = every_page(tom, "/team")
    (open_cases,) = site.one("SELECT count(*) FROM case_file WHERE team = 'intake' AND status = 'open'")
    assert len(found) == len(set(found)) == open_cases
    heading, *rows = file_of(tom)
    assert heading[0] == "Case number"
    assert sorted(row[0] for row in rows) == sorted(found)
    assert found[-1] == rows[-1][0] == parked


def test_a_filter_picks_the_same_cases_in_the_table_and_in_the_file(site, parked):
    tom = site.browser("tom")
    whole = every_page(tom, "/team")
    parts = []
    for due in ("over", "week", "later", "never"):
        found = every_page(tom, f"/team?due={due}")
        assert sorted(found) == sorted(row[0] for row in file_of(tom, f"?due={due}")[1:])
        parts += found
    assert sorted(parts) == sorted(whole)
    assert every_page(tom, "/team?step=wait") == [parked]
    assert every_page(tom, "/team?step=strange&type=gone") == whole


def test_neither_tells_what_the_machine_thinks_or_who_a_citizen_is(site):
    from models.citizens import Citizen, put_citizens

    with site.opened.database.write() as connection:
        put_citizens(connection, [Citizen("c1", "Ida Skovgaard", "1405921236")])
        connection.exec_driver_sql("UPDATE case_file SET citizen_ref = 'c1'")
    tom = site.browser("tom")
    tom.get("/team")
    written = tom.page + tom.client.get("/team/cases.csv").text
    for word in ("complexity", "score", "drawn", "of 100", "Great amounts", "Ida", "140592"):
        assert word not in written, word


def test_blind_cases_have_one_step(site):
    tom = site.browser("tom")
    steps = {row[0]: row[2] for row in file_of(tom)[1:]}
    drawn = site.one("SELECT group_concat(case_id) FROM assessment WHERE drawn = 1")[0].split(",")
    asked = [one for one, step in steps.items() if step == "Read it, and judge for yourself"]
    assert {steps[one] for one in drawn if one in steps} <= {"Read it, and judge for yourself"}
    assert len(asked) > len([one for one in drawn if one in steps])


@pytest.mark.parametrize("cell", ["=1+1", "+45 12", "-3", "@x", "\t=1", "\r=1", " =1", "＝1"])
def test_what_would_be_a_formula_is_made_harmless(cell):
    assert harmless(cell) == f"'{cell}"


def test_nobody_but_a_team_lead_sees_them(site):
    for name in ("mette", "birgit", "anders"):
        browser = site.browser(name)
        assert browser.get("/team").status_code == browser.get("/team/cases.csv").status_code == 403
