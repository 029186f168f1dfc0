"""The relay through the real command line: what each command says, and that saying it again changes nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pandas as pd
import pytest

TRAIN_KEYS = {
    "case_type", "model_version", "cases", "cases_labelled", "base_rate", "base_rate_by_fifth", "horizon_days",
    "features", "left_out", "auc", "average_precision", "brier", "calibration_error", "guarantee", "seconds",
}  # fmt: skip
GUARANTEE_KEYS = {
    "max_complex_share", "confidence", "population", "threshold", "reason", "simple_share", "simple_share_worked",
    "holdout_cases", "holdout_complex_share", "groups",
}  # fmt: skip
ONBOARD_KEYS = {
    "case_type", "file", "cases", "events", "fields", "protected", "left_out", "complexity", "proposes",
}  # fmt: skip
ASSESS_KEYS = {"cases", "routes", "gates_closed", "simple_share", "seconds", "cases_per_second"}
OUT_COLUMNS = {
    "case_id", "complexity", "raw_score", "base_value", "contributions", "reasons", "novel", "route", "team",
    "priority", "rule", "gates_closed", "model_version", "rules_version",
}  # fmt: skip


@pytest.fixture
def workspace(trained_workspace, tmp_path) -> Path:
    return Path(shutil.copytree(trained_workspace, tmp_path / "workspace"))


@pytest.fixture
def new_cases(closed_log, tmp_path) -> Path:
    """Forty cases under new names, of which the first ten are closed."""
    log = pd.read_csv(closed_log, dtype=str, keep_default_na=False)
    log = log[log["case_id"].isin(log["case_id"].unique()[-40:])].copy()
    log["case:closed_at"] = ["2025-01-31T12:00:00Z" if case < "S-01470" else "" for case in log["case_id"]]
    log["case_id"] = "N" + log["case_id"]
    path = tmp_path / "new.csv"
    log.to_csv(path, index=False)
    return path


def count(workspace: Path, table: str, where: str = "1 = 1") -> int:
    with sqlite3.connect(workspace / "stafet.db") as connection:
        return connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0]


def test_onboarding_says_what_it_found_and_stores_closed_cases_in_trial(stafet, tmp_path, closed_log):
    told = stafet("onboard", closed_log, "--as", "subsidy", "--json").json
    workspace = tmp_path / "workspace"
    assert told.keys() >= ONBOARD_KEYS
    assert told["fields"] == ["amount", "channel", "household", "area"]
    assert told["left_out"].keys() == {"resource"}
    assert (told["cases"], told["protected"]) == (1500, [])
    assert 0.2 <= told["complexity"]["share"] <= 0.3
    assert Path(told["file"]) == workspace / "case_types" / "subsidy.yaml"
    assert "status: trial" in Path(told["file"]).read_text()
    assert count(workspace, "case_file", "status = 'closed'") == 1500


def test_flags_overrule_what_is_protected_and_name_other_columns(stafet, closed_log, tmp_path):
    log = pd.read_csv(closed_log, dtype=str, keep_default_na=False)
    log = log.rename(columns={"case_id": "Sagsnr", "timestamp": "Tid", "case:household": "case:køn"})
    log.to_csv(tmp_path / "log.csv", index=False)
    columns = ("--case-id", "Sagsnr", "--timestamp", "Tid")
    flags = ("--protected", "area", "--not-protected", "koen")
    told = stafet("onboard", tmp_path / "log.csv", "--as", "subsidy", *columns, *flags, "--json").json
    assert told["protected"] == ["area"]
    assert "koen" in told["fields"]


def test_onboarding_cut_short_is_finished_by_the_same_command(stafet, tmp_path, closed_log):
    assert stafet("onboard", closed_log, "--as", "subsidy").code == 0
    workspace = tmp_path / "workspace"
    file = workspace / "case_types" / "subsidy.yaml"
    written = file.read_bytes()
    shutil.rmtree(workspace)
    file.parent.mkdir(parents=True)
    file.write_bytes(written)
    assert stafet("onboard", closed_log, "--as", "subsidy").code == 0
    assert file.read_bytes() == written
    assert count(workspace, "case_file") == 1500


def test_training_tells_its_figures_as_one_document(stafet, workspace):
    told = stafet("train", "subsidy", "--json").json
    assert told.keys() >= TRAIN_KEYS
    assert told["guarantee"].keys() == GUARANTEE_KEYS
    assert told["model_version"] == "2"
    assert told["cases"] == 1500
    assert 0.7 < told["auc"] < 0.95
    assert count(workspace, "trained_model") == count(workspace, "measurement") == 2


def test_importing_again_changes_nothing_and_later_events_are_added(stafet, workspace, new_cases):
    first = stafet("import", "subsidy", new_cases, "--json").json
    assert (first["cases_new"], first["open"], first["closed"]) == (40, 30, 10)
    before = count(workspace, "audit")
    again = stafet("import", "subsidy", new_cases, "--json").json
    assert {again[name] for name in ("cases_new", "cases_changed", "events_new", "consents_new")} == {0}
    assert count(workspace, "audit") == before
    lines = new_cases.read_text().splitlines()
    cells = lines[-1].split(",")
    later = ",".join([cells[0], "Reopen", "2025-03-01T08:00:00Z", *cells[3:]])
    new_cases.write_text("\n".join([*lines, later]) + "\n")
    assert stafet("import", "subsidy", new_cases, "--json").json["events_new"] == 1


def test_a_dry_run_tells_the_same_counts_and_changes_nothing(stafet, workspace, new_cases):
    tried = stafet("import", "subsidy", new_cases, "--dry-run", "--json").json
    assert tried["cases_new"] == 40
    assert count(workspace, "case_file") == 1500
    done = stafet("import", "subsidy", new_cases, "--json").json
    assert {**done, "dry_run": True} == tried


def test_all_cases_are_closed_where_the_command_says_so(stafet, workspace, new_cases):
    stafet("import", "subsidy", new_cases, "--closed")
    assert count(workspace, "case_file", "status = 'open'") == 0


def test_assessing_stores_one_assessment_for_each_open_case_and_none_twice(stafet, workspace, new_cases):
    stafet("import", "subsidy", new_cases)
    told = stafet("assess", "subsidy", "--json").json
    assert told.keys() >= ASSESS_KEYS
    assert (told["cases"], told["routes"]) == (30, {"draft": 0, "caseworker": 30})
    assert told["gates_closed"]["status"] == 30
    assert count(workspace, "assessment") == 30
    assert stafet("assess", "subsidy", "--json").json["unchanged"] == 30
    assert count(workspace, "assessment") == 30


def test_assessing_a_file_stores_nothing_and_every_contribution_adds_up(stafet, workspace, new_cases, tmp_path):
    out = tmp_path / "out.parquet"
    told = stafet("assess", "subsidy", new_cases, "--out", out, "--json").json
    written = pd.read_parquet(out)
    assert set(written.columns) == OUT_COLUMNS
    assert told["cases"] == len(written) == 40
    contributions = pd.DataFrame(list(written["contributions"]))
    assert (contributions.sum(axis=1) + written["base_value"] - written["raw_score"]).abs().max() < 1e-6
    assert count(workspace, "assessment") == count(workspace, "case_file", "status = 'open'") == 0


def test_storing_a_files_assessments_imports_its_cases_first(stafet, workspace, new_cases):
    told = stafet("assess", "subsidy", new_cases, "--store", "--json").json
    assert told["cases"] == count(workspace, "assessment") == 30


def test_only_a_steward_with_the_right_password_and_a_complete_file_goes_live(stafet, workspace):
    password = "a long password\n"
    assert stafet("user", "add", "bo", "--role", "caseworker", "--team", "intake", stdin=password).code == 0
    assert stafet("user", "add", "sten", "--role", "steward", stdin=password).code == 0
    assert stafet("live", "subsidy", "--by", "sten", stdin="another password\n").code == 1
    assert "steward" in stafet("live", "subsidy", "--by", "bo", stdin=password).err
    refused = stafet("live", "subsidy", "--by", "sten", stdin=password)
    assert refused.code == 1
    assert "model_basis" in refused.err
    assert len(refused.err.splitlines()) == 1
    file = workspace / "case_types" / "subsidy.yaml"
    text = file.read_text()
    for name in ("legal_basis", "model_basis", "source", "basis"):
        text = text.replace(f"{name}: null", f"{name}: Lov om tilskud § 1")
    file.write_text(text)
    told = stafet("live", "subsidy", "--by", "sten", "--json", stdin=password).json
    assert (told["status"], told["phase"], told["by"]) == ("live", "shadow", "sten")
    assert "status: live" in file.read_text()
    assert stafet("check", "subsidy", "--json").json["case_types"][0]["may_go_live"]


def test_check_says_what_is_missing_and_is_no_failure_in_trial(stafet, workspace):
    ran = stafet("check", "--json")
    [told] = ran.json["case_types"]
    assert ran.code == 0
    assert (told["name"], told["status"], told["may_go_live"]) == ("subsidy", "trial", False)
    assert {"legal_basis", "model_basis", "fields.amount.source"} <= {one["field"] for one in told["missing"]}


def test_users_are_listed_without_passwords(stafet, workspace):
    who = ("user", "add", "anna", "--role", "team_lead", "--full-name", "Anna Ærø", "--phone", "+45 87 12 34 56")
    stafet(*who, stdin="a long password\n")
    told = stafet("user", "list", "--json")
    assert [told.json["users"][0][name] for name in ("full_name", "phone")] == ["Anna Ærø", "+45 87 12 34 56"]
    assert "password" not in told.out


@pytest.mark.parametrize(
    ("arguments", "stdin", "word"),
    [
        (("--role", "caseworker"), "short\n", "at least 8"),
        (("--role", "caseworker"), "", "no password was given"),
        (("--role", "king"), "a long password\n", "king"),
        (("--role", "caseworker", "--phone", "ask Bo"), "a long password\n", "the phone number 'ask Bo'"),
        (("--role", "caseworker", "--team", "nobody"), "a long password\n", "the teams are intake"),
    ],
)
def test_a_user_who_cannot_be_added_is_refused_in_one_sentence(stafet, workspace, arguments, stdin, word):
    ran = stafet("user", "add", "anna", *arguments, stdin=stdin)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert word in ran.err
    assert count(workspace, "user_account") == 0


def test_verify_finds_a_changed_entry_and_says_no(stafet, workspace):
    whole = stafet("audit", "verify", "--json")
    assert (whole.code, whole.json["sound"], whole.json["faults"]) == (0, True, [])
    with sqlite3.connect(workspace / "stafet.db") as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in names:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE audit SET actor = 'user:1' WHERE seq = 3")
    ran = stafet("audit", "verify", "--json")
    assert (ran.code, ran.json["sound"]) == (1, False)
    assert {"changed", "trigger"} <= {fault["kind"] for fault in ran.json["faults"]}


def test_verify_changes_nothing_even_where_a_file_waits_to_be_adopted(stafet, workspace):
    file = workspace / "case_types" / "subsidy.yaml"
    file.write_text(file.read_text() + "\n# looked at\n")
    before = count(workspace, "published")
    assert stafet("audit", "verify").code == 0
    assert count(workspace, "published") == before


def test_every_document_is_json_without_nan(stafet, workspace):
    def refuse(constant):
        raise AssertionError(constant)

    for arguments in (
        ("check",),
        ("train", "subsidy"),
        ("assess", "subsidy"),
        ("user", "list"),
        ("audit", "verify"),
    ):
        assert isinstance(json.loads(stafet(*arguments, "--json").out, parse_constant=refuse), dict)
