"""A report about a child, in a browser: a clock, a checklist, a receipt and a person's assessment; no machine."""

from __future__ import annotations

import re
import sqlite3

import pytest

from tests.journeys.hands import every_way, hands

pytestmark = [pytest.mark.browser, pytest.mark.logs]

WORDS = {
    "da": {
        "heavy": "Tung sag: bruges ikke", "clock": r"Loven giver 24 timer\.[^0-9]*2[12] timer og \d+ minut",
        "sent": "Kvitteringen er sendt", "text": "Barnet er 8 år.",
        "missing": "Skriv, hvorfor du vurderer sådan",
        "assessed": "Vurderingen er gemt",
    },
    "en": {
        "heavy": "Heavy case: not used", "clock": r"The law gives 24 hours\.[^0-9]*2[12] hours and \d+ minute",
        "sent": "The receipt was sent", "text": "The child is 8 years old.",
        "missing": "Write why you find so",
        "assessed": "The assessment is stored",
    },
}  # fmt: skip
SIGN = ".bar .button-primary"
REASONS = "Talt med skolen. Barnet er trygt hjemme i dag."
OF_THE_MACHINE = (".mach", ".scale", ".why", ".checks", ".gates", "#letter", "#machine")


@pytest.mark.parametrize(("report", "way", "language"), every_way(numbered=True))
def test_a_report_is_assessed_by_a_person_alone(drafting_window, drafting_town, axe_core, report, way, language):
    words, window, number = WORDS[language], drafting_window(language=language), f"U-{report}"
    window.sign_in()
    window.go("/cases?list=team")
    page, mette = window.page, hands(way, window)
    assert words["heavy"] in page.locator(f".queue tbody tr:has-text('{number}')").inner_text()
    mette.press(f".queue tbody th a[href$='/{number}']")
    assert words["text"] in page.inner_text("#about")
    assert re.search(words["clock"], page.inner_text("#clock"))
    assert page.locator("#judgment li").count() == 10, "nine of the case type, and the second reader"
    for selector in OF_THE_MACHINE:
        assert page.locator(selector).count() == 0, selector
    assert window.axe() == []
    mette.press("#receipt button")
    assert words["sent"] in page.inner_text(".rail")
    mette.press(SIGN)
    assert words["missing"] in page.inner_text(".errsum")
    assert window.axe() == []
    mette.choose("outcome", "screening")
    mette.write("reasons", REASONS)
    mette.press(SIGN)
    assert page.inner_text("h1") == words["assessed"]
    assert page.locator(", ".join(OF_THE_MACHINE)).count() == 0
    assert window.axe() == []
    with sqlite3.connect(drafting_town.workspace / "stafet.db") as connection:
        query = "SELECT result, reasons FROM professional_assessment WHERE case_id = ?"
        assert connection.execute(query, (number,)).fetchall() == [("screening", REASONS)]
        query = "SELECT count(*) FROM decision WHERE case_id = ?"
        assert connection.execute(query, (number,)).fetchone() == (0,)
