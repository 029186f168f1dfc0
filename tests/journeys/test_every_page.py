"""What holds for every page: axe-core finds nothing, a narrow screen needs no sideways scroll, both languages."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.logs]

PAGES = {
    "queue": "/cases",
    "team": "/cases?list=team",
    "decided this week": "/cases?list=decided",
    "waiting": "/cases?list=waiting",
    "oversight": "/oversight",
    "model card": "/oversight/receipt",
    "the machine's part": "/oversight/receipt/drafting",
    "law": "/law/receipt",
    "own figures": "/me",
    "settings": "/settings",
    "keys": "/keys",
    "not found": "/nothing",
    "another team's case": "/cases/receipt/nothing",
}
ACTS = (
    "documents",
    "note",
    "hand-over",
    "ask",
    "park",
    "follow-up",
    "conflict",
    "hear",
    "hearing-exception",
    "second-reader",
    "represent",
    "ask-third-party",
)
TOO_WIDE = """() => [...document.body.querySelectorAll("*")]
  .filter((one) => one.getBoundingClientRect().right > 320.5 && !one.closest("svg, .vh, .skip, .stack thead, .me"))
  .map((one) => one.outerHTML.slice(0, 90))
"""


def every_page(watched):
    """Bring one page after the other into the window; gives each one's name."""
    watched.go("/sign-in")
    yield "sign in"
    watched.follow("main button[type=submit]")
    yield "sign in without a name"
    watched.sign_in()
    for name, path in PAGES.items():
        watched.go(path)
        yield name
    for text in ("2026-04", "nothing-of-the-kind", "140592-1234"):
        watched.search(text)
        yield f"search for {text}"
    watched.go("/cases?list=team")
    seen = set()
    for path in [link.get_attribute("href") for link in watched.page.query_selector_all(".queue tbody th a")]:
        watched.go(path)
        kind = "blind case" if watched.page.query_selector(".shut") else "case"
        if kind not in seen:
            seen.add(kind)
            yield kind
            if watched.page.locator("#view form").count():
                watched.follow(".bar .button-primary")
                yield "first view with errors"
                watched.go(path)
            watched.give_view()
            yield f"{kind} with a view"
            watched.go(f"{path}/first-view")
            yield f"the view of a {kind}"
            for act in ACTS:
                watched.go(f"{path}/{act}")
                yield act
            watched.follow("main .button-primary")
            yield "act with errors"
            watched.go(path)
        if len(seen) == 2:
            break
    assert seen == {"blind case", "case"}
    watched.follow(".bar .button-primary")
    yield "form with errors"
    watched.page.check("#outcome-granted", force=True)
    watched.follow(".bar .button-primary")
    yield "decided"
    watched.follow(".links a, .acts a:last-child")
    yield "decided case"


@pytest.mark.parametrize("language", ["da", pytest.param("en", marks=pytest.mark.long)])
def test_axe_finds_nothing_on_any_page(window, axe_core, language):
    watched = window(language=language)
    found = [violation for _ in every_page(watched) for violation in watched.axe()]
    assert found == []


def test_no_page_scrolls_sideways_on_the_narrowest_screen(window):
    watched = window(width=320)
    for name in every_page(watched):
        assert watched.page.evaluate(TOO_WIDE) == [], name
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= 320, name


@pytest.mark.parametrize(("language", "word"), [("da", "Afgørelse"), ("en", "Decision")])
def test_a_page_is_in_one_language_and_the_other_is_one_link_away(window, language, word):
    watched = window(language=language)
    watched.sign_in()
    watched.follow(".next .button")
    watched.give_view()
    assert watched.page.inner_text("#decision h2") == word
    address = watched.page.url
    watched.follow(".who a[hreflang]")
    assert watched.page.url == address
    assert watched.page.inner_text("#decision h2") != word


def test_words_and_bars_say_the_same(window):
    watched = window(language="en")
    watched.sign_in()
    watched.go("/cases?list=team")
    for path in [link.get_attribute("href") for link in watched.page.query_selector_all(".queue tbody th a")]:
        watched.go(path)
        for row in watched.page.query_selector_all(".why > li:not(.head)"):
            is_more = "towards more work" in row.inner_text()
            assert (row.query_selector("rect.more") is not None) == is_more
            assert (row.query_selector("rect.less") is not None) != is_more
