"""A drafted case from the queue to the letter, and a report about a child, in a browser."""

from __future__ import annotations

import re
import sqlite3

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.logs]

WORDS = {
    "da": {
        "ready": "Udkast klar", "law": "Et udkast er ikke en afgørelse. Du afgør sagen i eget navn.",
        "agrees": "Stemmer", "approve": "Godkend og underskriv", "missing": "Noget mangler",
        "stored": "Afgørelsen er gemt", "letter": "Brevet om afgørelsen", "draft": "KLADDE",
        "heavy": "Tung sag: bruges ikke", "clock": "22 timer|21 timer", "receipt": "Send kvitteringen",
        "assess": "Underskriv, og gem vurderingen", "assessed": "Vurderingen er gemt",
    },
    "en": {
        "ready": "Draft ready", "law": "A draft is not a decision. You decide the case in your own name.",
        "agrees": "Agrees", "approve": "Approve and sign", "missing": "Something is missing",
        "stored": "The decision is stored", "letter": "The letter about the decision", "draft": "KLADDE",
        "heavy": "Heavy case: not used", "clock": "22 hours|21 hours", "receipt": "Send the receipt",
        "assess": "Sign and store the assessment", "assessed": "The assessment is stored",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_draft_is_checked_signed_and_its_letter_read(drafting_window, drafting_town, axe_core, language):
    words = WORDS[language]
    mette = drafting_window(language=language)
    mette.sign_in()
    mette.go("/cases?list=team")
    page = mette.page
    number = first_ready(page, words["ready"])
    mette.follow(f".queue tr:has-text('{number}') th a")
    assert re.match(r"Freja Holm Nr\d+", page.inner_text(".ident .name"))
    assert "140592-••••" in page.inner_text(".ident")
    assert words["law"] in page.inner_text(".mach")
    assert words["draft"] in page.inner_text("#letter")
    assert page.locator(".button-primary").count() == 1
    assert mette.axe() == []
    mette.follow(f"text={words['approve']}")
    assert page.title().startswith(words["missing"])
    assert mette.axe() == []
    for row in page.query_selector_all(".checks tbody tr"):
        row.query_selector(f"label:text-is('{words['agrees']}')").click()
    mette.follow(f"text={words['approve']}")
    assert page.inner_text("h1") == words["stored"]
    assert mette.axe() == []
    pdf = page.get_attribute(".letters a[href$='/da/pdf']", "href")
    mette.follow(f"text={words['letter']}")
    assert page.get_attribute("html", "lang") == "da"
    assert "Mette Kjærgaard" in page.inner_text("main")
    assert words["draft"] not in page.inner_text("main")
    answer = page.request.get(mette.address + pdf)
    assert answer.body().startswith(b"%PDF")
    with sqlite3.connect(drafting_town.workspace / "stafet.db") as connection:
        query = "SELECT draft_use, checks FROM decision WHERE case_id = ?"
        assert connection.execute(query, (number,)).fetchone()[0] == "approved"
    assert drafting_town.try_stafet("audit", "verify").returncode == 0


def first_ready(page, ready: str) -> str:
    """The number of the first case of the list whose draft is ready."""
    row = page.locator(f".queue tbody tr:has-text('{ready}')").first
    return re.search(r"2026-\d{5}", row.inner_text())[0]


@pytest.mark.parametrize("width", [1280, 320])
def test_a_draft_is_read_on_any_screen_and_on_paper(drafting_window, width):
    mette = drafting_window(width=width)
    mette.sign_in()
    mette.go("/cases?list=team")
    mette.follow(f".queue tbody tr:has-text('{WORDS['da']['ready']}') th a")
    assert mette.page.evaluate("document.documentElement.scrollWidth") <= width
    mette.page.emulate_media(media="print")
    assert not mette.page.is_visible(".bar")
    assert not mette.page.is_visible("header.top")
    assert mette.page.is_visible("#why .gates")


def test_a_report_about_a_child_is_assessed_by_a_person_alone(drafting_window, drafting_town, axe_core):
    words = WORDS["da"]
    mette = drafting_window()
    mette.sign_in()
    mette.go("/cases?list=team")
    page = mette.page
    row = page.locator(".queue tbody tr:has-text('U-1')")
    assert words["heavy"] in row.inner_text()
    mette.follow(".queue tbody tr:has-text('U-1') th a")
    assert re.search(words["clock"], page.inner_text("#clock"))
    assert page.locator("#judgment li").count() == 9
    for selector in (".mach", ".scale", ".why", ".checks"):
        assert page.locator(selector).count() == 0
    assert mette.axe() == []
    mette.follow(f"text={words['receipt']}")
    page.click("label:has-text('Screening')")
    page.fill("#reasons", "Talt med skolen. Barnet er trygt hjemme i dag.")
    mette.follow(f"text={words['assess']}")
    assert page.inner_text("h1") == words["assessed"]
    assert mette.axe() == []
    with sqlite3.connect(drafting_town.workspace / "stafet.db") as connection:
        assert connection.execute("SELECT result FROM professional_assessment").fetchall() == [("screening",)]
        assert connection.execute("SELECT count(*) FROM decision WHERE case_id = 'U-1'").fetchone() == (0,)
