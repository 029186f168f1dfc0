"""The town where the machine drafts, and a municipality's own system that calls the API for somebody signed in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from models.assessments import IS_NEWEST
from routing.draws import FIRST_VIEW, drawn_numbers

REPORT = "/api/cases/child_report/U-0"
REASONS = "By section 5, since the amount is above the limit."
PROBLEM = "application/problem+json"
FROM = f"FROM case_file c JOIN assessment a ON {IS_NEWEST} WHERE c.status = 'open' AND c.team = 'intake' AND"


@dataclass
class System:
    """A system that acts for one person."""

    client: TestClient
    token: str = ""

    def get(self, address: str, **headers: str) -> Response:
        return self.client.get(address, headers=headers)

    def post(self, address: str, body: object, **headers: str) -> Response:
        given = {"content-type": "application/json", "x-stafet-token": self.token, **headers}
        return self.client.post(address, content=json.dumps(body), headers=given)

    def case(self, address: str) -> dict[str, Any]:
        answer = self.get(address)
        assert answer.status_code == 200, answer.text
        return answer.json()["case"]

    def viewed(self, address: str) -> dict[str, Any]:
        """The case, after the person's own view where one is asked."""
        case = self.case(address)
        if not case["own"]["is_asked"]:
            return case
        body = {"leans": "refused", "effort": "usual", "assessment": case["assessment_id"]}
        answer = self.post(f"{address}/first-view", {**body, "seen": case["standing"]["newest"]})
        assert answer.status_code == 201, answer.text
        return answer.json()["case"]

    def decision(self, address: str, **changes: object) -> dict[str, object]:
        """What would decide the case against the citizen."""
        case = self.viewed(address)
        body = {"outcome": "refused", "reasons": REASONS, "hearing": "nothing_held", "opened": case["opened"]}
        return {**body, "round": case["round"], "assessment": case["assessment_id"], **changes}


def system_of(site, name: str | None = "mette", language: str = "en") -> System:
    """A system for a person, who has signed in as on the pages."""
    client = site.browser(name).client
    client.cookies.delete("stafet_language")
    client.headers["accept-language"] = language
    client.follow_redirects = False
    if name is None:
        return System(client)
    return System(client, client.get("/api/session").json()["token"])


def refusal(answer: Response, status: int, code: str) -> dict[str, Any]:
    """The problem of a refused request, whose form is always the same."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text
    told = answer.json()
    assert set(told) == {"title", "status", "code", "detail", "errors"}
    assert (told["status"], told["code"]) == (status, code), told
    assert told["detail"][:1].isupper(), told
    return told


def numbers(site, where: str) -> list[str]:
    """The numbers of open cases of the team for which something holds."""
    query = f"SELECT c.case_id {FROM} c.case_type = 'subsidy' AND {where} ORDER BY c.case_id"
    with site.opened.database.read() as connection:
        return [str(row[0]) for row in connection.exec_driver_sql(query)]


def of_share(site, found: list[str], *, is_in: bool) -> list[str]:
    """Those of them that are asked for a view without a reason, or the others."""
    drawn = drawn_numbers(site.opened.draw_key, FIRST_VIEW, "subsidy", found)
    return [number for number, one in zip(found, drawn, strict=True) if (one < 0.2) == is_in]


def address_of(number: str) -> str:
    return f"/api/cases/subsidy/{number}"


@pytest.fixture
def mette(drafting) -> System:
    return system_of(drafting)


@pytest.fixture
def kinds(drafting) -> dict[str, str]:
    """One case of each kind that must be blind."""
    return {
        "drawn": numbers(drafting, "a.drawn = 1")[0],
        "drafted": of_share(drafting, numbers(drafting, "a.route = 'draft'"), is_in=True)[0],
        "asked": of_share(drafting, numbers(drafting, "a.drawn = 0 AND a.complexity >= 0.6"), is_in=False)[0],
        "random": of_share(drafting, numbers(drafting, "a.drawn = 0 AND a.route <> 'draft'"), is_in=True)[0],
    }


def without_a_draft(mette, drafting, *, is_contradicted: bool) -> str:
    """A case without a draft, not blind, in which register and application agree on the amount or not."""
    for number in numbers(drafting, "a.route <> 'draft' AND a.drawn = 0 AND a.complexity < 0.6"):
        case = mette.case(address_of(number))
        if bool(case["held_against"]) == is_contradicted and not case["is_blind"]:
            return address_of(number)
    pytest.fail("there is no such case")


@pytest.fixture
def contradicted(mette, drafting) -> str:
    """A case without a draft of whose amount register and application say different things."""
    return without_a_draft(mette, drafting, is_contradicted=True)


@pytest.fixture
def plain(mette, drafting) -> str:
    """A case without a draft, not blind, in which nothing contradicts the application."""
    return without_a_draft(mette, drafting, is_contradicted=False)


@pytest.fixture
def draft(mette, drafting) -> str:
    """A case whose draft is shown, with an application that agrees with the register."""
    for number in numbers(drafting, "a.route = 'draft'"):
        case = mette.case(address_of(number))
        if case["draft"] is not None and case["held_against"] is None:
            return address_of(number)
    pytest.fail("no case has a draft that is shown")
