"""A receipt case from log to decision: the commands, the pages and the audit trail as people use them."""

from __future__ import annotations

import json
import re
import sqlite3

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.logs]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_next_case_is_opened_read_and_decided_and_the_trail_is_whole(window, town, scripts):
    mette = window(scripts=scripts)
    mette.go("/")
    assert mette.page.url.endswith("/sign-in")
    mette.sign_in()
    page = mette.page
    assert page.inner_text("h1") == "Sager"
    number = page.inner_text(".next .case-name")
    mette.follow("text=Åbn næste sag")
    assert page.inner_text(".ident .name") == number
    assert page.is_visible("text=Forvaltningsloven § 32 >> nth=0")
    mette.follow("text=Tag sagen")
    assert "Behandles af dig" in page.inner_text(".ident")
    page.click("label:has-text('Afslag')")
    page.fill("#reasons", "Efter byggeloven § 16, fordi grunden er for lille.")
    mette.answer_hearing()
    mette.follow("text=Underskriv, og gem afgørelsen")
    assert page.url.endswith(f"/cases/receipt/{number}/decided")
    assert page.inner_text("h1") == "Afgørelsen er gemt"
    assert "Afgjort af\nMette Kjærgaard" in page.inner_text(".summary")
    assert "Din vurdering og maskinens" in page.inner_text("main")
    assert re.search(r"Af 100 sager som denne har \d+ krævet ekstra arbejde", page.inner_text("main"))
    mette.follow("text=Åbn næste sag")
    assert page.inner_text(".ident .name") != number

    with sqlite3.connect(town.workspace / "stafet.db") as connection:
        decided_by = connection.execute(
            "SELECT u.name, u.kind, d.outcome, d.reasons FROM decision d JOIN sign_in s ON s.id = d.sign_in_id"
            " JOIN user_account u ON u.id = s.user_id WHERE d.case_id = ?",
            (number,),
        ).fetchall()
    assert decided_by == [("mette", "person", "refused", "Efter byggeloven § 16, fordi grunden er for lille.")]
    verified = town.try_stafet("audit", "verify", "--json")
    assert verified.returncode == 0, verified.stderr
    json.loads(verified.stdout)


def test_a_case_is_decided_by_keyboard_alone(window):
    mette = window(language="en")
    keys = mette.page.keyboard
    mette.go("/sign-in")
    mette.press_until("#name")
    keys.type("mette")
    keys.press("Tab")
    keys.type("correct horse battery")
    keys.press("Enter")
    mette.page.wait_for_url("**/cases")
    mette.press_until(".next .button")
    keys.press("Enter")
    mette.page.wait_for_url("**/cases/receipt/*")
    mette.press_until("input[name=outcome]")
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.press("Space")
    keys.press("Tab")
    keys.type("Under section 16, since the plot is too small.")
    mette.press_until(".bar .button-primary")
    keys.press("Enter")
    mette.page.wait_for_url("**/decided")
    assert mette.page.inner_text("h1") == "The decision is stored"
    assert "Partly granted" in mette.page.inner_text(".summary")


def test_of_two_windows_the_second_keeps_its_text(window):
    mette, linda = window(), window()
    mette.sign_in("mette")
    linda.sign_in("linda")
    mette.follow("text=Åbn næste sag")
    linda.page.goto(mette.page.url)
    for watched, text in ((linda, "Lindas egne ord"), (mette, "Mettes ord")):
        watched.page.click("label:has-text('Afslag')")
        watched.page.fill("#reasons", text)
        watched.answer_hearing()
    mette.follow("text=Underskriv, og gem afgørelsen")
    linda.follow("text=Underskriv, og gem afgørelsen")
    assert linda.page.is_visible("text=Mette Kjærgaard afgjorde sagen, mens du skrev")
    assert "Mettes ord" in linda.page.inner_text("main")
    assert linda.page.input_value("#yours") == "Lindas egne ord"
