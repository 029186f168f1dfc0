"""Single keys: through a list, into a case and around it; never in a field, nor where they are switched off."""

from __future__ import annotations

import sqlite3

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.logs]

FOCUSED = "() => document.activeElement.getAttribute('href')"


def links(watched) -> list[str]:
    return [one.get_attribute("href") for one in watched.page.locator(".queue tbody th > a").all()]


def test_a_list_is_walked_and_a_case_opened_by_keys_alone(window):
    mette = window()
    mette.sign_in()
    mette.go("/cases?list=free")
    rows, keys = links(mette), mette.page.keyboard
    for key, place in (("j", 0), ("j", 1), ("J", 2), ("k", 1), ("k", 0), ("k", 0)):
        keys.press(key)
        assert mette.page.evaluate(FOCUSED) == rows[place]
    mette.press("Enter")
    assert mette.page.url.endswith(rows[0])


def test_a_case_is_taken_read_and_noted_by_keys(window, town):
    mette = window()
    mette.sign_in()
    mette.go("/cases?list=free")
    mette.go(links(mette)[-1])
    case = mette.page.url.rpartition("/")[2]
    mette.page.keyboard.press("2")
    second = mette.page.locator(".toc ol li:nth-child(2) a").get_attribute("href")
    assert mette.page.url.endswith(second)
    mette.press("t")
    assert "Behandles af dig" in mette.page.inner_text(".ident")
    mette.page.keyboard.press("m")
    mette.page.keyboard.type("jk nt / g? 1")
    assert mette.page.input_value(".rail textarea[name=note]") == "jk nt / g? 1"
    assert mette.page.url.partition("#")[0].endswith(case)
    mette.page.locator(".ident .name").click()
    mette.page.evaluate("document.activeElement.blur()")
    mette.press("g")
    assert mette.page.url.endswith(f"{case}/hand-over")
    with sqlite3.connect(town.workspace / "stafet.db") as connection:
        decided = connection.execute("SELECT count(*) FROM decision WHERE case_id = ?", (case,)).fetchone()
        acts = connection.execute("SELECT count(*) FROM case_act WHERE case_id = ?", (case,)).fetchone()
    assert (decided, acts) == ((0,), (0,))


def test_the_next_case_the_search_and_the_list_of_keys_are_one_key_away(window, axe_core):
    mette = window()
    mette.sign_in()
    following = mette.page.get_attribute(".next .button", "href")
    mette.page.keyboard.press("/")
    assert mette.page.evaluate("document.activeElement.id") == "search"
    mette.page.evaluate("document.activeElement.blur()")
    mette.press("n")
    assert mette.page.url.endswith(following)
    mette.press("?")
    assert mette.page.url.endswith("/keys")
    assert mette.axe() == []


def test_a_key_with_a_modifier_belongs_to_the_browser(window):
    mette = window()
    mette.sign_in()
    mette.go("/cases?list=free")
    for key in ("Control+j", "Alt+j", "Meta+j"):
        mette.page.keyboard.press(key)
        assert mette.page.evaluate(FOCUSED) is None


def test_switched_off_no_key_does_anything_and_the_list_works_without_a_script(window, axe_core):
    mette = window()
    mette.sign_in()
    mette.go("/settings")
    assert mette.axe() == []
    mette.page.check("#keys-off", force=True)
    mette.follow("main .button-primary")
    assert "Dine indstillinger er gemt" in mette.page.inner_text("main")
    mette.go("/cases?list=free")
    address = mette.page.url
    for key in ("j", "n", "?"):
        mette.page.keyboard.press(key)
    mette.page.wait_for_timeout(500)
    assert mette.page.url == address
    assert mette.page.evaluate(FOCUSED) is None
    plain = window(scripts=False)
    plain.sign_in("linda")
    plain.go("/keys")
    assert plain.page.locator("kbd").count() >= 10
    mette.go("/settings")
    mette.page.check("#keys-on", force=True)
    mette.follow("main .button-primary")


def test_no_key_that_is_listed_sends_or_signs_a_form_that_is_filled_in(window, town):
    mette = window()
    mette.sign_in()
    mette.go("/cases?list=free")
    mette.go(links(mette)[-2])
    mette.give_view()
    case = mette.page.url.rpartition("/")[2]
    mette.page.check("#outcome-refused", force=True)
    mette.page.check("#hearing-nothing_held", force=True)
    mette.page.fill("#reasons", "Efter byggeloven § 16.")
    mette.page.evaluate("document.activeElement.blur()")
    for key in "jk123456789":
        mette.page.keyboard.press(key)
    mette.page.wait_for_timeout(500)
    with sqlite3.connect(town.workspace / "stafet.db") as connection:
        assert connection.execute("SELECT count(*) FROM decision WHERE case_id = ?", (case,)).fetchone() == (0,)


def test_a_colleague_who_comes_is_named_without_loading_the_page_again(window):
    mette, linda = window(), window()
    mette.sign_in()
    linda.sign_in("linda")
    mette.go("/cases?list=free")
    mette.go(links(mette)[-3])
    mette.page.wait_for_timeout(1500)
    linda.page.goto(mette.page.url)
    assert "Mette Kjærgaard ser på sagen nu" in linda.page.inner_text(".ident")
    mette.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    mette.page.wait_for_selector(".ident .here:has-text('Linda Friis ser på sagen nu')")
    linda.go("/cases?list=free")
    assert (
        "Mette Kjærgaard ser på sagen nu" in linda.page.inner_text(".queue >> nth=0")
        or linda.page.locator(".queue .here").count()
    )
