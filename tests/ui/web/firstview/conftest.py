"""One case for each reason to ask a person first, and pages without what differs from case to case."""

from __future__ import annotations

import re
from typing import Any

import pytest

from routing.draws import FIRST_VIEW, drawn_numbers

OF_THE_MACHINE = (
    "Of 100 cases", "towards", "gates are open", "is closed", "Simple online cases", "drawn", "The case lies with",
    "The reasons are wrong", "should have gone elsewhere", "the machine expect",
)  # fmt: skip
VIEW = {"leans": "refused", "effort": "complex", "weighs": "The <b>amount</b>."}


def skeleton(page: str) -> str:
    """The page without what differs from case to case: its facts' values, times and numbers."""
    page = re.sub(r"2026-\d{5}", "CASE", page)
    page = re.sub(r"\d{1,2} (?:October|November|December) 2026(?: at \d\d:\d\d)?", "DAY", page)
    day = r"(?:Today|(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{1,2} (?:Oct|Nov|Dec)\b)(?: at \d\d:\d\d)?"
    page = re.sub(day, "DAY", page)
    page = re.sub(r'<td class="num">[^<]*</td>', "VALUE", page)
    page = re.sub(r'name="(assessment|csrf|seen|opened)" value="[^"]*"', r'name="\1"', page)
    page = re.sub(r"\?about=\d+", "?about=", page)
    return re.sub(r'<span class="tag due">[^<]*</span>', "", page)


def addresses(site: Any) -> dict[str, str]:
    """A drawn would-be draft, a case that the rules ask about, and one of the random share."""
    ids = [f"2026-{number:05d}" for number in range(4200, 4280)]
    numbers = drawn_numbers(site.opened.draw_key, FIRST_VIEW, "subsidy", ids)
    share = ", ".join(f"'{one}'" for one, number in zip(ids, numbers, strict=True) if number < 0.2)
    known = "EXISTS (SELECT 1 FROM case_facts f WHERE f.case_id = c.case_id AND f.facts LIKE '%area%')"
    of = f"c.team = 'intake' AND {known}"
    return {
        "drawn": site.address(f"a.drawn = 1 AND {of}"),
        "asked": site.address(f"a.drawn = 0 AND a.complexity >= 0.6 AND c.case_id NOT IN ({share}) AND {of}"),
        "random": site.address(f"a.drawn = 0 AND a.complexity < 0.6 AND c.case_id IN ({share}) AND {of}"),
    }


@pytest.fixture
def kinds(site) -> dict[str, str]:
    return addresses(site)


def typed(browser: Any, address: str, act: str = "first-view") -> dict[str, str]:
    """What the page has put into the hidden fields of a form."""
    form = re.search(rf'action="{address}/{act}".*?</form>', browser.page, re.DOTALL)
    assert form is not None, f"the page has no form for {act}"
    found = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', form[0]))
    found.pop("csrf")
    return found


def give(browser: Any, address: str, **changes: str) -> Any:
    """Give the view that a case's page asks for."""
    browser.get(address)
    return browser.post(f"{address}/first-view", **{**typed(browser, address), **VIEW, **changes})
