"""The queue and the case as JSON: what the page shows, and nothing that tells a drawn case from another."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.ui.web.drafting.api.conftest import REASONS, address_of, numbers, refusal, system_of

OF_THE_MACHINE = (
    "Of 100 cases",
    "towards",
    "gates are open",
    "is closed",
    "Simple online cases",
    "drawn",
    "raw_score",
)
FACTS_OF_A_CASE = ("value", "seen", "age")
OF_ONE_CASE = (
    "case_id", "address", "page", "received_at", "deadline", "identity", "due", "contradictions", "held_against",
    "missing", "assessment_id", "opened", "asked_for", "newest", "at", "name", "group",
)  # fmt: skip
"""What differs from case to case on the pages too: whose it is, its facts, its times and its numbers."""


def skeleton(told: Any, *, is_fact: bool = False) -> Any:
    """JSON without what differs from case to case."""
    if isinstance(told, list):
        return [skeleton(one, is_fact=is_fact) for one in told]
    if not isinstance(told, dict):
        return told
    left_out = FACTS_OF_A_CASE if is_fact else OF_ONE_CASE
    return {
        key: None if key in left_out else skeleton(value, is_fact=key == "known")
        for key, value in told.items()
        if key != "may"
    } | {"may": [one["act"] for one in told.get("may", [])]}


def alike(answers: dict[str, Any]) -> None:
    """The answers are one and the same but for what differs from case to case."""
    found = {kind: json.dumps(skeleton(answer), sort_keys=True) for kind, answer in answers.items()}
    assert len(set(found.values())) == 1, found


def test_a_case_holds_what_its_page_shows(drafting, mette, plain):
    case = mette.case(plain)
    browser = drafting.browser("mette")
    browser.get(plain.removeprefix("/api"))
    machine = case["machine"]
    for words in (
        case["type_name"],
        machine["placed"],
        machine["assessed"]["scale"]["sentence"],
        machine["assessed"]["bars"][0]["label"],
        *machine["closed"],
        *(fact["value"] for fact in case["facts"]["known"]),
        *(choice["label"] for choice in (*case["choices"], *case["hearings"])),
    ):
        assert words.replace("\xa0", " ") in browser.words.replace("\xa0", " "), words
    number = machine["assessed"]["scale"]["of_100"]
    assert f"{number} this case" in browser.page
    assert (case["draft"], case["is_blind"], case["ended"]) == (None, False, None)


def test_a_draft_is_shown_with_its_checks_and_law(mette, draft):
    case = mette.case(draft)
    assert case["draft"]["legal_basis"] == "Tilskudsloven § 5"
    assert [(one["field"], one["effects"][0]) for one in case["draft"]["checks"]] == [
        ("amount", "From DKK 9,001 up: refused.")
    ]
    assert case["sums"]["lines"][0]["label"] == "The grant"
    assert [one["act"] for one in mette.get(draft).json()["may"]] == ["approval", "decision", "notes"]


def test_a_blind_case_holds_nothing_of_the_machine_and_all_have_one_form(drafting, mette, kinds):
    answers = {kind: mette.get(address_of(number)) for kind, number in kinds.items()}
    for kind, answer in answers.items():
        case, may = answer.json()["case"], answer.json()["may"]
        assert [case[one] for one in ("machine", "draft", "sums", "similar")] == [None] * 4, kind
        assert [one["act"] for one in may] == ["first-view", "notes"]
        for word in OF_THE_MACHINE:
            assert word not in answer.text, (kind, word)
        raw = drafting.one("SELECT max(raw_score) FROM assessment WHERE case_id = ?", kinds[kind])[0]
        assert str(raw)[:6] not in answer.text
    assert len({tuple(answer.headers) for answer in answers.values()}) == 1
    alike({kind: answer.json() for kind, answer in answers.items()})


def test_after_the_own_view_the_cases_that_stay_blind_still_have_one_form(mette, kinds):
    answers = {}
    for kind in ("drawn", "drafted", "random"):
        mette.viewed(address_of(kinds[kind]))
        answers[kind] = mette.get(address_of(kinds[kind])).json()
        assert answers[kind]["case"]["own"]["view"]["leans"] == "Leans to: Refused."
        assert [one["act"] for one in answers[kind]["may"]] == ["first-view", "decision", "notes"]
    alike(answers)


def test_after_the_own_view_a_case_that_a_rule_asked_for_shows_both(mette, kinds):
    case = mette.viewed(address_of(kinds["asked"]))
    assert case["machine"]["assessed"]["scale"]["of_100"] >= 60
    assert case["own"]["machine"]["number"] == case["machine"]["assessed"]["scale"]["sentence"]


def test_no_refusal_tells_blind_cases_apart(drafting, mette, kinds):
    told: dict[str, set[str]] = {"approval": set(), "decision": set(), "by a draft": set()}
    for kind in ("drawn", "drafted", "random"):
        address = address_of(kinds[kind])
        case = mette.case(address)
        of_page = {"round": case["round"], "assessment": case["assessment_id"]}
        decided = {**of_page, "outcome": "refused", "reasons": REASONS, "hearing": "nothing_held"}
        told["decision"].add(mette.post(f"{address}/decision", decided).text)
        mette.viewed(address)
        approved = {**of_page, "checks": {"amount": "agrees"}}
        told["approval"].add(mette.post(f"{address}/approval", approved).text)
        told["by a draft"].add(mette.post(f"{address}/decision", {**decided, "draft_use": "changed"}).text)
    assert {key: len(value) for key, value in told.items()} == dict.fromkeys(told, 1)
    assert [json.loads(*told[one])["code"] for one in told] == ["draft_gone", "view_first", "draft_gone"]
    assert drafting.one("SELECT count(*) FROM decision") == (0,)


def test_a_blind_decision_is_stored_without_a_word_about_a_draft_and_then_shows_both_views(drafting, mette, kinds):
    for kind in ("drawn", "drafted", "random"):
        address = address_of(kinds[kind])
        body = mette.decision(address, outcome="granted")
        answer = mette.post(f"{address}/decision", body)
        assert answer.status_code == 201, answer.text
        assert answer.json()["case"]["own"]["machine"] is not None
    assert drafting.one("SELECT count(*) FROM decision WHERE draft_use IS NULL AND checks IS NULL") == (3,)


def test_the_queue_is_walked_page_by_page_and_holds_every_case_once(drafting, mette):
    address, found = "/api/cases?list=team", []
    while address:
        answer = mette.get(address).json()
        assert 0 < len(answer["cases"]) <= 25
        found += [one["case_id"] for one in answer["cases"] if one["case_type"] == "subsidy"]
        address = answer["next"]
    assert sorted(found) == numbers(drafting, "1 = 1")
    assert len(found) > 25


def test_a_row_says_what_is_next_and_by_when_and_never_a_score(mette, kinds):
    rows, address = {}, "/api/cases?list=free"
    while address:
        answer = mette.get(address).json()
        rows |= {
            kind: one for one in answer["cases"] for kind, number in kinds.items() if one["case_id"] == number
        }
        address = answer["next"]
    assert set(rows) == set(kinds)
    for row in rows.values():
        assert (row["role"], row["next_step"]) == ("own_view", "Read it, and judge for yourself")
        assert row["deadline"] is not None
        assert not {"score", "complexity", "priority"} & set(row)
        assert mette.get(row["address"]).status_code == 200
    alike(rows)


def test_each_list_is_the_persons_own(drafting, mette, plain):
    assert mette.get("/api/cases").json() == {"list": "mine", "cases": [], "next": None}
    browser = drafting.browser("mette")
    browser.get(plain.removeprefix("/api"))
    browser.post(f"{plain.removeprefix('/api')}/claim")
    assert [one["address"] for one in mette.get("/api/cases").json()["cases"]] == [plain]
    browser.get(f"{plain.removeprefix('/api')}/park")
    seen = browser.page.partition('name="seen" value="')[2].partition('"')[0]
    browser.post(f"{plain.removeprefix('/api')}/park", seen=seen, reason="Papers", until="2026-12-30")
    assert mette.get("/api/cases").json()["cases"] == []
    waiting = mette.get("/api/cases?list=waiting").json()["cases"]
    assert [(one["address"], one["next_step"]) for one in waiting] == [(plain, "Parked: Papers")]
    linda = system_of(drafting, "linda")
    assert linda.get("/api/cases?list=waiting").json()["cases"] == []
    ofteam = linda.get("/api/cases?list=waiting&whose=team").json()["cases"]
    assert [one["note"] for one in ofteam] == ["Mette Kjærgaard has the case"]
    other = system_of(drafting, "other")
    assert other.get("/api/cases?list=waiting&whose=team").json()["cases"] == []


def test_a_decided_case_is_in_the_persons_list_of_the_week(mette, plain):
    assert mette.post(f"{plain}/decision", mette.decision(plain)).status_code == 201
    rows = mette.get("/api/cases?list=decided").json()["cases"]
    assert [(one["address"], one["next_step"]) for one in rows] == [(plain, "Refused")]


@pytest.mark.parametrize("query", ["list=found", "list=", "after=x", "after=", "order=score", "list=team&x=1"])
def test_a_list_or_place_that_is_not_ours_is_refused_with_its_name(mette, query):
    told = refusal(mette.get(f"/api/cases?{query}"), 422, "not_understood")
    assert [one["field"] for one in told["errors"]] == [query.split("&")[-1].partition("=")[0]]


def test_a_remembered_filter_of_the_pages_hides_nothing_from_the_api(mette):
    whole = mette.get("/api/cases?list=team").json()
    mette.client.get("/cases?list=team&type=child_report&step=&role=")
    assert mette.get("/api/cases?list=team").json() == whole
