"""Each sees the figures of their own decisions, one sentence with its counts, and nobody else's."""

from __future__ import annotations

import re

import pytest

from config.translate import Translator
from models.assessments import IS_NEWEST
from models.own_decisions import decisions_by
from models.people import find_user
from models.publication import publish
from routing.assessing import assess_open_cases
from routing.draws import FIRST_VIEW, drawn_numbers
from routing.in_force import RULES
from tests.ui.web.afterwards.conftest import reopen
from tests.ui.web.conftest import ROUTING
from tests.ui.web.firstview.conftest import typed
from ui.caseworker.own_figures.figures import Figures, Share
from ui.caseworker.own_figures.said import figures_in_words

ALWAYS = "2020-01-01T00:00:00.000000Z"


def decide(browser, address: str, outcome: str, **view: str) -> None:
    browser.view(address, **view)
    sent = typed(browser, address, "decide")
    reasons = {"reasons": "By § 4.", "hearing": "nothing_held"} if outcome == "refused" else {"reasons": ""}
    assert browser.post(f"{address}/decide", **sent, outcome=outcome, **reasons).url.path.endswith("/decided")


def asked_by_rule(site, number: int) -> list[str]:
    """Addresses of cases that rules, wider than before, ask about and nothing else does."""
    with site.opened.database.write() as connection:
        publish(connection, "rules", RULES, ROUTING.replace("at_least: 0.6", "at_least: 0"))
    assess_open_cases(site.opened.again(), "subsidy")
    with site.opened.database.read() as connection:
        rows = connection.exec_driver_sql(
            f"SELECT c.case_id FROM case_file c JOIN assessment a ON {IS_NEWEST} WHERE c.status = 'open'"
            " AND c.team = 'intake' AND a.drawn = 0 ORDER BY c.case_id"
        )
        ids = [str(row[0]) for row in rows]
    numbers = drawn_numbers(site.opened.draw_key, FIRST_VIEW, "subsidy", ids)
    found = [one for one, drawn in zip(ids, numbers, strict=True) if drawn >= 0.2]
    return [f"/cases/subsidy/{one}" for one in found[:number]]


def test_whoever_has_decided_nothing_reads_so(site):
    browser = site.browser("mette")
    browser.get("/me")
    assert "You have decided no case in the last 90 days." in browser.words
    assert "draft" not in browser.words
    assert "Only you see this page." in browser.words
    assert browser.page.count("button-primary") == 1
    browser.get("/cases")
    assert '<a href="/me">Your figures</a>' in browser.page


def test_a_view_counts_as_kept_only_where_the_machines_part_was_shown_after_it(site, kinds):
    mette, linda = site.browser("mette"), site.browser("linda")
    asked = [one for one in asked_by_rule(site, 4) if one not in kinds.values()][:3]
    for address, outcome in zip(asked, ("refused", "granted", "refused"), strict=True):
        decide(mette, address, outcome, leans="refused")
    decide(mette, kinds["drawn"], "granted", leans="refused")
    decide(mette, kinds["random"], "granted", leans="refused")
    mette.get("/me")
    assert "You have decided 5 cases in the last 90 days." in mette.words
    named = "Of 3 cases in which you named an outcome before you saw the machine's part, you decided 2 so."
    assert named in mette.words
    assert "It is not known yet how much work any case took" in mette.words
    assert "Half of them took at most 1 minute from opening the page to signing." in mette.words
    linda.get("/me")
    assert "You have decided no case" in linda.words


def test_the_first_version_of_a_view_is_the_one_that_was_written_unaided(site):
    browser, address = site.browser("mette"), asked_by_rule(site, 1)[0]
    browser.view(address, leans="refused", effort="complex")
    browser.get(f"{address}/first-view")
    browser.post(f"{address}/first-view", **typed(browser, address), leans="granted", effort="simple", weighs="")
    decide(browser, address, "granted")
    with site.opened.database.read() as connection:
        user = find_user(connection, "mette")
        (mine,) = decisions_by(connection, user.id, ALWAYS)
        assert decisions_by(connection, find_user(connection, "linda").id, ALWAYS) == []
    assert (mine.leant_to, mine.expected, mine.outcome) == ("refused", "complex", "granted")


def test_a_first_view_is_held_against_the_work_once_that_is_known(site):
    browser = site.browser("mette")
    for address, effort in zip(asked_by_rule(site, 3), ("complex", "usual", "simple"), strict=True):
        decide(browser, address, "granted", effort=effort)
    with site.opened.database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO case_event (case_type, case_id, at, activity, resource, occurrence) VALUES"
            " ('subsidy', '2026-04279', '2030-01-01T00:00:00.000000Z', 'Later', '', 1)"
        )
    browser.get("/me")
    assert (
        "Of 3 cases of which it is known by now how much work they took, your first view fitted 2."
        in browser.words
    )


def test_drafts_are_counted_by_what_became_of_them():
    figures = Figures(30, 12, 28, (15, 3, 2), Share(0, 0), Share(0, 0))
    said = " ".join(one.sentence for one in figures_in_words(figures, Translator("en")))
    assert "Half of them took at most 12 minutes" in said
    assert "Of 20 drafts you approved 15 as they were, changed 3 and did not use 2." in said
    few = figures_in_words(Figures(3, 12, 3, (0, 0, 0), Share(0, 0), Share(0, 0)), Translator("en"))
    assert few[1].sentence == "The time is known for 3 of them, which is too few to say anything."


@pytest.mark.parametrize("name", ["birgit", "anders"])
def test_whoever_decides_nothing_by_their_role_has_no_such_page(site, name):
    browser = site.browser(name)
    assert browser.get("/me").status_code == 403
    browser.get("/oversight")
    assert 'href="/me"' not in browser.page


def test_every_word_of_the_page_is_danish_to_a_dane(visit):
    site = visit(language="da")
    browser = site.browser("mette")
    browser.get("/me")
    assert "Kun du kan se siden." in browser.words
    assert not re.search(r"\b(the|of|you|cases)\b", browser.words)


def test_a_view_counts_for_the_decision_that_it_preceded_and_for_none_after_a_reopening(site):
    mette = site.browser("mette")
    [address] = asked_by_rule(site, 1)
    decide(mette, address, "refused", leans="refused", effort="complex")
    reopen(mette, address)
    decide(mette, address, "granted")
    reopen(mette, address, ground="complaint")
    decide(mette, address, "refused", leans="granted", effort="simple")
    with site.opened.database.read() as connection:
        found = decisions_by(connection, find_user(connection, "mette").id, ALWAYS)
    assert [(one.outcome, one.leant_to, one.expected) for one in found] == [
        ("refused", "refused", "complex"),
        ("granted", None, None),
        ("refused", "granted", "simple"),
    ]
