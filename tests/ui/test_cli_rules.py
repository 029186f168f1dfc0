"""`stafet rules` and `stafet report` through the real command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def workspace(trained_workspace, tmp_path) -> Path:
    return Path(shutil.copytree(trained_workspace, tmp_path / "workspace"))


def test_the_shipped_rules_are_in_force_and_nothing_but_notes_is_said_of_them(stafet, workspace):
    ran = stafet("rules", "check", "--json")
    assert (ran.code, ran.json["in_force"]) == (0, True)
    assert {one["level"] for one in ran.json["findings"]} <= {"note"}
    assert stafet("rules", "check", "--fail-level", "note").code == int(bool(ran.json["findings"]))


def test_a_rule_that_can_never_match_is_a_no_with_its_place(stafet, workspace):
    file = workspace / "routing.yaml"
    rules = "teams: {intake: {per_week: 9}}\ndefault: {to: caseworker, team: intake}\nroutes:\n"
    route = "  - {name: %s, when: {amount: {at_least: %d}}, to: caseworker, team: intake}\n"
    file.write_text(rules + route % ("Any", 10) + route % ("Large", 20))
    ran = stafet("rules", "check")
    assert ran.code == 1
    assert "routing.yaml:5:" in ran.out
    assert "'Large' can never match" in ran.out
    assert stafet("rules", "check", "--fail-level", "error").code == 0
    shown = stafet("rules", "show", "--json").json
    assert (shown["in_force"], [one["name"] for one in shown["rules"]]) == (False, ["Any", "Large", "default"])


def test_rules_that_break_never_take_effect(stafet, workspace):
    file = workspace / "routing.yaml"
    file.write_text(file.read_text() + "routes:\n  - {name: X, when: {incme: {above: 1}}, to: draft}\n")
    checked = stafet("rules", "check")
    assert (checked.code, checked.out) == (2, "")
    assert "routing.yaml:" in checked.err
    assert len(checked.err.splitlines()) == 1
    assert stafet("rules", "show").code == 2
    assert stafet("assess", "subsidy").code == 0


def test_one_case_is_explained_rule_by_rule(stafet, workspace):
    told = stafet("rules", "explain", "S-00007", "--json").json
    assert (told["case_type"], told["route"], told["team"]) == ("subsidy", "caseworker", "intake")
    assert [one["takes_the_case"] for one in told["rules"]].count(True) == 1
    assert "status" in told["gates_closed"]
    assert told["rule"] in stafet("rules", "explain", "S-00007", "--lang", "da").out


@pytest.mark.parametrize("arguments", [("S-99999",), ("S-00007", "--type", "grants")])
def test_a_case_that_is_not_there_is_said(stafet, workspace, arguments):
    ran = stafet("rules", "explain", *arguments)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert arguments[0] in ran.err


def test_the_model_card_is_a_page_and_the_same_as_data(stafet, workspace):
    page = stafet("report", "model-card", "--lang", "da").out
    assert page.startswith("<!DOCTYPE html>")
    assert '<html lang="da">' in page.replace("'", '"')
    told = stafet("report", "model-card", "subsidy", "--json").json
    assert told["features"] == ["amount", "channel", "household", "area"]
    assert told["sections"]


def test_a_card_without_a_model_is_a_no(stafet, workspace, closed_log):
    assert stafet("onboard", closed_log, "--as", "grants").code == 0
    assert "name one of grants, subsidy" in stafet("report", "model-card").err
    ran = stafet("report", "model-card", "grants")
    assert (ran.code, len(ran.err.splitlines())) == (1, 1)
    assert "stafet train grants" in ran.err
