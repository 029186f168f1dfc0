"""Where a view must be blind nothing tells what the machine thinks, nor why the person is asked first."""

from __future__ import annotations

import re

import pytest

from routing.draws import FIRST_VIEW, drawn_numbers

REVEALING = (
    "Of 100 cases", "towards", "gates are open", "is closed", "Simple online cases", "complexity", "drawn",
    "The case lies with",
)  # fmt: skip


def blind_addresses(site) -> dict[str, str]:
    """One case each: drawn would-be draft, asked by the rules, and asked at random."""
    ids = [f"2026-{number:05d}" for number in range(4200, 4280)]
    numbers = drawn_numbers(site.opened.draw_key, FIRST_VIEW, "subsidy", ids)
    of_random_share = ", ".join(f"'{one}'" for one, number in zip(ids, numbers, strict=True) if number < 0.2)
    return {
        "drawn": site.address("a.drawn = 1 AND c.team = 'intake'"),
        "asked": site.address("a.drawn = 0 AND c.team = 'intake' AND a.complexity >= 0.6"),
        "random": site.address(
            f"a.drawn = 0 AND c.team = 'intake' AND a.complexity < 0.6 AND c.case_id IN ({of_random_share})"
        ),
    }


@pytest.mark.parametrize("why", ["drawn", "asked", "random"])
def test_a_blind_page_holds_nothing_of_the_machines_view(site, why):
    browser = site.browser("mette")
    address = blind_addresses(site)[why]
    browser.get(address)
    page = re.sub(r'<svg class="sprite".*?</svg>', "", browser.page, flags=re.DOTALL)
    for word in REVEALING:
        assert word not in page, word
    score, raw = site.one(
        "SELECT complexity, raw_score FROM assessment WHERE case_id = ?", address.rpartition("/")[2]
    )
    assert f"{round(score * 100)} of 100" not in page
    assert str(raw)[:6] not in page
    assert "They are shown after your own view" in browser.words


def test_blind_pages_cannot_be_told_apart_by_their_form(site):
    browser = site.browser("mette")
    skeletons = set()
    for address in blind_addresses(site).values():
        browser.get(address)
        skeletons.add(skeleton(browser.page))
    assert len(skeletons) == 1


ACTS = {
    "note": {"note": "Spoke with them."},
    "park": {"reason": "Papers", "until": "2099-01-01"},
    "hand-over": {"to": ""},
    "conflict": {"grounds": ""},
    "ask": {"until": ""},
    "follow-up": {"what": "", "until": ""},
}


@pytest.mark.parametrize("act", ACTS)
def test_no_act_on_the_way_tells_blind_cases_apart(site, act):
    browser = site.browser("mette")
    read, sent = set(), set()
    for address in blind_addresses(site).values():
        browser.get(f"{address}/{act}")
        read.add(skeleton(browser.page))
        seen = re.search(r'name="seen" value="([^"]*)"', browser.page)[1]
        browser.post(f"{address}/{act}", seen=seen, **ACTS[act])
        sent.add(skeleton(browser.page))
    assert len(read) == len(sent) == 1


def skeleton(page: str) -> str:
    """The page without what differs from case to case: its facts' values, times and numbers."""
    page = re.sub(r"2026-\d{5}", "CASE", page)
    page = re.sub(r"\d{1,2} (?:October|November|December) 2026(?: at \d\d:\d\d)?", "DAY", page)
    day = r"(?:Today|(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{1,2} (?:Oct|Nov|Dec)\b)(?: at \d\d:\d\d)?"
    page = re.sub(day, "DAY", page)
    page = re.sub(r'<td class="num">[^<]*</td>', "VALUE", page)
    page = re.sub(r'name="(assessment|csrf|seen|opened)" value="[^"]*"', r'name="\1"', page)
    return re.sub(r'<span class="tag due">[^<]*</span>', "", page)


def test_the_lists_tell_as_little_as_the_page(site):
    browser = site.browser("mette")
    rows = set()
    for address in blind_addresses(site).values():
        browser.search(address.rpartition("/")[2])
        row = re.search(r"<tbody>(.*)</tbody>", browser.page, re.DOTALL)[1]
        rows.add(skeleton(row))
    assert len(rows) == 1


@pytest.mark.parametrize("why", ["drawn", "asked", "random"])
def test_after_the_decision_both_views_stand_side_by_side(site, why):
    browser = site.browser("mette")
    address = blind_addresses(site)[why]
    browser.view(address)
    assessment = re.search(r'name="assessment" value="(\d+)"', browser.page)[1]
    sent = {
        "outcome": "refused",
        "reasons": "By § 4, for the amount.",
        "hearing": "nothing_held",
        "round": "1",
        "assessment": assessment,
    }
    assert browser.post(f"{address}/decide", **sent).url.path == f"{address}/decided"
    assert "Your view and the machine's" in browser.words
    assert "By § 4, for the amount." in browser.words
    assert "Of 100 cases like this" in browser.words
    browser.get(address)
    assert "They are shown after your own view" not in browser.words
    assert "Why the case came to you" in browser.words


def test_in_shadow_every_would_be_draft_is_blind(site):
    drawn = site.one("SELECT count(*) FROM assessment WHERE drawn = 1")[0]
    assert drawn > 0
    assert site.one("SELECT count(*) FROM assessment WHERE route = 'draft'") == (0,)


def test_no_choice_of_a_list_tells_blind_cases_apart(site):
    browser = site.browser("mette")
    numbers = {address.rpartition("/")[2] for address in blind_addresses(site).values()}
    for choice in ("step=view", "role=own_view", "step=take", "role=none", "step=check", "role=draft"):
        found, address = (
            set(),
            f"/cases?list=team&type=&step=&role=&{choice}".replace(f"&{choice.partition('=')[0]}=&", "&"),
        )
        while address:
            browser.get(address)
            found |= set(re.findall(r'<th scope="row"><a href="/cases/subsidy/([^"]+)"', browser.page))
            more = re.search(r'href="(/cases\?[^"]*after=[^"]+)">', browser.page)
            address = more[1].replace("&amp;", "&") if more else ""
        assert found & numbers in (set(), numbers), choice
