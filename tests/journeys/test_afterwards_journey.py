"""After the decision, in a browser: a complaint in two clicks, reopening, a new decision, a letter that waits."""

from __future__ import annotations

import sqlite3

import pytest

from tests.journeys.test_complex_journey import WORDS as OF_DECIDING
from tests.journeys.test_complex_journey import open_complex_case

pytestmark = [pytest.mark.browser, pytest.mark.logs]

WORDS = {
    "da": {
        "complains": "Borgeren klager", "register": "Registrer klagen", "reopen": "Genoptag sagen",
        "take": "Genoptag sagen, og tag den", "before": "Tidligere afgjort",
        "replaces": "Afgørelsen erstatter den fra",
        "last": "Sidste dag at klage er", "waits": "Venter, til brevet om afgørelsen kan sendes",
        "not begun": "Klagefristen løber ikke endnu",
    },
    "en": {
        "complains": "The citizen complains", "register": "Register the complaint", "reopen": "Reopen the case",
        "take": "Reopen the case, and take it", "before": "Decided before",
        "replaces": "The decision replaces the one of", "last": "The last day to complain is",
        "waits": "Waits until the letter about the decision can be sent",
        "not begun": "The time to complain has not begun",
    },
}  # fmt: skip


def sign(watched, outcome: str) -> None:
    """Decide the case that is open, with the view that may be asked first."""
    if watched.page.locator("#leans-refused").count():
        watched.page.click("label[for=leans-refused]")
        watched.page.click("label[for=effort-usual]")
        watched.follow(".bar .button-primary")
    watched.page.click(f"label[for=outcome-{outcome}]")
    watched.answer_hearing()
    watched.page.fill("#reasons", "Byggeloven § 16.")
    watched.follow(".bar .button-primary")


def fits(watched) -> bool:
    """Whether the page needs no sideways scroll on the narrowest screen."""
    watched.page.set_viewport_size({"width": 320, "height": 900})
    width = watched.page.evaluate("document.documentElement.scrollWidth")
    watched.page.set_viewport_size({"width": 1280, "height": 900})
    return width <= 320


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_complaint_leads_to_a_second_look_and_a_decision_that_replaces_the_first(
    drafting_window, drafting_town, axe_core, language
):
    words, mette = WORDS[language], drafting_window(language=language)
    mette.sign_in()
    open_complex_case(mette, OF_DECIDING[language])
    page, case = mette.page, mette.page.url.removeprefix(mette.address)
    sign(mette, "refused")
    mette.go(case)
    assert words["last"] in page.inner_text("#complaints")
    page.click(f"text={words['complains']}")
    mette.follow(f"button:text-is('{words['register']}')")
    assert page.locator("#complaints .told").count() == 1, "two clicks, and it is stored"
    assert (mette.axe(), fits(mette)) == ([], True)
    mette.follow(f"#complaints a:text-is('{words['reopen']}')")
    assert page.is_checked("#ground-complaint")
    page.fill("#reason", "Der er kommet nye tegninger.")
    assert page.locator(".button-primary").count() == 1
    assert (mette.axe(), fits(mette)) == ([], True)
    mette.follow(f"button:text-is('{words['take']}')")
    assert words["before"] in page.inner_text("#before")
    assert page.locator("#machine .mach").count() == 0
    assert page.locator(".button-primary").count() == 1
    assert (mette.axe(), fits(mette)) == ([], True)
    sign(mette, "granted")
    assert words["replaces"] in page.inner_text("main")
    assert (mette.axe(), fits(mette)) == ([], True)
    with sqlite3.connect(drafting_town.workspace / "stafet.db") as connection:
        query = "SELECT outcome, replaces IS NOT NULL FROM decision WHERE case_id = ? ORDER BY round"
        found = connection.execute(query, (case.rpartition("/")[2],)).fetchall()
    assert found == [("refused", 0), ("granted", 1)]


def test_a_complaint_is_registered_and_the_case_reopened_by_keyboard_alone(drafting_window):
    mette = drafting_window()
    mette.sign_in()
    open_complex_case(mette, OF_DECIDING["da"])
    page, case = mette.page, mette.page.url.removeprefix(mette.address)
    sign(mette, "refused")
    mette.go(f"{case}#decision")
    mette.press_until("#complaints summary")
    page.keyboard.press("Enter")
    mette.press_until("#complaints details .button-secondary")
    mette.press("Enter")
    page.focus("#complaints summary")
    mette.press_until("#complaints .links a")
    mette.press("Enter")
    mette.press_until("#reason")
    page.keyboard.type("Nye tegninger.")
    mette.press_until("main .button-primary")
    mette.press("Enter")
    assert WORDS["da"]["before"] in page.inner_text("#before")


@pytest.mark.parametrize("scripts", [True, False])
def test_in_an_office_that_is_not_set_up_the_case_waits_for_its_letter(window, axe_core, scripts):
    mette, words = window(scripts=scripts), WORDS["da"]
    mette.sign_in()
    mette.go("/cases?list=team")
    case = mette.page.locator(".queue tbody tr th a").last.get_attribute("href")
    mette.go(case)
    sign(mette, "refused")
    mette.go(case)
    assert words["waits"] in mette.page.inner_text(".stands")
    assert words["not begun"] in mette.page.inner_text("#complaints")
    assert mette.page.locator(".button-primary").count() == 1
    if scripts:
        assert (mette.axe(), fits(mette)) == ([], True)
    mette.follow(".stands .button-primary")
    assert words["waits"] in mette.page.inner_text(".stands")
    mette.go("/cases?list=waiting")
    assert mette.page.locator(f".queue th a[href='{case}']").count() == 1
