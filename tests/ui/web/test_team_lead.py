"""The team lead's table of open cases, and the same as a file that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re

import pytest
import sqlalchemy as sa

from ui.caseworker.queue_filter import AT_A_TIME, MOST_READ
from ui.teamlead.team_cases import AT_A_TIME as TABLE_AT_A_TIME
from ui.teamlead.team_csv import harmless
from ui.teamlead.team_routes import MOST_COUNTED


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


MANY = 1_240


@pytest.fixture
def many(site) -> int:
    """A long list of cases that are overdue, before those that are not: how many there are."""
    insert = (
        "INSERT INTO case_file (case_type, case_id, received_at, status, team, decide_by, queue_by,"
        " row_version) VALUES ('subsidy', :case_id, '2026-01-01T09:00:00.000000Z', 'open', 'intake', '2026-01-29',"
        " '2026-01-29T22:59:59.999999Z', 1)"
    )
    rows = [{"case_id": f"OLD-{number:05}"} for number in range(MANY)]
    with site.opened.database.write() as connection:
        connection.execute(sa.text(insert), rows)
    return MANY


def test_cases_past_those_that_one_page_looks_through_are_reached_by_the_next_and_are_all_in_the_file(
    site, many, parked
):
    tom = site.browser("tom")
    tom.get("/team?due=later")
    assert listed(tom.page) == []
    assert "None of the cases looked through so far fits your choices" in tom.words
    assert f"A page looks through {MOST_READ} cases at most." in tom.words
    assert "No case here fits" not in tom.words
    later = every_page(tom, "/team?due=later")
    assert len(later) == len(set(later)) > 10
    assert sorted(later) == sorted(row[0] for row in file_of(tom, "?due=later")[1:])
    assert not [one for one in later if one.startswith("OLD")]
    over = every_page(tom, "/team?due=over")
    assert len([one for one in over if one.startswith("OLD")]) == many
    assert len(file_of(tom)) - 1 == len(every_page(tom, "/team")) > many
    assert "Back to the first cases" in tom.words
    tom.get("/team")
    assert "Back to the first cases" not in tom.words
    assert "Next page" in tom.words


def test_one_page_reads_no_more_cases_than_the_bound(site, many):
    read: list[str] = []

    @sa.event.listens_for(site.opened.database.engine, "before_cursor_execute")
    def noted(_connection, _cursor, statement, _parameters, _context, _many) -> None:
        if "FROM case_file" in statement and "queue_by" in statement and "ORDER BY" in statement:
            read.append(statement)

    tom = site.browser("tom")
    read.clear()
    tom.get("/team?due=later")
    assert 0 < len(read) <= MOST_READ // AT_A_TIME + MOST_COUNTED // TABLE_AT_A_TIME + 2


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
