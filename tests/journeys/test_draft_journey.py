"""A drafted case from the queue to the letter, in a browser: checked, approved, read as page and as PDF."""

from __future__ import annotations

import io
import re
import sqlite3

import pytest
from pypdf import PdfReader

from tests.journeys.hands import every_way, hands

pytestmark = [pytest.mark.browser, pytest.mark.logs]

SIGN = ".bar .button-primary"
WORDS = {
    "da": {
        "ready": "Udkast klar", "law": "Et udkast er ikke en afgørelse. Du afgør sagen i eget navn.",
        "agrees": "Stemmer", "differs": "Stemmer ikke",
        "missing": "Noget mangler", "waits": "Mangler dit tjek:", "checked": "Alt er tjekket.",
        "disagrees": "Noget stemmer ikke", "stored": "Afgørelsen er gemt", "letter": "Brevet om afgørelsen",
    },
    "en": {
        "ready": "Draft ready", "law": "A draft is not a decision. You decide the case in your own name.",
        "agrees": "Agrees", "differs": "Does not",
        "missing": "Something is missing", "waits": "Waits for your check:", "checked": "All is checked.",
        "disagrees": "Something does not agree", "stored": "The decision is stored",
        "letter": "The letter about the decision",
    },
}  # fmt: skip


def open_first_draft(window, ready: str) -> str:
    """Open the first drafted case of the team's list; gives its number."""
    window.go("/cases?list=team")
    row = window.page.locator(f".queue tbody tr:has-text('{ready}')").first
    number = re.search(r"2026-\d{5}", row.inner_text())[0]
    window.follow(f".queue tr:has-text('{number}') th a")
    return number


@pytest.mark.parametrize(("way", "language"), every_way())
def test_a_draft_is_checked_signed_and_its_letter_read(drafting_window, drafting_town, axe_core, way, language):
    words, window = WORDS[language], drafting_window(language=language)
    window.sign_in()
    number, page, mette = open_first_draft(window, words["ready"]), window.page, hands(way, window)
    assert re.match(r"Freja Holm Nr\d+", page.inner_text(".ident .name"))
    assert "140592-••••" in page.inner_text(".ident")
    assert words["law"] in page.inner_text(".mach")
    assert "KLADDE" in page.inner_text("#letter")
    assert page.locator(".button-primary").count() == 1
    assert window.axe() == []
    mette.press(SIGN)
    assert page.title().startswith(words["missing"])
    assert window.axe() == []
    for name in {one.get_attribute("name") for one in page.query_selector_all(".checks tbody input")}:
        mette.choose(name, "agrees")
    mette.press(SIGN)
    assert page.inner_text("h1") == words["stored"]
    assert window.axe() == []
    pdf = page.get_attribute(".letters a[href$='/da/pdf']", "href")
    mette.press(f".letters a:has-text('{words['letter']}')")
    assert window.axe() == []
    assert page.get_attribute("html", "lang") == "da"
    assert "Mette Kjærgaard" in page.inner_text("main")
    assert "KLADDE" not in page.inner_text("main")
    told = PdfReader(io.BytesIO(page.request.get(window.address + pdf).body()))
    text = " ".join(told.pages[0].extract_text().split())
    assert page.inner_text("h1") in text
    assert number in text
    assert told.trailer["/Root"]["/Lang"].startswith("da")
    with sqlite3.connect(drafting_town.workspace / "stafet.db") as connection:
        query = "SELECT draft_use, checks FROM decision WHERE case_id = ?"
        assert connection.execute(query, (number,)).fetchone()[0] == "approved"
    assert drafting_town.try_stafet("audit", "verify").returncode == 0


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_bar_names_what_is_still_to_be_checked(drafting_window, scripts):
    words = WORDS["da"]
    mette = drafting_window(scripts=scripts)
    mette.sign_in()
    open_first_draft(mette, words["ready"])
    bar, rows = mette.page.locator(".bar .left"), mette.page.query_selector_all(".checks tbody tr")
    labels = [mette.page.inner_text(f".bar .todo li:nth-child({n + 1})") for n in range(len(rows))]
    assert labels
    for label, row in zip(labels, rows, strict=True):
        assert bar.inner_text().startswith(words["waits"])
        assert label in bar.inner_text()
        row.query_selector(f"label:text-is('{words['agrees']}')").click()
        assert label not in bar.inner_text()
    assert bar.inner_text().startswith(words["checked"])
    rows[0].query_selector(f"label:text-is('{words['differs']}')").click()
    assert bar.inner_text().startswith(words["disagrees"])


@pytest.mark.parametrize("width", [1280, 320])
def test_a_draft_is_read_on_any_screen_and_on_paper(drafting_window, width):
    mette = drafting_window(width=width)
    mette.sign_in()
    open_first_draft(mette, WORDS["da"]["ready"])
    assert mette.page.evaluate("document.documentElement.scrollWidth") <= width
    mette.page.emulate_media(media="print")
    assert not mette.page.is_visible(".bar")
    assert not mette.page.is_visible("header.top")
    assert not mette.page.is_visible(".button")
    assert mette.page.is_visible("#why .gates")
    assert mette.page.is_visible("#facts dl")
