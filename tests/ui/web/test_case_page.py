"""The case page: every fact with its ground, why the case is here, and reasons in words that need no bar."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.translate import Translator
from ui.caseworker.complexity_scale import scale_of
from ui.caseworker.reason_bars import MIDDLE, WIDTH, units_per_log_odds


def test_the_page_follows_the_order_of_the_work(site, seen_case):
    browser = site.browser("mette")
    browser.get(seen_case)
    order = ['id="about"', 'id="facts"', 'id="why"', 'id="machine"', 'id="decision"']
    places = [browser.page.index(one) for one in order]
    assert places == sorted(places)


def test_every_fact_has_its_source_its_ground_and_what_the_machine_makes_of_it(site, seen_case):
    browser = site.browser("mette")
    browser.get(seen_case)
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', browser.page, re.DOTALL)
    assert len(rows) == 4
    for row in rows:
        assert "The application" in row
        assert "Retssikkerhedsloven §\N{NO-BREAK SPACE}11\N{NO-BREAK SPACE}a" in row
    told = re.findall(r"The machine (?:uses it|does not use it)", "".join(rows))
    assert len(told) < len(rows)
    assert re.search(r"Where nothing else is said: the machine (?:uses it|does not use it)\.", browser.words)


def test_a_fact_that_nobody_has_given_is_said_to_be_missing(site):
    browser = site.browser("mette")
    lacking = "NOT EXISTS (SELECT 1 FROM case_facts f WHERE f.case_id = c.case_id AND f.facts LIKE '%area%')"
    browser.get(site.address(f"c.team = 'intake' AND {lacking}"))
    assert re.search(r'id="missing".*Area', browser.page, re.DOTALL)


def test_the_machine_says_a_number_of_a_hundred_beside_the_usual_and_what_it_is_about(site, seen_case):
    browser = site.browser("mette")
    browser.get(seen_case)
    complexity = site.one(
        "SELECT a.complexity FROM assessment a WHERE a.case_id = ?", seen_case.rpartition("/")[2]
    )[0]
    assert f"Of 100 cases like this, {round(complexity * 100)} took extra work." in browser.words
    assert "Usually it is" in browser.words
    assert "never about what somebody is entitled to" in browser.words


def test_reasons_read_without_their_bars_and_bars_are_kept_from_readers_aloud(site, seen_case):
    browser = site.browser("mette")
    browser.get(seen_case)
    bars = re.findall(r"<svg class=\"track\"[^>]*>", browser.page)
    assert bars
    assert all('aria-hidden="true"' in bar for bar in bars)
    assert len(re.findall(r"(?:strongly|somewhat|a little) towards (?:more|less) work", browser.words)) == len(
        bars
    )


def test_closed_gates_are_sentences_and_open_ones_are_folded(site, seen_case):
    browser = site.browser("mette")
    browser.get(seen_case)
    assert re.search(r'id="why".*<li><svg[^>]*class="icon".*<details>', browser.page, re.DOTALL)
    assert re.search(r"\d gates? (?:is|are) open", browser.words)


@pytest.mark.parametrize(("language", "word"), [("da", "Oplysninger"), ("en", "Facts")])
def test_a_page_is_in_the_readers_language_and_says_so(visit, language, word):
    site = visit(language=language)
    browser = site.browser("mette")
    browser.get(site.address("c.team = 'intake'"))
    assert f'<html lang="{language}">' in browser.page
    assert f"<h2>{word}</h2>" in browser.page


def test_a_language_is_remembered_and_leads_back_to_the_page(site):
    browser = site.browser("mette")
    response = browser.get("/language/da?next=/cases%3Flist%3Dteam")
    assert str(response.url).endswith("/cases?list=team")
    browser.get("/cases")
    assert '<html lang="da">' in browser.page
    assert browser.get("/language/tlh").status_code == 404


def test_what_people_and_files_wrote_is_shown_and_never_run(site):
    with site.opened.database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO case_event (case_type, case_id, at, activity, resource, occurrence) VALUES ('subsidy', "
            "'2026-04200', '2026-11-24T00:00:00.000000Z', '<script>alert(1)</script>{{ 7*7 }}', '', 1)"
        )
    team = site.one("SELECT team FROM case_file WHERE case_id = '2026-04200'")[0]
    browser = site.browser("mette" if team == "intake" else "other")
    browser.get("/cases/subsidy/2026-04200")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in browser.page


def test_the_model_card_is_open_to_everybody_at_work(site):
    for name in ("mette", "birgit", "anders"):
        browser = site.browser(name)
        browser.get("/oversight")
        assert "Live, in shadow" in browser.words
        assert browser.get("/oversight/subsidy").status_code == 200
        assert "What it leaves out" in browser.words
        assert browser.get("/oversight/nothing").status_code == 404


def test_without_the_design_system_pages_work_and_the_log_says_so_once(tmp_path):
    from structlog.testing import capture_logs

    from ui.web.assets import OWN_STYLESHEETS, Assets

    (tmp_path / "css").mkdir()
    for name in OWN_STYLESHEETS:
        (tmp_path / name).write_text("body {}")
    assets = Assets(tmp_path)
    with capture_logs() as log:
        shown = [one.partition("?")[0] for one in assets.stylesheets]
        assert shown == [f"/static/{name}" for name in OWN_STYLESHEETS]
        assert assets.stylesheets
    assert len(log) == 1
    assert "make setup" in log[0]["event"]


@given(st.floats(0, 1), st.floats(0, 1), st.none() | st.floats(0, 1))
def test_labels_of_the_scale_never_run_into_each_other(complexity, usual, limit):
    scale = scale_of(complexity, usual, limit, Translator("da"))
    marks = [mark for mark in (scale.here, scale.usual, scale.limit) if mark is not None]
    for one in marks:
        for other in marks:
            if one is not other and one.label_y == other.label_y:
                assert abs(one.x - other.x) >= 150


@given(st.lists(st.floats(-5, 5).filter(lambda one: abs(one) > 1e-6), min_size=1, max_size=7))
def test_every_bar_fits_its_side(contributions):
    scale = units_per_log_odds(contributions)
    assert all(-MIDDLE - 1e-6 <= one * scale <= WIDTH - MIDDLE + 1e-6 for one in contributions)
