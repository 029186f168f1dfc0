"""The invented past holds what people do on the review screen, by the rules by which the product asks for it."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from config.settings import Settings
from models.clock import parse
from models.queue import case_file
from models.tables import ASSESSMENT, DECISION
from routing.publishing import open_workspace
from routing.relay import without_protected
from routing.standards import day_of
from tests.ui.demo.conftest import DAY
from ui.caseworker.blindness import are_blind, until_decided
from ui.caseworker.case_record import read_case
from ui.caseworker.firstview.dilemmas import raised
from ui.caseworker.known import known_of
from ui.caseworker.worked import MOST_SECONDS, proposed_outcome
from ui.demo.accounts import PASSWORD
from ui.web.app import create_app

SINCE = date(2026, 7, 1)
"""The first day of the third month before the day of the small demo."""

DECIDED = (
    "SELECT d.id, d.case_type, d.case_id, d.decided_at, d.draft_use, s.user_id, s.at FROM decision d"
    f" JOIN sign_in s ON s.id = d.sign_in_id WHERE d.decided_at >= '{SINCE}'"
)
ACTS = (
    "SELECT a.case_type, a.case_id, a.content, a.at, s.user_id, d.decided_at, d.assessment_id FROM case_act a"
    " JOIN sign_in s ON s.id = a.sign_in_id"
    " JOIN decision d ON d.case_type = a.case_type AND d.case_id = a.case_id WHERE a.kind = '{kind}'"
)


def asked(root: Path, query: str) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(f"file:{root / 'stafet.db'}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute(query).fetchall()


def acts(root: Path, kind: str) -> list[tuple[sqlite3.Row, dict]]:
    return [(row, json.loads(row["content"])) for row in asked(root, ACTS.format(kind=kind))]


@pytest.fixture(scope="module")
def opened(small_demo):
    workspace = open_workspace(small_demo)
    yield workspace
    workspace.database.close()


@pytest.fixture(scope="module")
def blind(opened) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Of the cases decided since the screen came: which were blind at first, and which until they were decided."""
    first, stays = set(), set()
    with opened.database.read() as connection:
        for name, case_type in opened.in_force.case_types.items():
            query = (
                sa.select(ASSESSMENT)
                .join(DECISION, DECISION.c.assessment_id == ASSESSMENT.c.id)
                .where(ASSESSMENT.c.case_type == name, DECISION.c.decided_at >= str(SINCE))
            )
            rows = {row.case_id: dict(row._mapping) for row in connection.execute(query)}
            scored = {case_id: row for case_id, row in rows.items() if row["raw_score"] is not None}
            first |= {
                (name, one)
                for one in are_blind(
                    connection, case_type, scored, opened.in_force, draw_key=opened.draw_key,
                    today=day_of(DAY), viewed=(),
                )
            }  # fmt: skip
            drawn = {one: bool(row["drawn"]) for one, row in scored.items()}
            hidden = until_decided(connection, name, drawn, opened.in_force.rules, opened.draw_key)
            stays |= {(name, one) for one, is_so in zip(drawn, hidden.tolist(), strict=True) if is_so}
    return first, stays


def test_whoever_decides_a_blind_case_said_first_what_they_made_of_it_and_nobody_else_did(small_demo, blind):
    views = acts(small_demo, "first_view")
    decided = {(row["case_type"], row["case_id"]): row for row in asked(small_demo, DECIDED)}
    assert len(blind[0]) > 20
    assert {(row["case_type"], row["case_id"]) for row, _ in views} == blind[0]
    assert len(views) == len(blind[0])
    for row, said in views:
        assert row["at"] < row["decided_at"]
        assert row["user_id"] == decided[row["case_type"], row["case_id"]]["user_id"]
        assert said["assessment_id"] == row["assessment_id"]


def test_first_views_are_of_many_kinds_and_not_always_what_was_decided(small_demo):
    outcomes = dict(asked(small_demo, "SELECT case_id, outcome FROM decision"))
    said = [(row["case_id"], content) for row, content in acts(small_demo, "first_view")]
    assert {content["effort"] for _, content in said} == {"simple", "usual", "complex"}
    kept = [content["outcome"] == outcomes[case_id] for case_id, content in said if content["outcome"]]
    assert 0.6 < sum(kept) / len(kept) <= 1
    written = [content["weighs"] for _, content in said if content["weighs"]]
    assert len(set(written)) > 0.5 * len(written) > 5


def test_nothing_of_the_machines_was_answered_or_used_where_it_was_withheld(small_demo, blind):
    answered = {(row["case_type"], row["case_id"]) for row, _ in acts(small_demo, "dilemma")}
    used = {(row["case_type"], row["case_id"]) for row in asked(small_demo, DECIDED) if row["draft_use"]}
    assert not (answered | used) & blind[1]
    assert all(row["at"] < row["decided_at"] for row, _ in acts(small_demo, "dilemma"))
    assert all(row["at"] > row["decided_at"] for row, _ in acts(small_demo, "feedback"))


def test_every_decision_since_says_how_it_came_about(small_demo):
    decided = {row["id"]: row for row in asked(small_demo, DECIDED)}
    worked = acts(small_demo, "worked")
    assert Counter(said["decision_id"] for _, said in worked) == Counter(decided.keys())
    for _, said in worked:
        row = decided[said["decision_id"]]
        assert row["at"] <= said["opened_at"] < row["decided_at"]
        assert 1 <= said["seconds"] <= MOST_SECONDS
        took = (parse(row["decided_at"]) - parse(said["opened_at"])).total_seconds()
        assert abs(said["seconds"] - took) < 1


def test_whether_a_decision_agrees_with_the_criteria_is_what_the_page_would_have_said(small_demo, opened):
    outcomes = dict(asked(small_demo, "SELECT id, outcome FROM decision"))
    with opened.database.read() as connection:
        for row, said in acts(small_demo, "worked")[::9]:
            file = case_file(connection, row["case_type"], row["case_id"])
            case = read_case(connection, file, opened.in_force.case_types[row["case_type"]])
            proposed = proposed_outcome(case)
            agrees = None if proposed is None else proposed == outcomes[said["decision_id"]]
            assert said["agrees"] == agrees


def test_only_what_the_rules_ask_is_answered_word_for_word(small_demo, opened):
    answers = acts(small_demo, "dilemma")
    assert answers
    rules = opened.in_force.rules
    with opened.database.read() as connection:
        for row, said in answers:
            version, place = map(int, said["rule"].split("."))
            assert version == opened.in_force.rules_version
            assert said["question"] == rules.dilemmas[place - 1].ask.da
            file = case_file(connection, row["case_type"], row["case_id"])
            case = read_case(connection, file, opened.in_force.case_types[row["case_type"]])
            known = without_protected(known_of(case, "live"), case.case_type)
            assert raised(known, rules, day_of(DAY))[place][0]


def test_a_few_remarks_are_made_of_the_assessment_that_was_shown(small_demo, opened):
    remarks = acts(small_demo, "feedback")
    assert 0 < len(remarks) < 0.1 * len(asked(small_demo, DECIDED))
    for row, said in remarks:
        assert said["assessment_id"] == row["assessment_id"]
        assert said["words"]
        assert said["feature"] is None or said["feature"] in opened.in_force.case_types[row["case_type"]].fields


def test_people_have_practised_to_the_end_and_found_some_of_the_planted_errors(small_demo):
    rows = asked(
        small_demo,
        "SELECT u.name, u.team, p.* FROM practice_answer p JOIN user_account u ON u.id = p.user_id ORDER BY p.id",
    )
    counts = Counter(row["name"] for row in rows if row["team"] != "hjaelpemidler")
    assert set(counts) == {
        *("mette", "linda", "yusuf", "soeren", "karen"),
        *("hanne", "jakob", "samira", "bjoern", "preben"),
    }
    assert all(8 <= count <= 25 for count in counts.values())
    assert all(str(SINCE) <= row["asked_at"] < row["answered_at"] for row in rows)
    agrees = [(row["planted"], json.loads(row["machine_said"])["agrees"]) for row in rows]
    assert {one for _, one in agrees} == {True, False}
    assert 0.2 < sum(not one for planted, one in agrees if planted) / sum(planted for planted, _ in agrees) < 1
    assert len({row["sure"] for row in rows}) > 3


def test_whoever_practises_saw_a_case_that_a_colleague_had_decided_before(small_demo):
    query = (
        "SELECT count(*) FROM practice_answer p JOIN decision d ON d.case_type = p.case_type"
        " AND d.case_id = p.case_id JOIN sign_in s ON s.id = d.sign_in_id"
        " WHERE d.decided_at < p.asked_at AND s.user_id != p.user_id"
    )
    assert asked(small_demo, query)[0][0] == asked(small_demo, "SELECT count(*) FROM practice_answer")[0][0]


def test_past_months_ended_in_notes_and_proposals_on_their_last_day(small_demo):
    notes = asked(small_demo, "SELECT team, month, kind, at FROM team_note")
    assert {(row["team"], row["kind"]) for row in notes} >= {
        (team, kind) for team in ("familie", "ydelser") for kind in ("rule_proposal", "case_type_note")
    }
    assert {row["month"] for row in notes} == {"2026-07", "2026-08", "2026-09"}
    assert all(row["at"][:7] == row["month"] and int(row["at"][8:10]) >= 28 for row in notes)


@pytest.fixture(scope="module")
def app(small_demo, tmp_path_factory):
    root = Path(shutil.copytree(small_demo, tmp_path_factory.mktemp("screen") / "demo"))
    workspace = open_workspace(root, clock=lambda: DAY)
    yield create_app(workspace, Settings(workspace=root))
    workspace.database.close()


@pytest.mark.parametrize("user", ["mette", "karen", "samira"])
def test_whoever_signs_in_finds_months_and_practice_filled(app, user):
    with TestClient(app, base_url="http://127.0.0.1") as browser:
        token = re.search(r'name="csrf" value="([^"]*)"', browser.get("/sign-in").text)
        form = {"name": user, "password": PASSWORD, "next": "/", "csrf": token[1] if token else ""}
        browser.post("/sign-in", data=form, headers={"origin": "http://127.0.0.1"})
        assert "Der skal nogle flere til" not in browser.get("/practice").text
        month = browser.get("/month/2026-09").text
        assert "Intet at lære af endnu" not in month
        assert "Der er ikke noteret noget for denne måned" not in month
        if user != "karen":
            assert "Halvdelen" in browser.get("/me").text
