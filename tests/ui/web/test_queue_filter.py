"""What of a list is shown can be chosen; the choice stands in the address and is remembered until tomorrow."""

from __future__ import annotations

import re

import pytest

from models.queue import QueuedCase
from ui.caseworker.queue_filter import MOST_READ, sift


def listed(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/cases/subsidy/([^"]+)"', page)


def chosen(page: str) -> list[str]:
    return re.findall(r'<option value="([^"]+)" selected>', page)


def all_pages(browser, address: str) -> tuple[list[str], str]:
    """Every row of a list, and the words of its pages."""
    browser.get(address)
    found, words = listed(browser.page), browser.words
    while more := re.search(r'href="(/cases\?[^"]*after=[^"]+)">', browser.page):
        browser.get(more[1].replace("&amp;", "&"))
        found, words = found + listed(browser.page), words + browser.words
    return found, words


def test_each_role_and_the_rest_make_up_the_whole_list(site):
    browser = site.browser("mette")
    whole, _ = all_pages(browser, "/cases?list=team&type=&step=&role=")
    parts = [
        all_pages(browser, f"/cases?list=team&role={role}")[0] for role in ("own_view", "none", "draft", "heavy")
    ]
    assert sorted(one for part in parts for one in part) == sorted(whole)
    assert len(parts[0]) > 0
    assert parts[2] == parts[3] == []


def test_a_step_picks_the_rows_that_say_it(site):
    browser = site.browser("mette")
    _, words = all_pages(browser, "/cases?list=team&step=view")
    assert "Waits for your view" in re.sub(r"All Draft ready Waits for your view", "", words)
    assert "Take the case and read it " not in words.rpartition("remembered until tomorrow")[2]
    own, _ = all_pages(browser, "/cases?list=team&step=view")
    blind, _ = all_pages(browser, "/cases?list=team&step=&role=own_view")
    assert own == blind


def test_a_choice_is_remembered_from_list_to_list_until_all_are_wanted_again(site):
    browser = site.browser("mette")
    browser.get("/cases?list=team&role=own_view&step=view")
    browser.get("/cases?list=free")
    assert chosen(browser.page) == ["view", "own_view"]
    browser.get("/cases?list=free&type=&step=&role=")
    assert chosen(browser.page) == []
    browser.get("/cases?list=team")
    assert chosen(browser.page) == []


def test_an_empty_choice_says_so_and_leads_back_to_all(site):
    browser = site.browser("mette")
    browser.get("/cases?list=team&role=heavy")
    assert "No case here fits your choices" in browser.words
    assert 'href="/cases?list=team&amp;type=&amp;step=&amp;role="' in browser.page


@pytest.mark.parametrize(
    "strange", ["type=gone", "step=drawn", "role=%22%3E%3Cscript%3E", "role=own_view&role=none"]
)
def test_choices_that_do_not_exist_are_none(site, strange):
    browser = site.browser("mette")
    assert browser.get(f"/cases?list=team&{strange}").status_code == 200
    assert "<script>" not in browser.page
    assert set(chosen(browser.page)) <= {"none"}


def test_a_page_looks_at_a_bounded_number_of_cases():
    def case(number: int) -> QueuedCase:
        return QueuedCase("t", f"{number:06}", "2026", "a", None, None, "2026", None, None)

    asked: list[int] = []

    def read(after, limit):
        start = 0 if after is None else int(after[3]) + 1
        asked.append(limit)
        return [case(number) for number in range(start, min(start + limit, 10_000))]

    shown, then = sift(read, lambda some: [one for one in some if one.case_id == "009999"], None, 25)
    assert (shown, then[3]) == ([], f"{MOST_READ - 1:06}")
    assert sum(asked) <= MOST_READ * 1.1
    found, after = [], None
    while True:
        shown, after = sift(read, lambda some: [one for one in some if int(one.case_id) % 7 == 0], after, 25)
        found += [int(one.case_id) for one in shown]
        if after is None:
            break
    assert found == list(range(0, 10_000, 7))
