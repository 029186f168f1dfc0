"""A case that the machine may not draft, in a browser: a person reads it and decides it with reasons."""

from __future__ import annotations

import sqlite3

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.logs]

WORDS = {
    "da": {
        "none": "Intet udkast", "yours": "Intet udkast: du afgør sagen og skriver begrundelsen.",
        "take": "Tag sagen", "refused": "Afslag", "sign": "Underskriv, og gem afgørelsen",
        "missing": "Skriv begrundelsen for afgørelsen",
        "reasons": "Efter byggeloven § 16, fordi grunden er for lille.",
        "stored": "Afgørelsen er gemt", "both": "Din vurdering og maskinens",
        "score": "Af 100 sager som denne",
    },
    "en": {
        "none": "No draft", "yours": "No draft: you decide the case, and write its reasons.",
        "take": "Take the case", "refused": "Refused", "sign": "Sign and store the decision",
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


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_complex_case_is_read_and_decided_with_reasons(drafting_window, drafting_town, axe_core, language):
    words = WORDS[language]
    mette = drafting_window(language=language)
    mette.sign_in()
    open_complex_case(mette, words)
    page, number = mette.page, mette.page.url.rpartition("/")[2]
    assert words["yours"] in page.inner_text("#about")
    assert page.locator("#why .gates li").count() >= 1
    assert words["score"] in page.inner_text("#machine")
    assert page.locator("#letter, .checks").count() == 0
    assert page.locator(".button-primary").count() == 1
    assert mette.axe() == []
    mette.follow(f"text={words['take']}")
    page.click(f"label:text-is('{words['refused']}')")
    mette.follow(f"text={words['sign']}")
    assert words["missing"] in page.inner_text(".errsum")
    assert page.is_checked("#outcome-refused")
    assert mette.axe() == []
    page.fill("#reasons", words["reasons"])
    mette.answer_hearing()
    mette.follow(f"text={words['sign']}")
    assert page.inner_text("h1") == words["stored"]
    assert words["both"] in page.inner_text("main")
    assert words["reasons"] in page.inner_text(".own")
    assert mette.axe() == []
    with sqlite3.connect(drafting_town.workspace / "stafet.db") as connection:
        query = "SELECT outcome, reasons, draft_use FROM decision WHERE case_id = ?"
        assert connection.execute(query, (number,)).fetchall() == [("refused", words["reasons"], None)]


def test_a_complex_case_is_decided_by_keyboard_alone(drafting_window):
    words = WORDS["da"]
    mette = drafting_window()
    mette.sign_in()
    open_complex_case(mette, words)
    mette.press_until("input[name=outcome]")
    for _ in range(2):
        mette.page.keyboard.press("ArrowDown")
    mette.page.keyboard.press("Tab")
    mette.page.keyboard.press("Space")
    mette.page.keyboard.press("Tab")
    mette.page.keyboard.type(words["reasons"])
    mette.press_until(".bar .button-primary")
    mette.press("Enter")
    assert mette.page.inner_text("h1") == words["stored"]
    assert words["refused"] in mette.page.inner_text(".summary")
