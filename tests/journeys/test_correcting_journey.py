"""A fact is found wrong, set right with a reason, and the case stands as its new facts say."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.logs]

WORDS = {
    "da": {
        "form": "Det skal der stå", "store": "Gem rettelsen", "missing": "Noget mangler", "by": "Rettet af Mette",
        "reason": "Borgeren ringede og sagde det", "moment": "rettede",
    },
    "en": {
        "form": "What it should be", "store": "Store the correction", "missing": "Something is missing",
        "by": "Corrected by Mette", "reason": "The citizen called and said so", "moment": "corrected",
    },
}  # fmt: skip


@pytest.mark.parametrize(("language", "place"), [("da", 2), ("en", 3)])
def test_a_fact_is_set_right_from_the_case_page(drafting_window, axe_core, language, place):
    words = WORDS[language]
    mette = drafting_window(language=language)
    mette.sign_in()
    mette.go("/cases?list=team")
    mette.go(mette.page.locator(".queue tbody tr:has(.tag.machine) th a").nth(place).get_attribute("href"))
    page = mette.page
    mette.go(page.locator("#facts tbody tr:has(td.num) a.correct").first.get_attribute("href"))
    assert words["form"] in page.inner_text("main")
    assert page.locator(".button-primary").count() == 1
    assert mette.axe() == []
    page.fill("#reason", words["reason"])
    mette.follow(f"text={words['store']}")
    assert page.title().startswith(words["missing"])
    assert page.input_value("#reason") == words["reason"]
    assert mette.axe() == []
    now = page.inner_text(".summary dd.num")
    if page.locator("label[for^=value-]").count():
        labels = page.locator("label[for^=value-]")
        other = next(number for number in range(labels.count()) if labels.nth(number).inner_text() != now)
        labels.nth(other).click()
    else:
        page.fill("#value", "17")
    mette.follow(f"text={words['store']}")
    assert words["by"] in page.inner_text("#facts, #missing")
    assert words["reason"] in page.inner_text("main")
    assert words["moment"] in page.inner_text("aside.rail")
    assert mette.axe() == []
