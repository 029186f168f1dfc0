"""Who gets in, and what is turned away before any law: no sign-in, no token, other sites, forged fields."""

from __future__ import annotations

import json

import pytest

from models.people import disable_user, find_user
from tests.ui.web.drafting.api.conftest import REPORT, System, refusal, system_of

ACTS = ("first-view", "notes", "decision", "approval", "assessment")


def nothing_stored(site) -> bool:
    tables = ("decision", "case_act", "professional_assessment")
    return all(site.one(f"SELECT count(*) FROM {table}") == (0,) for table in tables)


def note(case: dict, **changes: object) -> dict[str, object]:
    return {"note": "They rang.", "seen": case["standing"]["newest"], **changes}


def test_nobody_without_a_sign_in_gets_anything_but_the_description(drafting, plain):
    nobody = system_of(drafting, None)
    for address in ("/api/session", "/api/cases", plain, REPORT):
        told = refusal(nobody.get(address), 401, "not_signed_in")
        assert told["detail"] == "Nobody is signed in, or no longer; sign in at /sign-in."
    for act in ACTS:
        refusal(nobody.post(f"{plain}/{act}", {}), 401, "not_signed_in")
    assert nobody.get("/api/openapi.json").status_code == 200
    assert nothing_stored(drafting)


def test_a_sign_in_that_has_ended_decides_nothing(drafting, mette, plain):
    body = mette.decision(plain)
    with drafting.opened.database.write() as connection:
        disable_user(connection, find_user(connection, "mette"), actor="system")
    refusal(mette.post(f"{plain}/decision", body), 401, "not_signed_in")
    assert drafting.one("SELECT count(*) FROM decision") == (0,)


def test_the_session_says_who_is_signed_in_and_gives_the_token_of_the_pages(drafting, mette):
    told = mette.get("/api/session").json()
    assert {**told, "token": ""} == {
        "user": "mette", "name": "Mette Kjærgaard", "role": "caseworker", "team": "intake", "token": "",
        "header": "X-Stafet-Token",
    }  # fmt: skip
    assert len(told["token"]) > 20
    assert mette.get("/api/session").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("token", ["", "wrong", "æ"])
def test_an_act_without_the_token_of_this_sign_in_is_refused(drafting, mette, plain, token):
    body = note(mette.case(plain))
    sent = {"content-type": "application/json", "x-stafet-token": token.encode()}
    answer = mette.client.post(f"{plain}/notes", content=json.dumps(body), headers=sent)
    refusal(answer, 403, "wrong_token")
    linda = system_of(drafting, "linda")
    refusal(mette.post(f"{plain}/notes", body, **{"x-stafet-token": linda.token}), 403, "wrong_token")
    assert nothing_stored(drafting)


def test_no_other_site_can_make_a_browser_act(drafting, mette, plain):
    body = note(mette.case(plain))
    for origin in ("https://evil.example", "null", "http://localhost:9999"):
        refusal(mette.post(f"{plain}/notes", body, origin=origin), 403, "foreign_origin")
    del mette.client.headers["origin"]
    refusal(mette.post(f"{plain}/notes", body), 403, "foreign_origin")
    assert nothing_stored(drafting)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_taken_so_that_no_form_of_another_site_can_be_sent(drafting, mette, plain, kind):
    sent = {"content-type": kind, "x-stafet-token": mette.token}
    answer = mette.client.post(f"{plain}/notes", content=json.dumps(note(mette.case(plain))), headers=sent)
    told = refusal(answer, 415, "not_json")
    assert told["detail"] == "Send JSON, with the header Content-Type: application/json."
    assert nothing_stored(drafting)


@pytest.mark.parametrize("name", ["other", "ulla"])
def test_a_case_of_another_team_cannot_be_told_from_one_that_is_not_there(drafting, plain, name):
    stranger = system_of(drafting, name)
    told = set()
    for address in (plain, "/api/cases/subsidy/nothing", "/api/cases/nothing/nothing"):
        told.add(stranger.get(address).text)
        refusal(stranger.get(address), 404, "no_such_case")
        for act in ACTS:
            told.add(stranger.post(f"{address}/{act}", {}).text)
    assert len(told) == 1
    assert nothing_stored(drafting)


@pytest.mark.parametrize("name", ["birgit", "anders"])
def test_a_role_that_decides_no_cases_is_refused(drafting, plain, name):
    steward = system_of(drafting, name)
    refusal(steward.get("/api/cases"), 403, "not_allowed")
    refusal(steward.get(plain), 403, "not_allowed")
    refusal(steward.post(f"{plain}/decision", {}), 403, "not_allowed")
    assert nothing_stored(drafting)


@pytest.mark.parametrize("forged", ["decided_by", "user", "sign_in_id", "name", "fully_in_favour", "csrf"])
def test_a_field_that_was_not_asked_for_is_refused_and_named(drafting, mette, plain, forged):
    body = mette.decision(plain, **{forged: "Linda Friis"})
    told = refusal(mette.post(f"{plain}/decision", body), 422, "not_understood")
    assert told["errors"] == [{"field": forged, "detail": "There is no such field here."}]
    assert "Linda" not in json.dumps(told)
    assert drafting.one("SELECT count(*) FROM decision") == (0,)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"round": "1"}, "round"),
        ({"round": True}, "round"),
        ({"round": 1.0}, "round"),
        ({"round": -1}, "round"),
        ({"round": 10**30}, "round"),
        ({"assessment": "1; DROP TABLE decision"}, "assessment"),
        ({"outcome": 1}, "outcome"),
        ({"outcome": None}, "outcome"),
        ({"reasons": ["x"]}, "reasons"),
        ({"hearing": "maybe"}, "hearing"),
        ({"draft_use": "approved"}, "draft_use"),
        ({"checks": {"amount": "yes"}}, "checks.amount"),
        ({"checks": []}, "checks"),
        ({"checks": {"\ud800": "agrees"}}, "checks.?"),
        ({"reasons": "half \ud800"}, "reasons"),
        ({"reasons": "NUL \x00"}, "reasons"),
    ],
)
def test_a_value_of_another_kind_is_refused_and_its_field_named(drafting, mette, plain, changes, field):
    told = refusal(mette.post(f"{plain}/decision", mette.decision(plain, **changes)), 422, "not_understood")
    assert [one["field"] for one in told["errors"]] == [field]
    assert drafting.one("SELECT count(*) FROM decision") == (0,)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"null", b'{"note": }', b"[" * 100_000])
def test_what_is_no_json_of_ours_is_refused_in_a_sentence(drafting, mette, plain, content):
    sent = {"content-type": "application/json", "x-stafet-token": mette.token}
    answer = mette.client.post(f"{plain}/notes", content=content, headers=sent)
    assert answer.status_code in (400, 422)
    refusal(answer, answer.status_code, answer.json()["code"])
    assert "Traceback" not in answer.text
    assert nothing_stored(drafting)


def test_a_body_that_is_too_large_is_not_read_to_its_end(drafting, mette, plain):
    body = {"note": "x" * 2_000_000, "seen": 0}
    refusal(mette.post(f"{plain}/notes", body), 413, "too_large")
    assert nothing_stored(drafting)


def test_a_note_of_100_000_characters_with_markup_is_kept_to_the_letter_and_one_more_is_refused(
    drafting, mette, plain
):
    text = "<script>alert(1)</script> æ " * 4_000
    body = note(mette.case(plain), note=text[:100_000].strip(), note_sort="oral", note_source="<b>The citizen</b>")
    assert mette.post(f"{plain}/notes", body).status_code == 201
    stored = json.loads(drafting.one("SELECT content FROM case_act WHERE kind = 'note'")[0])
    assert stored == {"text": body["note"], "sort": "oral", "source": "<b>The citizen</b>", "contact": False}
    told = refusal(mette.post(f"{plain}/notes", {**body, "note": "x" * 100_001}), 422, "incomplete")
    assert told["errors"] == [{"field": "note", "detail": "Shorten the text to at most 100000 characters"}]
    unsaid = {**body, "note": "New", "note_source": ""}
    told = refusal(mette.post(f"{plain}/notes", unsaid), 422, "incomplete")
    assert told["errors"][0]["field"] == "note_source"


def test_a_note_sent_twice_is_stored_once_and_of_a_colleagues_one_is_told_first(drafting, mette, plain):
    linda, case = system_of(drafting, "linda"), mette.case(plain)
    assert [mette.post(f"{plain}/notes", note(case)).status_code for _ in range(2)] == [201, 201]
    assert drafting.one("SELECT count(*) FROM case_act") == (1,)
    refusal(linda.post(f"{plain}/notes", note(case, note="Mine")), 409, "moved")
    assert linda.post(f"{plain}/notes", note(linda.case(plain), note="Mine")).status_code == 201


def test_a_view_is_taken_only_where_it_is_asked_and_of_the_newest_assessment(drafting, mette, plain, kinds):
    body = {"leans": "refused", "effort": "usual", "assessment": 1, "seen": 0}
    refusal(mette.post(f"{plain}/first-view", body), 409, "no_view_asked")
    asked = f"/api/cases/subsidy/{kinds['asked']}"
    refusal(mette.post(f"{asked}/first-view", body), 409, "stale")
    told = refusal(mette.post(f"{asked}/first-view", {**body, "leans": "maybe"}), 422, "incomplete")
    assert told["errors"] == [{"field": "leans", "detail": "Choose what you lean to, or that you cannot say yet"}]
    assert nothing_stored(drafting)


def test_addresses_and_methods_that_are_not_there_are_told_as_json(drafting, mette, plain):
    refusal(mette.get("/api"), 404, "no_such_address")
    refusal(mette.get("/api/cases/subsidy"), 404, "no_such_address")
    refusal(mette.client.delete(plain), 405, "wrong_method")
    assert mette.client.delete(plain).headers["allow"] == "GET"
    refusal(mette.get("/api/cases", host="evil.example"), 400, "wrong_host")


def test_a_fault_of_ours_has_a_reference_and_no_traceback(drafting, mette, plain, monkeypatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("ui.api.cases.case_answer", broken)
    answer = mette.get(plain)
    told = refusal(answer, 500, "fault")
    assert "secret" not in answer.text
    assert "ZeroDivision" not in answer.text
    assert len(told["detail"].rpartition(" ")[2]) == 8


def test_a_sign_in_of_the_pages_is_enough_and_nothing_else_is(drafting):
    stranger = System(system_of(drafting, None).client, "x")
    stranger.client.cookies["stafet_session"] = "x" * 43
    refusal(stranger.get("/api/cases"), 401, "not_signed_in")
    refusal(stranger.get("/api/cases", authorization="Bearer x"), 401, "not_signed_in")
    assert system_of(drafting).get("/api/cases").status_code == 200
