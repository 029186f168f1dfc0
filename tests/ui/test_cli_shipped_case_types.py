"""A shipped case type comes into a workspace when a command first names it, and never over what stands there."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from config.workspace import SHIPPED, Workspace, shipped_case_types

HEADER = "case_id,activity,timestamp,resource,case:own_share,case:supplement_percent,case:kind\n"
ROWS = (
    "a,Modtaget,2026-01-05T08:00:00Z,anna,300,60,almindeligt\n"
    "a,Afgjort,2026-01-07T08:00:00Z,anna,300,60,almindeligt\n"
)


@pytest.fixture
def workspace(stafet, tmp_path) -> Path:
    """A workspace without a case type."""
    assert stafet("user", "add", "bo", "--role", "caseworker", stdin="a long password\n").code == 0
    return tmp_path / "workspace"


def published(workspace: Path) -> list[tuple[str, int]]:
    with sqlite3.connect(workspace / "stafet.db") as connection:
        query = "SELECT name, version FROM published WHERE kind = 'case_type' ORDER BY name, version"
        return connection.execute(query).fetchall()


def test_first_use_of_a_workspace_brings_no_case_type(stafet, workspace):
    assert list((workspace / "case_types").iterdir()) == []
    assert published(workspace) == []
    assert "stafet check dental_aid" in stafet("check").out


@pytest.mark.parametrize("name", shipped_case_types())
def test_check_works_where_there_is_no_workspace_yet(stafet, tmp_path, name):
    ran = stafet("check", name, "--json")
    [told] = ran.json["case_types"]
    assert (ran.code, told["name"], told["status"], told["failed_tests"]) == (0, name, "trial", [])
    file = tmp_path / "workspace" / "case_types" / f"{name}.yaml"
    assert file.read_bytes() == (SHIPPED / f"{name}.yaml").read_bytes()
    assert published(tmp_path / "workspace") == [(name, 1)]


def test_check_says_what_the_municipality_must_confirm(stafet, tmp_path):
    told = stafet("check", "health_supplement", "--json").json["case_types"][0]
    assert "amounts.wealth_limit.example" in {one["field"] for one in told["missing"]}
    lines = (tmp_path / "workspace" / "case_types" / "health_supplement.yaml").read_text().splitlines()
    assert told["to_confirm"]
    assert all("skal bekræftes" in lines[one["line"] - 1] for one in told["to_confirm"])
    said = stafet("check", "health_supplement").out
    assert "21 of 21 tests pass" in said
    assert "confirm: line " in said
    assert "must be confirmed" in said
    for one in told["missing"]:
        assert lines[one["line"] - 1].strip().startswith(one["field"].rpartition(".")[2])


def test_check_speaks_danish_to_those_who_ask_for_it(stafet, workspace):
    said = stafet("check", "dental_aid", "--lang", "da").out
    assert said.startswith("dental_aid: ikke klar til drift; 24 af 24 prøver holder.")
    assert "  før drift: linje " in said
    assert "  bekræft: linje " in said
    assert not any(word in said for word in ("going live", "missing", "must be", "confirm:"))


def test_a_file_that_cannot_be_used_hides_none_of_the_others_and_tells_all_its_mistakes(stafet, workspace):
    stafet("check", "dental_aid")
    broken = "name: {da: a, en: b}\nweight: heavyy\nretention: {years: five}\n"
    (workspace / "case_types" / "broken.yaml").write_text(broken)
    ran = stafet("check", "--json")
    assert ran.code == 2
    assert [one["name"] for one in ran.json["case_types"]] == ["dental_aid"]
    assert [error.split(":")[1] for error in ran.json["errors"]] == ["2", "3"]
    assert ran.json["error"] == ran.json["errors"][0]
    assert all(error in ran.err.splitlines() for error in ran.json["errors"])


def test_a_test_that_fails_is_named_with_its_line_and_exit_1(stafet, workspace):
    stafet("check", "dental_aid")
    file = workspace / "case_types" / "dental_aid.yaml"
    file.write_text(file.read_text().replace("subsidy: 2210, you_pay", "subsidy: 2211, you_pay"))
    ran = stafet("check", "dental_aid", "--json")
    [failed] = ran.json["case_types"][0]["failed_tests"]
    assert (ran.code, ran.json["case_types"][0]["may_go_live"]) == (1, False)
    assert failed["name"] in file.read_text().splitlines()[failed["line"] - 1]


def test_a_scale_comes_with_its_case_type(stafet, tmp_path):
    stafet("check", "daycare_subsidy")
    names = sorted(path.name for path in (tmp_path / "workspace" / "case_types").iterdir())
    assert names == ["daycare_subsidy.yaml", "daycare_subsidy_scale.csv"]


def test_cases_are_imported_into_a_shipped_type_that_is_first_named(stafet, workspace, tmp_path):
    log = tmp_path / "log.csv"
    log.write_text(HEADER + ROWS)
    assert stafet("import", "health_supplement", log, "--closed").code == 0
    assert published(workspace) == [("health_supplement", 1)]


def test_a_file_of_that_name_is_the_municipalitys_own(stafet, workspace):
    own = workspace / "case_types" / "dental_aid.yaml"
    own.write_text("name: {da: Vores egen, en: Our own}\nweight: heavy\n")
    assert stafet("check", "dental_aid", "--json").json["case_types"][0]["tests"] == 0
    assert "Vores egen" in own.read_text()


def test_a_lost_file_is_not_replaced_by_the_shipped_one(stafet, workspace):
    stafet("check", "dental_aid")
    (workspace / "case_types" / "dental_aid.yaml").unlink()
    stafet("train", "dental_aid")
    assert not (workspace / "case_types" / "dental_aid.yaml").exists()
    ran = stafet("check", "dental_aid")
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert "is gone; put it back" in ran.err
    assert published(workspace) == [("dental_aid", 1)]


def test_a_name_that_nothing_has_is_named_with_the_nearest_shipped_one(stafet, tmp_path):
    ran = stafet("check", "dental_aids")
    assert ran.code == 2
    assert "did you mean 'dental_aid'?" in ran.err
    assert not (tmp_path / "workspace").exists()


def test_a_copy_that_was_cut_short_is_made_whole_by_the_next(tmp_path):
    workspace = Workspace(tmp_path).create()
    (workspace.case_types / "daycare_subsidy_scale.csv").write_bytes(
        (SHIPPED / "daycare_subsidy_scale.csv").read_bytes()
    )
    assert workspace.copy_shipped_case_type("daycare_subsidy") == workspace.case_type_file("daycare_subsidy")
    assert workspace.copy_shipped_case_type("daycare_subsidy") is None
    assert workspace.copy_shipped_case_type("nothing_of_the_kind") is None


def test_a_demo_counts_the_example_amounts_as_confirmed(stafet, workspace):
    stafet("check", "health_supplement")
    with sqlite3.connect(workspace / "stafet.db") as connection:
        connection.execute("INSERT INTO workspace_fact (key, value) VALUES ('demo', 'yes')")
    told = stafet("check", "health_supplement", "--json").json["case_types"][0]
    assert [one["field"] for one in told["missing"]] == ["model_basis"]
