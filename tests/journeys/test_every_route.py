"""A walk over the app's own route table: a page that is not visited fails, and so does what axe-core finds."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute

from config.settings import Settings
from routing.publishing import open_workspace
from ui.web.app import create_app

pytestmark = [pytest.mark.browser, pytest.mark.logs]

PAGES = {
    "sign_in": "/sign-in", "home": "/", "queue": "/cases", "case": "{case}", "decided": "{decided}/decided",
    "draft_letter": "{case}/draft-letter/da/html", "letter": "{decided}/letters/{letter}/da/html",
    "note": "{case}/note", "hand_over": "{case}/hand-over", "conflict": "{case}/conflict", "ask": "{case}/ask",
    "remind": "{case}/remind?about={about}", "answer": "{case}/answer?about={about}", "park": "{case}/park",
    "represent": "{case}/represent", "ask_third_party": "{case}/ask-third-party",
    "follow_up": "{case}/follow-up", "hear": "{case}/hear", "hearing_exception": "{case}/hearing-exception",
    "hearing_answer": "{case}/hearing-answer", "documents": "{case}/documents",
    "complaint": "{decided}/complaint", "reopen": "{decided}/reopen",
    "second_reader": "{case}/second-reader", "second_read": "{case}/second-read",
    "talk_sheet": "{decided}/talk-sheet", "how_to_explain": "/how-to-explain/receipt",
    "practice": "/practice", "practise": "{practice}", "this_month": "/month",
    "team_month": "/month/2026-01",
    "oversight": "/oversight", "law": "/law/receipt", "model_card": "/oversight/receipt",
    "drafting": "/oversight/receipt/drafting",
    "team_cases": "/team", "hand_over_cases": "/team/hand-over?from={holder}",
    "first_view": "{case}/first-view", "own_figures": "/me",
    "settings": "/settings", "keys": "/keys", "next": "/cases/next",
    "correct_fact": "{case}/facts/{field}", "language": "/language/{language}?next=%2Fcases",
}  # fmt: skip
NO_PAGE = {"health", "icon", "team_csv", "document", "signed_in"} | {
    "api_description", "api_session", "api_queue", "api_case",
}  # fmt: skip
OF_A_LEAD = {"team_cases", "hand_over_cases"}
OF_KAREN = OF_A_LEAD | {"practise"}
"""Karen practises on the case that Mette has decided; nobody does on their own."""


def read_routes(town) -> set[str]:
    """The names of all routes of the app that are read, not written to."""
    opened = open_workspace(town.workspace)
    routes = create_app(opened, Settings(workspace=town.workspace), host="127.0.0.1").routes
    opened.database.close()
    within = [
        one for route in routes for one in getattr(getattr(route, "original_router", None), "routes", [route])
    ]
    return {one.name for one in within if isinstance(one, APIRoute) and "GET" in one.methods}


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_of_the_route_table_is_visited_and_axe_finds_nothing(
    drafting_window, drafting_town, axe_core, language
):
    assert read_routes(drafting_town) == set(PAGES) | NO_PAGE
    mette = drafting_window(language=language)
    mette.sign_in()
    mette.go("/cases?list=team")
    drafts = mette.page.locator(".queue tbody tr:has(.tag.machine) th a")
    case, decided = (drafts.nth(number).get_attribute("href") for number in (0, 1))
    mette.go(case)
    field = mette.page.locator("a.correct").first.get_attribute("href").split("/")[-1]
    mette.go(decided)
    for label in mette.page.locator(".checks label[for$=-agrees]").all():
        label.click()
    mette.follow(".bar .button-primary")
    letter = mette.page.get_attribute(".letters a", "href").split("/")[-3]
    karen = drafting_window(language=language)
    karen.sign_in("karen")
    karen.go(f"{case}/second-reader")
    karen.page.select_option("#to", index=1)
    karen.follow("main .button-primary")
    mette.go(f"{case}/ask")
    mette.page.check(".ticks input >> nth=0")
    mette.follow("main .button-primary")
    about = mette.page.locator(".stands a").first.get_attribute("href").partition("=")[2]
    places = {"case": case, "about": about, "decided": decided, "letter": letter, "language": language}
    places |= {"field": field, "holder": 1}
    karen.go("/practice")
    karen.follow("main .button-primary")
    places["practice"] = karen.page.url.removeprefix(karen.address)
    for name, address in PAGES.items():
        window = karen if name in OF_KAREN else mette
        answer = window.page.goto(window.address + address.format(**places))
        assert answer.status == 200, name
        assert window.axe() == [], name


def test_a_team_leads_pages_need_no_sideways_scroll_on_the_narrowest_screen(drafting_window):
    karen = drafting_window(width=320)
    karen.sign_in("karen")
    for name in sorted(OF_A_LEAD):
        karen.go(PAGES[name].format(holder=1))
        assert karen.page.evaluate("document.documentElement.scrollWidth") <= 320, name
