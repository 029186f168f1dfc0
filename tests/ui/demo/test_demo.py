"""The sample municipality as it stands when it is built: whole, decided by people, and of today."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from config.settings import Settings
from models.audit_verify import verify
from models.clock import parse, stamp, system_clock
from models.sign_ins import sign_in_with_password
from routing.outbox import OUTBOX
from routing.publishing import open_workspace
from routing.standards import day_of
from tests.ui.demo.conftest import DAY
from ui.demo.accounts import demo_sign_ins, first_sign_ins
from ui.demo.place import mark
from ui.demo.simulator.types import KINDS
from ui.web.app import create_app

TYPES = {kind.name for kind in KINDS}


def asked(root: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(f"file:{root / 'stafet.db'}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def test_the_audit_trail_of_two_invented_years_is_whole(small_demo):
    opened = open_workspace(small_demo)
    assert verify(opened.database, opened.heads) == []
    opened.database.close()


def test_every_closed_case_was_decided_or_assessed_by_a_person_who_was_signed_in(small_demo):
    acts = asked(
        small_demo,
        "SELECT c.case_type, c.case_id, u.role, s.at, s.expires_at, a.at FROM case_file c"
        " LEFT JOIN (SELECT case_type, case_id, sign_in_id, decided_at AS at FROM decision UNION ALL"
        " SELECT case_type, case_id, sign_in_id, assessed_at FROM professional_assessment) a"
        " ON a.case_type = c.case_type AND a.case_id = c.case_id"
        " LEFT JOIN sign_in s ON s.id = a.sign_in_id LEFT JOIN user_account u ON u.id = s.user_id"
        " WHERE c.status = 'closed'",
    )
    assert len(acts) > 500
    assert {case_type for case_type, *_ in acts} == TYPES
    assert {role for _, _, role, *_ in acts} == {"caseworker"}
    assert all(begun <= at < ends for *_, begun, ends, at in acts)


def test_reports_about_children_are_assessed_and_never_decided_or_scored(small_demo):
    assert asked(small_demo, "SELECT count(*) FROM decision WHERE case_type = 'child_report'") == [(0,)]
    assert asked(small_demo, "SELECT count(*) > 5 FROM professional_assessment") == [(1,)]
    heavy = "SELECT count(*) FROM assessment WHERE case_type = 'child_report'"
    assert asked(small_demo, f"{heavy} AND (raw_score NOT NULL OR route = 'draft')") == [(0,)]


def test_reports_about_children_wait_within_their_24_hours_and_one_is_late(small_demo):
    received = asked(
        small_demo, "SELECT received_at FROM case_file WHERE case_type = 'child_report' AND status = 'open'"
    )
    waits = [DAY - parse(at) for (at,) in received]
    assert sum(one > timedelta(hours=24) for one in waits) == 1
    assert any(timedelta(hours=22) < one < timedelta(hours=24) for one in waits)
    assert any(one < timedelta(hours=1) for one in waits)


def test_an_act_is_recorded_at_the_moment_of_its_step(small_demo):
    apart = asked(
        small_demo,
        "SELECT count(*), sum(abs(julianday(e.at) - julianday(d.decided_at)) > 0.02) FROM decision d"
        " JOIN case_event e ON e.case_type = d.case_type AND e.case_id = d.case_id AND e.activity = 'Afgørelse'"
        " UNION ALL SELECT count(*), sum(abs(julianday(e.at) - julianday(a.assessed_at)) > 0.02)"
        " FROM professional_assessment a JOIN case_event e"
        " ON e.case_type = a.case_type AND e.case_id = a.case_id AND e.activity = 'Vurdering noteret'",
    )
    assert all(count > 5 and wrong == 0 for count, wrong in apart)


def test_reasons_are_many_and_fit_the_outcome(small_demo):
    reasons = asked(small_demo, "SELECT case_type, outcome, reasons FROM decision")
    assert len({text for *_, text in reasons}) > 50
    repaid = [case_type for case_type, outcome, _ in reasons if outcome == "repaid"]
    assert len(repaid) < 0.02 * len(reasons)


def test_open_cases_show_what_a_caseworker_meets(small_demo):
    stated = "SELECT count(*) > 0 FROM case_facts WHERE stated NOT NULL"
    answered = "SELECT DISTINCT answer FROM consent ORDER BY answer"
    assert asked(small_demo, stated) == [(1,)]
    assert asked(small_demo, answered) == [("no",), ("yes",)]
    query = "SELECT DISTINCT case_type FROM case_file JOIN citizen z ON z.ref = citizen_ref WHERE status = 'open'"
    assert {name for (name,) in asked(small_demo, query)} == TYPES


def test_all_types_are_live_and_the_steward_let_them_go_live(small_demo):
    gone = asked(small_demo, "SELECT DISTINCT actor FROM audit WHERE action = 'case_type.live'")
    steward = asked(small_demo, "SELECT 'user:' || id FROM user_account WHERE name = 'birgit'")
    assert gone == steward
    states = dict(asked(small_demo, "SELECT name, status FROM case_type_state"))
    assert states == dict.fromkeys(TYPES, "live")


def test_whoever_is_shown_may_sign_in(small_demo):
    opened = open_workspace(small_demo)
    for one in first_sign_ins():
        signed_in = sign_in_with_password(opened.database, one.user, one.password, source="test")
        assert signed_in.user.role == one.role
    opened.database.close()
    assert [one.role for one in first_sign_ins()] == ["caseworker", "team_lead", "steward"]
    assert sum(one.role == "caseworker" for one in demo_sign_ins()) >= 10
    assert all(phone for (phone,) in asked(small_demo, "SELECT phone FROM user_account"))


def test_decisions_of_the_last_days_have_letters_and_each_is_in_the_outbox(small_demo):
    letters = asked(small_demo, "SELECT count(*) FROM letter WHERE kind = 'decision'")[0][0]
    assert letters > 0
    assert len(list((small_demo / OUTBOX).glob("*.pdf"))) == letters
    before = stamp(DAY - timedelta(days=6))
    assert all(at > before for (at,) in asked(small_demo, "SELECT sent_at FROM letter"))


def test_nothing_that_the_engine_may_ask_tells_the_truth(small_demo):
    truth = json.loads((small_demo / "demo" / "truth.json").read_text(encoding="utf-8"))["case_types"]
    assert set(truth) == TYPES
    assert truth["assistive_devices"]["told_at_intake"] is False
    assert truth["assistive_devices"]["intake_auc"] == 0.5
    assert truth["child_report"]["oracle_auc"] is None


def test_json_is_as_promised_and_a_demo_of_today_is_not_built_again(demo, stafet):
    mark(demo, day_of(system_clock()))
    before = (demo / "demo" / "demo.json").stat().st_mtime_ns
    ran = stafet("demo", "--workspace", demo, "--no-serve", "--json")
    assert ran.code == 0
    told = json.loads(ran.out)
    assert set(told) == {"case_types", "closed", "open", "routes", "drafts", "sign_ins", "sample_cases", "seconds"}
    assert set(told["case_types"]) == TYPES
    assert told["drafts"] == told["routes"]["draft"]
    assert set(told["routes"]) == {"draft", "caseworker"}
    assert {frozenset(one) for one in told["sign_ins"]} == {frozenset({"role", "user", "password"})}
    assert set(told["sample_cases"]) == {"drafted", "decided", "complex", "heavy"}
    assert told["sample_cases"]["decided"] is not None
    assert told["sample_cases"]["heavy"] is not None
    assert (demo / "demo" / "demo.json").stat().st_mtime_ns == before


def test_a_demo_is_served_on_this_machine_alone(demo, stafet):
    ran = stafet("serve", "--workspace", demo, "--host", "0.0.0.0", "--port", "0")
    assert ran.code == 2
    assert "a demo is served on this machine alone" in ran.err


@pytest.mark.parametrize(("language", "sentence"), [("da", "opdigtede"), ("en", "invented")])
def test_the_sign_in_page_says_that_all_is_invented_and_whom_to_sign_in_as(demo, language, sentence):
    opened = open_workspace(demo)
    with TestClient(create_app(opened, Settings(workspace=demo)), base_url="http://127.0.0.1") as browser:
        browser.cookies.set("stafet_language", language)
        page = browser.get("/sign-in", headers={"accept-language": language}).text
    opened.database.close()
    assert sentence in page
    for one in first_sign_ins():
        assert f"<td>{one.user}</td><td>{one.password}</td>" in page


def test_no_letter_is_waiting_about_what_was_decided_long_ago(demo, stafet):
    ran = stafet("dispatch", "--workspace", demo, "--json")
    assert ran.code == 0
    assert ran.json["sent"] == []
