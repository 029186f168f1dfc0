"""A report about a child, in a browser: a clock, a checklist, a receipt and a person's assessment; no machine."""

from __future__ import annotations

import re
import sqlite3

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.logs]

WORDS = {
    "da": {
        "heavy": "Tung sag: bruges ikke", "clock": r"Loven giver 24 timer\.[^0-9]*2[12] timer og \d+ minut",
        "receipt": "Send kvitteringen", "sent": "Kvitteringen er sendt", "text": "Barnet er 8 år.",
        "missing": "Skriv, hvorfor du vurderer sådan", "assess": "Underskriv, og gem vurderingen",
        "assessed": "Vurderingen er gemt",
    },
    "en": {
        "heavy": "Heavy case: not used", "clock": r"The law gives 24 hours\.[^0-9]*2[12] hours and \d+ minute",
        "receipt": "Send the receipt", "sent": "The receipt was sent", "text": "The child is 8 years old.",
        "missing": "Write why you find so", "assess": "Sign and store the assessment",
        "assessed": "The assessment is stored",
    },
}  # fmt: skip
REASONS = "Talt med skolen. Barnet er trygt hjemme i dag."
OF_THE_MACHINE = (".mach", ".scale", ".why", ".checks", ".gates", "#letter", "#machine")


@pytest.mark.parametrize(("language", "report"), [("da", "U-1"), ("en", "U-2")])
def test_a_report_is_assessed_by_a_person_alone(drafting_window, drafting_town, axe_core, language, report):
    words = WORDS[language]
    mette = drafting_window(language=language)
    mette.sign_in()
    mette.go("/cases?list=team")
    page = mette.page
    assert words["heavy"] in page.locator(f".queue tbody tr:has-text('{report}')").inner_text()
    mette.follow(f".queue tbody tr:has-text('{report}') th a")
    assert words["text"] in page.inner_text("#about")
    assert re.search(words["clock"], page.inner_text("#clock"))
    assert page.locator("#judgment li").count() == 9
    for selector in OF_THE_MACHINE:
        assert page.locator(selector).count() == 0, selector
    assert mette.axe() == []
    mette.follow(f"text={words['receipt']}")
    assert words["sent"] in page.inner_text(".rail")
    mette.follow(f"text={words['assess']}")
    assert words["missing"] in page.inner_text(".errsum")
    assert mette.axe() == []
    page.click("label:has-text('Screening')")
    page.fill("#reasons", REASONS)
    mette.follow(f"text={words['assess']}")
    assert page.inner_text("h1") == words["assessed"]
    assert page.locator(", ".join(OF_THE_MACHINE)).count() == 0
    assert mette.axe() == []
    with sqlite3.connect(drafting_town.workspace / "stafet.db") as connection:
        query = "SELECT result, reasons FROM professional_assessment WHERE case_id = ?"
        assert connection.execute(query, (report,)).fetchall() == [("screening", REASONS)]
        query = "SELECT count(*) FROM decision WHERE case_id = ?"
        assert connection.execute(query, (report,)).fetchone() == (0,)


def test_a_report_is_assessed_by_keyboard_alone(drafting_window):
    mette = drafting_window()
    mette.sign_in()
    mette.go("/cases/child_report/U-3")
    mette.press_until("input[name=outcome]")
    mette.page.keyboard.press("ArrowDown")
    mette.page.keyboard.press("Tab")
    mette.page.keyboard.type(REASONS)
    mette.press_until(".bar .button-primary")
    mette.press("Enter")
    assert mette.page.inner_text("h1") == WORDS["da"]["assessed"]
