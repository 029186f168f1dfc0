"""A case that the machine may not draft, in a browser: a person reads it and decides it with reasons."""

from __future__ import annotations

import sqlite3

import pytest

from tests.journeys.hands import every_way, hands

pytestmark = [pytest.mark.browser, pytest.mark.logs]

SIGN = ".bar .button-primary"
WORDS = {
    "da": {
        "none": "Intet udkast", "yours": "Intet udkast: du afgør sagen og skriver begrundelsen.",
        "take": "Tag sagen",
        "missing": "Skriv begrundelsen for afgørelsen",
        "reasons": "Efter byggeloven § 16, fordi grunden er for lille.",
        "stored": "Afgørelsen er gemt", "both": "Din vurdering og maskinens",
        "score": "Af 100 sager som denne",
    },
    "en": {
        "none": "No draft", "yours": "No draft: you decide the case, and write its reasons.",
        "take": "Take the case",
        "missing": "Write the reasons for the decision", "reasons": "By section 16, since the plot is too small.",
        "stored": "The decision is stored", "both": "Your view and the machine's",
        "score": "Of 100 cases like this",
    },
}  # fmt: skip


def open_complex_case(window, words: dict[str, str]) -> None:
    """Open the first case of the team's list that has no draft and shows the machine's view."""
    window.go("/cases?list=team")
    rows = window.page.locator(f".queue tbody tr:has-text('{words['none']}')")
    for path in [row.locator("th a").get_attribute("href") for row in rows.all()]:
        window.go(path)
        if window.page.locator("#machine .mach").count():
            return
    pytest.fail("every case without a draft is blind")


@pytest.mark.parametrize(("way", "language"), every_way())
def test_a_complex_case_is_read_and_decided_with_reasons(drafting_window, drafting_town, axe_core, way, language):
    words, window = WORDS[language], drafting_window(language=language)
    window.sign_in()
    open_complex_case(window, words)
    page, number, mette = window.page, window.page.url.rpartition("/")[2], hands(way, window)
    assert words["yours"] in page.inner_text("#about")
    assert page.locator("#why .gates li").count() >= 1
    assert words["score"] in page.inner_text("#machine")
    assert page.locator("#letter, .checks").count() == 0
    assert page.locator(".button-primary").count() == 1
    assert window.axe() == []
    mette.press(f".ident button:has-text('{words['take']}')")
    mette.choose("outcome", "refused")
    mette.press(SIGN)
    assert words["missing"] in page.inner_text(".errsum")
    assert page.is_checked("#outcome-refused")
    assert window.axe() == []
    mette.choose("hearing", "nothing_held")
    mette.write("reasons", words["reasons"])
    mette.press(SIGN)
    assert page.inner_text("h1") == words["stored"]
    assert words["both"] in page.inner_text("main")
    assert words["reasons"] in page.inner_text(".own")
    assert window.axe() == []
    with sqlite3.connect(drafting_town.workspace / "stafet.db") as connection:
        query = "SELECT outcome, reasons, draft_use FROM decision WHERE case_id = ?"
        assert connection.execute(query, (number,)).fetchall() == [("refused", words["reasons"], None)]
