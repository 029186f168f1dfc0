"""After the decision, in a browser: a complaint in two clicks, reopening, a new decision, a letter that waits."""

from __future__ import annotations

import sqlite3

import pytest

from tests.journeys.hands import Hands, Mouse, every_way, hands
from tests.journeys.test_complex_journey import SIGN, open_complex_case
from tests.journeys.test_complex_journey import WORDS as OF_DECIDING

pytestmark = [pytest.mark.browser, pytest.mark.logs]

WORDS = {
    "da": {
        "complains": "Borgeren klager", "reopen": "Genoptag sagen",
        "before": "Tidligere afgjort",
        "replaces": "Afgørelsen erstatter den fra",
        "last": "Sidste dag at klage er", "waits": "Venter, til brevet om afgørelsen kan sendes",
        "not begun": "Klagefristen løber ikke endnu",
    },
    "en": {
        "complains": "The citizen complains", "reopen": "Reopen the case",
        "before": "Decided before",
        "replaces": "The decision replaces the one of", "last": "The last day to complain is",
        "waits": "Waits until the letter about the decision can be sent",
        "not begun": "The time to complain has not begun",
    },
}  # fmt: skip


def sign(mette: Hands, outcome: str) -> None:
    """Decide the case that is open, with the view that may be asked first."""
    mette.window.give_view()
    mette.choose("outcome", outcome)
    mette.choose("hearing", "nothing_held")
    mette.write("reasons", "Byggeloven § 16.")
    mette.press(SIGN)


def fits(watched) -> bool:
    """Whether the page needs no sideways scroll on the narrowest screen."""
    watched.page.set_viewport_size({"width": 320, "height": 900})
    width = watched.page.evaluate("document.documentElement.scrollWidth")
    watched.page.set_viewport_size({"width": 1280, "height": 900})
    return width <= 320


@pytest.mark.parametrize(("way", "language"), every_way())
def test_a_complaint_leads_to_a_second_look_and_a_decision_that_replaces_the_first(
    drafting_window, drafting_town, axe_core, way, language
):
    words, window = WORDS[language], drafting_window(language=language)
    window.sign_in()
    open_complex_case(window, OF_DECIDING[language])
    page, case, mette = window.page, window.page.url.removeprefix(window.address), hands(way, window)
    sign(mette, "refused")
    window.go(case)
    assert words["last"] in page.inner_text("#complaints")
    mette.unfold(f"#complaints summary:has-text('{words['complains']}')")
    mette.press("#complaints details .button-secondary")
    assert page.locator("#complaints .told").count() == 1, "two clicks, and it is stored"
    assert (window.axe(), fits(window)) == ([], True)
    mette.press(f"#complaints a:text-is('{words['reopen']}')")
    assert page.is_checked("#ground-complaint")
    mette.write("reason", "Der er kommet nye tegninger.")
    assert page.locator(".button-primary").count() == 1
    assert (window.axe(), fits(window)) == ([], True)
    mette.press("main .button-primary")
    assert words["before"] in page.inner_text("#before")
    assert page.locator("#machine .mach").count() == 0
    assert page.locator(".button-primary").count() == 1
    assert (window.axe(), fits(window)) == ([], True)
    sign(mette, "granted")
    assert words["replaces"] in page.inner_text("main")
    assert (window.axe(), fits(window)) == ([], True)
    with sqlite3.connect(drafting_town.workspace / "stafet.db") as connection:
        query = "SELECT outcome, replaces IS NOT NULL FROM decision WHERE case_id = ? ORDER BY round"
        found = connection.execute(query, (case.rpartition("/")[2],)).fetchall()
    assert found == [("refused", 0), ("granted", 1)]


@pytest.mark.parametrize("scripts", [True, False])
def test_in_an_office_that_is_not_set_up_the_case_waits_for_its_letter(window, axe_core, scripts):
    mette, words = window(scripts=scripts), WORDS["da"]
    mette.sign_in()
    mette.go("/cases?list=team")
    case = mette.page.locator(".queue tbody tr th a").last.get_attribute("href")
    mette.go(case)
    sign(Mouse(mette), "refused")
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
