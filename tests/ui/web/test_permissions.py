"""Every route is in the table of permissions, and answers every kind of visitor as the table says."""

from __future__ import annotations

import re
from functools import partial

import pytest
from fastapi.routing import APIRoute
from starlette.routing import Mount, Route

from models.accounts import ROLES
from ui.permissions import PERMISSIONS

VISITORS = {None: None, "mette": "caseworker", "tom": "team_lead", "birgit": "steward", "anders": "auditor"}
MAY_ANYBODY = {"health", "icon", "static", "language", "sign_in", "try_sign_in", "api_description"}
MAY_SIGNED_IN = {
    "sign_out", "signed_in", "settings", "store_settings", "keys", "home", "oversight", "model_card", "drafting",
    "law",
    "how_to_explain", "api_session",
}  # fmt: skip
MAY_STOP = {"stop_drafting"}
MAY_LEAD = {"team_cases", "team_csv", "hand_over_cases", "hand_cases_over"}
MAY_STEWARD = {"give_back_drafting"}
MAY_DECIDING = {
    "queue", "search", "next", "here", "case",
    "claim", "release", "decide", "approve", "by_hand", "store_assessment", "decided", "talk_sheet",
    "letter", "draft_letter", "send_receipt", "correct_fact", "store_correction",
    "note", "store_note", "keep_text", "discard_text",
    "hand_over", "store_hand_over", "conflict", "store_conflict",
    "ask", "store_question", "remind", "store_reminder", "answer", "store_answer",
    "hear", "store_hearing", "hearing_answer", "store_hearing_answer",
    "hearing_exception", "store_hearing_exception",
    "park", "store_parking", "resume", "follow_up", "store_follow_up", "followed_up", "show_cpr",
    "practice", "begin_practice", "practise", "answer_practice", "agree_practice", "set_practice_aside",
    "this_month", "team_month", "store_team_note", "remove_team_note", "own_figures", "first_view",
    "store_first_view", "store_feedback", "store_dilemma",
    "documents", "store_document", "document",
    "second_reader", "store_second_reader", "second_read", "store_second_read",
    "complaint", "store_complaint", "reopen", "store_reopening", "send_decision_letter",
    "represent", "store_representation", "end_representation",
    "ask_third_party", "store_third_party_question",
    "api_queue", "api_case", "api_first_view", "api_note", "api_decide", "api_approve", "api_assess",
}  # fmt: skip
"""Written down a second time, so that nobody opens a route by one slip."""
OF_NO_CASE = {
    "queue", "search", "next", "own_figures", "api_queue",
    "practice", "begin_practice", "practise", "answer_practice", "agree_practice", "set_practice_aside",
    "this_month", "team_month", "store_team_note", "remove_team_note",
}  # fmt: skip


def test_the_roles_are_those_of_the_records():
    assert set(VISITORS.values()) - {None} == set(ROLES)


def test_every_route_of_the_app_is_in_the_table_and_the_table_has_no_other(site):
    routes = {route.name: route for route in every_route(site.app)}
    assert (
        set(routes)
        == set(PERMISSIONS)
        == MAY_ANYBODY | MAY_SIGNED_IN | MAY_DECIDING | MAY_LEAD | MAY_STOP | MAY_STEWARD
    )
    beside = {name for name, route in routes.items() if not isinstance(route, APIRoute)}
    assert beside == {"static"}, "a route that is no APIRoute passes the gate by"


def every_route(app) -> list[Route | Mount]:
    """Routes and mounts of the app, those of its routers included."""
    found = []
    for route in app.routes:
        inner = getattr(route, "original_router", None)
        found += list(inner.routes) if inner is not None else [route]
    return found


def test_the_table_names_the_same_roles_as_written_here():
    for name, permission in PERMISSIONS.items():
        allowed = {role for role in (None, *ROLES) if permission.allows(role)}
        if name in MAY_ANYBODY:
            assert allowed == {None, *ROLES}
        elif name in MAY_SIGNED_IN:
            assert allowed == set(ROLES)
        elif name in MAY_STOP:
            assert allowed == {"team_lead", "steward"}
        elif name in MAY_LEAD:
            assert allowed == {"team_lead"}
        elif name in MAY_STEWARD:
            assert allowed == {"steward"}
        else:
            assert allowed == {"caseworker", "team_lead"}
        assert permission.own_team == (name in MAY_DECIDING - OF_NO_CASE)


def address_of(route, case_id: str) -> str:
    """A route's address with a case in it, and otherwise harmless values."""
    return route.path.format(
        case_type="subsidy",
        case_id=case_id,
        language="da",
        letter="1",
        form="html",
        field="amount",
        number="1",
        month="2026-01",
    )


WITHOUT_A_LETTER = {
    "letter",
    "draft_letter",
    "document",
    "practise",
    "answer_practice",
    "agree_practice",
    "set_practice_aside",
    "remove_team_note",
}
"""No letter was sent of the case that is asked about; it has no draft, document, practice or note."""


def ask(browser, site, route) -> int:
    """Ask for a route as its page would, with harmless values."""
    case = site.address("c.team = 'intake'").rpartition("/")[2]
    address = address_of(route, case)
    if isinstance(route, Mount):
        return browser.client.get("/static/stafet.css").status_code
    browser.client.follow_redirects = False
    if "GET" in route.methods:
        return browser.get(address).status_code
    return send(browser, address).status_code


def send(browser, address: str):
    """Send an empty form, or an empty body where a system would send JSON, with the visitor's own token."""
    browser.get("/oversight")
    if not address.startswith("/api/"):
        return browser.post(address)
    token = re.search(r'name="csrf" value="([^"]*)"', browser.page)
    sent = {"x-stafet-token": token[1] if token else ""}
    return browser._kept(browser.client.post(address, json={}, headers=sent))


@pytest.mark.parametrize("name", VISITORS)
def test_every_route_answers_every_visitor_as_the_table_says(site, name):
    browser = site.browser(name)
    for route in sorted(every_route(site.app), key=lambda one: one.name == "sign_out"):
        permission = PERMISSIONS[route.name]
        status, role = ask(browser, site, route), VISITORS[name]
        if permission.allows(role):
            assert status not in (401, 403, 404) or (status == 404 and route.name in WITHOUT_A_LETTER), (
                route.name,
                name,
            )
        elif role is None:
            assert status in (303, 401), (route.name, name, status)
        else:
            assert status == 403, (route.name, name, status)


CASE_ROUTES = sorted(name for name, permission in PERMISSIONS.items() if permission.own_team)


@pytest.mark.parametrize("route_name", CASE_ROUTES)
@pytest.mark.parametrize("name", ["other", "ulla"])
def test_a_case_of_another_team_cannot_be_told_from_one_that_is_not_there(site, route_name, name):
    route = next(one for one in every_route(site.app) if one.name == route_name)
    browser = site.browser(name)
    assert ask(browser, site, route) == 404
    of_another_team = browser.words
    method = browser.get if "GET" in route.methods else partial(send, browser)
    assert method(address_of(route, "nothing")).status_code == 404
    assert browser.words == of_another_team


def test_a_disabled_user_is_nobody_from_that_moment_on(site):
    from models.people import disable_user, find_user

    browser = site.browser("mette")
    assert browser.get("/cases").status_code == 200
    with site.opened.database.write() as connection:
        disable_user(connection, find_user(connection, "mette"), actor="system")
    assert browser.get("/cases").url.path == "/sign-in"
    assert site.browser().sign_in("mette").status_code == 403


def test_a_sign_in_for_another_act_does_not_open_pages(site):
    from models.sign_ins import sign_in_with_password

    begun = sign_in_with_password(site.opened.database, "birgit", "correct horse battery", purpose="live")
    browser = site.browser()
    browser.client.cookies["stafet_session"] = begun.token
    assert browser.get("/oversight").url.path == "/sign-in"


def test_a_route_without_a_permission_is_refused(site):
    @site.app.get("/secret", name="secret")
    def secret() -> str:
        return "not for you"

    for name in VISITORS:
        response = site.browser(name).get("/secret")
        assert response.status_code == 403
        assert "not for you" not in response.text
