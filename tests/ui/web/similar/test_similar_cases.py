"""Similar closed cases on a case's page: the team's own, by what may be compared, their outcome hidden first."""

from __future__ import annotations

import re
import sqlite3
from datetime import timedelta
from html import unescape

import numpy as np
import pytest
from ruamel.yaml import YAML

from explain.similar import most_similar
from models.clock import system_clock
from models.closed_cases import closed_now
from models.publication import publish
from models.training_store import latest_model
from tests.ui.web.afterwards.conftest import decide, reopen
from tests.ui.web.firstview.conftest import addresses, give, typed
from ui.caseworker.similar.closed_kept import KEPT_FOR, read_closed

HIDDEN = "How they ended is hidden until you have chosen an outcome of your own."


@pytest.fixture
def visit(workspace, visit):
    """A site whose closed cases lie with the team, so that its people may open them."""
    with sqlite3.connect(workspace / "stafet.db") as connection:
        connection.execute("UPDATE case_file SET team = 'intake' WHERE status = 'closed'")
    return visit


def part(browser) -> str:
    found = re.search(r'<section id="similar">.*?</section>', browser.page, re.DOTALL)
    return "" if found is None else found[0]


def numbers(browser) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/cases/subsidy/([^"]+)"', part(browser))


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_a_few_closed_cases_are_named_with_what_they_share_and_the_work_they_took(site, seen_case):
    browser = site.browser("mette")
    browser.get(seen_case)
    found = numbers(browser)
    assert 3 <= len(found) <= 5
    for number in found:
        assert site.one("SELECT status, team FROM case_file WHERE case_id = ?", number) == ("closed", "intake")
    said = words(part(browser))
    assert re.search(r"\d of \d facts are alike, or nearly", said)
    assert re.search(r"\d+ days?, \d caseworkers?", said)
    assert re.search(r"No extra work|Extra work: ", said)
    assert "nothing about how this case must end" in said
    assert browser.get(f"/cases/subsidy/{found[0]}").status_code == 200


def test_the_work_that_is_told_is_what_the_records_hold(site, seen_case):
    browser = site.browser("mette")
    browser.get(seen_case)
    for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", part(browser), re.DOTALL):
        number = re.search(r'href="/cases/subsidy/([^"]+)"', row)[1]
        days, handlers = site.one(
            "SELECT julianday(c.closed_at) - julianday(c.received_at),"
            " (SELECT count(DISTINCT e.resource) FROM case_event e"
            " WHERE e.case_id = c.case_id AND e.resource <> '')"
            " FROM case_file c WHERE c.case_id = ?",
            number,
        )
        told = re.search(r"(?:(\d+) days?|Less than a day)(?:, (\d+) caseworkers?)?", words(row.split("<td")[3]))
        assert abs(int(told[1] or 0) - days) <= 1
        assert int(told[2] or 0) <= handlers


def test_cases_of_another_team_or_of_none_are_not_named(site, seen_case):
    browser = site.browser("mette")
    browser.get(seen_case)
    [first, *_] = numbers(browser)
    with sqlite3.connect(site.opened.workspace.database_file) as connection:
        connection.execute("UPDATE case_file SET team = 'senior' WHERE case_id = ?", [first])
    browser.get(seen_case)
    assert first not in numbers(browser), "how a case stands is read anew, whatever is kept"
    with sqlite3.connect(site.opened.workspace.database_file) as connection:
        connection.execute("UPDATE case_file SET team = NULL WHERE status = 'closed'")
    browser.get(seen_case)
    assert part(browser) == ""


def test_the_outcome_is_not_in_the_page_until_a_view_names_one(site):
    address = addresses(site)["asked"]
    browser = site.browser("mette")
    give(browser, address, leans="not-yet")
    assert HIDDEN in words(part(browser))
    assert "Not decided in Stafet" not in browser.page
    assert "Outcome</th>" not in part(browser)
    browser.get(f"{address}/first-view")
    browser.post(f"{address}/first-view", **typed(browser, address), leans="refused", effort="usual", weighs="")
    assert HIDDEN not in browser.words
    assert "Outcome</th>" in part(browser)
    assert "Not decided in Stafet" in part(browser)


def test_without_a_view_the_outcome_comes_with_the_decision(site, seen_case):
    browser = site.browser("mette")
    browser.get(seen_case)
    assert HIDDEN in words(part(browser))
    sent = typed(browser, seen_case, "decide")
    browser.post(f"{seen_case}/decide", **sent, outcome="refused", reasons="By § 4.", hearing="nothing_held")
    browser.get(seen_case)
    assert seen_case.rpartition("/")[2] not in numbers(browser), "a case is not like itself"
    assert HIDDEN not in browser.words
    assert "Not decided in Stafet" in part(browser)


def test_how_a_decided_case_ended_is_read_and_an_open_case_is_no_closed_one(site):
    browser, address = site.browser("mette"), addresses(site)["asked"]
    give(browser, address)
    sent = typed(browser, address, "decide")
    browser.post(f"{address}/decide", **sent, outcome="refused", reasons="By § 4.", hearing="nothing_held")
    decided, other = (one.rpartition("/")[2] for one in (address, addresses(site)["random"]))
    with site.opened.database.read() as connection:
        found = closed_now(connection, "subsidy", [decided, other])
    assert {key: one.outcome for key, one in found.items()} == {decided: "refused"}


def test_on_a_complaint_the_outcomes_wait_for_a_new_choice(site, seen_case):
    browser = site.browser("mette")
    decide(browser, seen_case)
    reopen(browser, seen_case, ground="complaint")
    give(browser, seen_case, leans="not-yet")
    assert HIDDEN in words(part(browser))
    browser.get(f"{seen_case}/first-view")
    browser.post(
        f"{seen_case}/first-view", **typed(browser, seen_case), leans="refused", effort="usual", weighs=""
    )
    assert HIDDEN not in browser.words
    assert "Not decided in Stafet" in part(browser)


@pytest.mark.parametrize("why", ["drawn", "asked", "random"])
def test_a_page_that_must_be_blind_holds_none_of_it(site, why):
    address = addresses(site)[why]
    browser = site.browser("mette")
    browser.get(address)
    assert part(browser) == ""
    assert "similar" not in browser.page.replace("similar cases and number", "")
    if why != "asked":
        give(browser, address)
        assert part(browser) == ""


def test_what_is_kept_is_read_anew_after_some_minutes(visit, workspace):
    ahead = [timedelta(0)]
    site = visit(clock=lambda: system_clock() + ahead[0])
    browser = site.browser("mette")
    browser.get(addresses(site)["asked"])
    give(browser, addresses(site)["asked"])
    [kept] = site.app.state.site.closed.kept.values()
    browser.get(addresses(site)["asked"])
    assert next(iter(site.app.state.site.closed.kept.values())) is kept
    ahead[0] = KEPT_FOR + timedelta(seconds=1)
    browser.get(addresses(site)["asked"])
    assert next(iter(site.app.state.site.closed.kept.values())) is not kept


def test_a_fact_that_is_protected_by_now_is_never_compared(site, workspace):
    yaml, file = YAML(), workspace / "case_types" / "subsidy.yaml"
    written = yaml.load(file)
    written["fields"]["area"]["protected"] = True
    yaml.dump(written, file)
    with site.opened.database.write() as connection:
        publish(connection, "case_type", "subsidy", file.read_text(encoding="utf-8"))
    browser, address = site.browser("mette"), addresses(site)["asked"]
    give(browser, address)
    assert numbers(browser)
    rows = "".join(re.findall(r"<tbody>.*?</tbody>", part(browser), re.DOTALL))
    assert "Area:" not in rows
    assert "Not compared either, since it is protected or goes closely together with what is: Area." in words(
        part(browser)
    )


def test_the_page_speaks_danish(visit):
    site = visit(language="da")
    browser, address = site.browser("mette"), addresses(site)["asked"]
    give(browser, address)
    said = words(part(browser))
    for sentence in (
        "lignende sager",
        "Ligner ved",
        "Skiller sig ud ved",
        "Arbejdet tog",
        "Ikke afgjort i Stafet",
    ):
        assert sentence in said


def test_a_type_without_closed_cases_of_late_has_none_that_are_similar(site):
    with site.opened.database.read() as connection:
        case_type = site.opened.in_force.case_types["subsidy"]
        model = site.app.state.site.models.in_words(
            connection, "subsidy", latest_model(connection, "subsidy").version
        )
        found = read_closed(connection, case_type, model.features, system_clock() + timedelta(days=9000))
    assert len(found.case_ids) == len(found.inputs) == len(found.efforts) == 0
    none = most_similar(
        np.zeros(len(model.features)),
        found.inputs,
        model.features,
        found.spread,
        found.is_compared,
        np.zeros(len(model.features)),
    )
    assert none == ()
