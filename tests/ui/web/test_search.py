"""One field finds a team's cases by number, CPR number or any part of a name, and leaves no name in an address."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from models.citizens import Citizen, put_citizens
from ui.caseworker.queue_search import cases_sought, sought

PEOPLE = [
    Citizen("c1", "Mette Kjærgaard Ågård", "140592-1236"),
    Citizen("c2", "Anne-Marie Østergaard", "2110625629"),
    Citizen("c3", "Øjvind O'Brien", "010101 1234"),
]


@pytest.fixture
def named(site):
    """Three citizens with a case each in the intake team, and the last also one of another team."""
    cases = [
        site.one("SELECT case_id FROM case_file WHERE team = 'intake' ORDER BY case_id LIMIT 1 OFFSET ?", place)[0]
        for place in range(3)
    ]
    foreign = site.one("SELECT case_id FROM case_file WHERE team = 'senior' LIMIT 1")[0]
    with site.opened.database.write() as connection:
        put_citizens(connection, PEOPLE)
        for case, ref in [*zip(cases, ("c1", "c2", "c3"), strict=True), (foreign, "c3")]:
            connection.exec_driver_sql("UPDATE case_file SET citizen_ref = ? WHERE case_id = ?", (ref, case))
    return cases


def found(browser, text: str) -> list[str]:
    browser.search(text)
    return re.findall(r'<th scope="row"><a href="/cases/subsidy/([^"]+)"', browser.page)


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("kjærg", 0), ("KJÆRG", 0), ("aag", 0), ("ågaard mette", 0), ("Ågård", 0), ("marie", 1), ("øst", 1),
        ("ØSTERGÅRD anne", 1), ("brien", 2), ("o'brien øj", 2),
        ("1405921236", 0), ("140592-1236", 0), ("211062-5629", 1), ("211062 5629", 1), ("0101011234", 2),
    ],
)  # fmt: skip
def test_a_case_is_found_by_its_citizen(site, named, text, whose):
    assert found(site.browser("mette"), text) == [named[whose]]


@pytest.mark.parametrize(
    "text", ["gaard", "jvind", "mette østergaard", "140592", "1405921237", "a_b", "%", "me%te"]
)
def test_what_only_looks_alike_is_not_found(site, named, text):
    assert found(site.browser("mette"), text) == []


def test_another_teams_case_of_the_same_citizen_is_not_found(site, named):
    assert named[2] not in found(site.browser("other"), "brien")
    assert found(site.browser("ulla"), "brien") == []


def test_a_cpr_number_that_fails_modulus_11_is_doubted_and_sought_all_the_same(site, named):
    browser = site.browser("mette")
    assert found(browser, "010101-1234") == [named[2]]
    assert "does not pass the check digit" in browser.words
    assert found(browser, "211062-5629") == [named[1]]
    assert "does not pass the check digit" not in browser.words
    assert sought("310299-1234").doubt


def test_no_name_stands_in_an_address_and_the_next_sign_in_sees_nothing_of_it(site, named):
    browser = site.browser("mette")
    found(browser, "østergaard")
    assert not any("stergaard" in address for address in browser.asked)
    assert 'value="østergaard"' in browser.page
    browser.get("/cases?list=found")
    assert 'value="østergaard"' in browser.page
    browser.post("/sign-out")
    browser.sign_in("linda")
    browser.get("/cases?list=found")
    assert "stergaard" not in browser.page
    assert "Write what you look for" in browser.words


@pytest.mark.parametrize("cookie", ["", "x", "%%%", "MTp4", "a" * 5000, "/////w=="])
def test_a_cookie_that_nobody_gave_finds_nothing(site, cookie):
    browser = site.browser("mette")
    browser.client.cookies.set("stafet_search", cookie, path="/cases")
    assert browser.get("/cases?list=found").status_code == 200


def test_a_search_reads_indexes_and_sorts_nothing_in_the_database(site, named):
    asked: list[tuple] = []

    def saw(_connection, _cursor, statement, values, *_):
        asked.append((statement, values))

    sa.event.listen(site.opened.database.engine, "before_cursor_execute", saw)
    with site.opened.database.read() as connection:
        cases_sought(connection, "intake", ["subsidy"], sought("Kjærgård"))
        plans = [
            " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))
            for statement, values in [one for one in asked if one[0].startswith("SELECT")]
        ]
    sa.event.remove(site.opened.database.engine, "before_cursor_execute", saw)
    assert "SEARCH case_file USING" in plans[0]
    assert "SCAN" not in plans[0]
    assert "SCAN case_file" not in plans[1]
    assert "TEMP B-TREE" not in plans[1]


def test_markup_in_what_is_sought_stays_text(site):
    browser = site.browser("mette")
    browser.search('"><script>alert(1)</script>')
    assert "<script>" not in browser.page


def test_more_than_twenty_are_cut_and_that_is_said(site):
    browser = site.browser("mette")
    assert len(found(browser, "2026-0")) == 20
    assert "There are more." in browser.words
