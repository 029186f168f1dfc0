"""An adverse case in a browser: what a register holds against the citizen is put to them before it is decided."""

from __future__ import annotations

import sqlite3

import pytest

from tests.journeys.hands import Hands, every_way, hands
from tests.journeys.town import CONTRADICTED, HELD

pytestmark = [pytest.mark.browser, pytest.mark.logs]

WORDS = {
    "da": {
        "contradicts": "stemmer ikke", "first": "taler imod ansøgningen: hør borgeren først",
        "heard": "Borgeren er i høring. Svar senest", "stored": "Afgørelsen er gemt", "letter": "Høringsbrevet",
        "why": "Efter registret hører grunden under en anden afdeling.", "comments": "Borgeren holder fast.",
        "reasons": "Efter byggeloven § 16 og det, som registret viser.",
    },
    "en": {
        "contradicts": "does not agree", "first": "speaks against the application: hear the citizen first",
        "heard": "The citizen is heard. Answer by", "stored": "The decision is stored",
        "letter": "The hearing letter",
        "why": "By the register the plot belongs to another department.", "comments": "The citizen stands by it.",
        "reasons": "By section 16 and what the register shows.",
    },
}  # fmt: skip
SIGN = ".bar .button-primary"


def refuse(mette: Hands, hearing: str, reasons: str) -> None:
    """Fill in a refusal, with how it stands with the hearing, and sign it."""
    mette.choose("outcome", "refused")
    mette.choose("hearing", hearing)
    mette.write("reasons", reasons)
    mette.press(SIGN)


def open_contradicted_case(window, number: int) -> str:
    """Open one of the cases whose application says otherwise than the register; gives its address."""
    address = f"/cases/receipt/2026-{4260 - number:05d}"
    window.go(address)
    window.give_view()
    return address


@pytest.mark.parametrize(("number", "way", "language"), every_way(numbered=True))
def test_what_counts_against_the_citizen_is_put_to_them_before_a_refusal(
    drafting_window, drafting_town, axe_core, number, way, language
):
    assert number <= CONTRADICTED
    words, window = WORDS[language], drafting_window(language=language)
    window.sign_in()
    address, page, mette = open_contradicted_case(window, number), window.page, hands(way, window)
    assert words["contradicts"] in page.inner_text("#missing")
    refuse(mette, "nothing_held", words["reasons"])
    assert words["first"] in page.inner_text(".errsum")
    assert page.input_value("#reasons") == words["reasons"]
    mette.press(f".tall a[href='{address}/hear']")
    assert page.is_checked(f"#hear-{HELD}")
    assert window.axe() == []
    mette.press("main .button-primary")
    assert page.locator(".errsum li").count() == 1
    mette.write("why", words["why"])
    mette.press("main .button-primary")
    assert words["heard"] in page.inner_text(".stands")
    assert page.locator(SIGN).count() == 0
    assert window.axe() == []
    window.go("/cases?list=waiting")
    mette.press(f".queue a[href='{address}']")
    assert words["letter"] in page.inner_text(".rail")
    mette.press(".stands a[href$='hearing-answer']")
    mette.write("text", words["comments"])
    mette.press("main .button-primary")
    assert words["comments"] in page.inner_text("aside.rail")
    assert page.input_value("#reasons") == words["reasons"]
    refuse(mette, "held", words["reasons"])
    assert page.inner_text("h1") == words["stored"]
    assert window.axe() == []
    with sqlite3.connect(drafting_town.workspace / "stafet.db") as connection:
        query = "SELECT outcome, hearing, reasons FROM decision WHERE case_id = ?"
        assert connection.execute(query, (address.rpartition("/")[2],)).fetchall() == [
            ("refused", "held", words["reasons"])
        ]
    assert drafting_town.try_stafet("audit", "verify").returncode == 0
