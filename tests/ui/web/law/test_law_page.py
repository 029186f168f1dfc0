"""The law behind a case type is a page of this machine, and a case links to the paragraphs that decide it."""

from __future__ import annotations

import re

import pytest


def test_a_case_links_to_its_law_on_a_page_that_names_it_and_what_rests_on_it(site, seen_case):
    browser = site.browser("mette")
    browser.get(seen_case)
    rail = re.search(r"<h2>Law and guidance</h2>.*?</section>", browser.page, re.DOTALL)[0]
    [(href, reference)] = re.findall(r'<a href="(/law/subsidy#law-\d+)">([^<]*)</a>', rail)
    assert reference.replace("\N{NO-BREAK SPACE}", " ") == "Tilskudsloven § 4"
    assert browser.get(href).status_code == 200
    section = re.search(rf'<section id="{href.partition("#")[2]}".*?</section>', browser.page, re.DOTALL)[0]
    assert "Cases of this kind are decided by it." in section
    assert "Lets the municipality use a model in these cases." in section
    assert "“Amount” may be held because of it." in browser.words
    assert "What amount is" in browser.words


@pytest.mark.parametrize("name", ["mette", "tom", "birgit", "anders"])
def test_everybody_who_is_signed_in_may_read_it_and_it_leads_nowhere_outside(site, name):
    browser = site.browser(name)
    assert browser.get("/law/subsidy").status_code == 200
    assert not re.search(r'(?:href|src)="(?:https?:)?//', browser.page)


@pytest.mark.parametrize("name", ["nothing", "..%2fkeys", "%3Cb%3E", "a" * 3000])
def test_a_case_type_that_is_not_in_force_has_no_page(site, name):
    browser = site.browser("mette")
    assert browser.get(f"/law/{name}").status_code == 404
    assert "<b>" not in browser.page.partition("<main")[2].partition("<h1")[0]


def test_nobody_reads_it_without_a_sign_in(site):
    assert site.browser().get("/law/subsidy").url.path == "/sign-in"


def test_it_is_said_in_danish(visit):
    browser = visit(language="da").browser("mette")
    browser.get("/law/subsidy")
    assert "Loven: Tilskud" in browser.words
    assert "»Amount« må bruges på grund af den." in browser.words
