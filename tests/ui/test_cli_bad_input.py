"""Bad input through the real command line: one sentence, exit 2, and nothing half-written."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

HEADER = "case_id,activity,timestamp,resource,case:amount\n"
ROWS = [
    "a,Receive,2024-01-01T08:00:00Z,anna,100",
    "a,Decide,2024-01-03T08:00:00Z,bo,100",
    "b,Receive,2024-01-02T08:00:00Z,anna,250",
    "b,Decide,2024-01-09T08:00:00Z,carl,250",
]
XES = '<log xmlns="http://www.xes-standard.org/">{}</log>'


def csv(*rows: str, header: str = HEADER) -> bytes:
    return (header + "".join(f"{row}\n" for row in rows)).encode()


def times(*values: str) -> bytes:
    return csv(*(f"c{n},Receive,{value},anna,1" for n, value in enumerate(values)))


def bomb() -> bytes:
    return gzip.compress(b'<log xmlns="http://www.xes-standard.org/"><trace>' + b" " * 300_000_000, 9)


BAD_LOGS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "no timestamps": ("log.csv", lambda: times("", ""), "timestamp"),
    "an unparsable timestamp": ("log.csv", lambda: times("2024-01-01T08:00:00Z", "31/31/2024"), "31/31/2024"),
    "offsets and none mixed": (
        "log.csv",
        lambda: times("2024-01-01T08:00:00+01:00", "2024-01-02T08:00:00"),
        "offset",
    ),
    "an empty file": ("log.csv", lambda: b"", "empty"),
    "a header alone": ("log.csv", lambda: csv(), "log.csv"),
    "a missing column": (
        "log.csv",
        lambda: csv("a,Receive,anna", header="case_id,activity,resource\n"),
        "timestamp",
    ),
    "wrong encoding": (
        "log.csv",
        lambda: csv("a,Søg,2024-01-01T08:00:00Z,anna,1").replace("ø".encode(), b"\xf8"),
        "UTF-8",
    ),
    "too many rows without a case": (
        "log.csv",
        lambda: csv(",Receive,2024-01-01T08:00:00Z,anna,1", *ROWS),
        "case id",
    ),
    "a row too short": ("log.csv", lambda: csv(*ROWS, "c,Receive"), "log.csv"),
    "an ending nobody reads": ("log.xlsx", lambda: b"PK", "xlsx"),
    "no gzip at all": ("log.csv.gz", lambda: csv(*ROWS), "gzip"),
    "a gzip cut short": ("log.csv.gz", lambda: gzip.compress(csv(*ROWS * 500))[:-20], "log.csv.gz"),
    "no parquet at all": ("log.parquet", lambda: csv(*ROWS), "log.parquet"),
    "an XES with entities": (
        "log.xes",
        lambda: b'<!DOCTYPE l [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + XES.format("&e;").encode(),
        "log.xes",
    ),
    "a gzip bomb": ("log.xes.gz", bomb, "log.xes.gz"),
}


def snapshot(workspace: Path) -> dict[str, str]:
    """Every file of the workspace by its hash; the database by what it holds."""
    seen = {}
    for path in sorted(workspace.rglob("*")) if workspace.exists() else []:
        if path.name.startswith("stafet.db"):
            continue
        seen[str(path.relative_to(workspace))] = (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        )
    if (workspace / "stafet.db").exists():
        connection = sqlite3.connect(workspace / "stafet.db")
        seen["stafet.db"] = hashlib.sha256("\n".join(connection.iterdump()).encode()).hexdigest()
        connection.close()
    return seen


def assert_refused(ran, *words: str) -> None:
    """One sentence that names what is wrong, exit 2, and no traceback."""
    assert ran.code == 2
    assert ran.out == ""
    assert len(ran.err.strip().splitlines()) == 1, ran.err
    assert "went wrong inside" not in ran.err
    for word in words:
        assert word in ran.err


@pytest.fixture
def bad_log(request, tmp_path) -> tuple[Path, str]:
    name, content, word = BAD_LOGS[request.param]
    path = tmp_path / name
    path.write_bytes(content())
    return path, word


@pytest.fixture
def workspace(trained_workspace, tmp_path) -> Path:
    return Path(shutil.copytree(trained_workspace, tmp_path / "workspace"))


@pytest.mark.parametrize("bad_log", BAD_LOGS, indirect=True)
def test_a_bad_log_is_not_onboarded_and_leaves_no_workspace(stafet, tmp_path, bad_log):
    path, word = bad_log
    assert_refused(stafet("onboard", path, "--as", "subsidy"), path.name, word)
    assert not (tmp_path / "workspace").exists()


@pytest.mark.parametrize("bad_log", BAD_LOGS, indirect=True)
def test_a_bad_file_is_not_imported_and_changes_nothing(stafet, workspace, bad_log):
    before = snapshot(workspace)
    path, word = bad_log
    assert_refused(stafet("import", "subsidy", path), path.name, word)
    assert snapshot(workspace) == before


@pytest.mark.parametrize("command", ["onboard", "import"])
def test_decimal_commas_are_named_with_what_to_write(stafet, workspace, tmp_path, command):
    path = tmp_path / "log.csv"
    path.write_bytes(csv(*(f'{row[:-4]},"1{n},5"' for n, row in enumerate(ROWS * 5))))
    before = snapshot(workspace)
    arguments = (path, "--as", "fines") if command == "onboard" else ("subsidy", path)
    assert_refused(stafet(command, *arguments), "log.csv:2", "decimal point")
    assert snapshot(workspace) == before


def test_a_case_type_that_is_there_is_never_overwritten(stafet, workspace, closed_log):
    before = snapshot(workspace)
    assert_refused(stafet("onboard", closed_log, "--as", "subsidy"), "subsidy.yaml", "there already")
    assert snapshot(workspace) == before


def test_a_case_type_file_that_somebody_wrote_is_never_overwritten(stafet, workspace, closed_log):
    (workspace / "case_types" / "fines.yaml").write_text("name: {da: Bøde, en: Fine}\n")
    before = (workspace / "case_types" / "fines.yaml").read_text()
    assert stafet("onboard", closed_log, "--as", "fines").code == 2
    assert (workspace / "case_types" / "fines.yaml").read_text() == before


@pytest.mark.parametrize("name", ["../evil", "Fines", "", "a b", "fines.yaml"])
def test_a_name_that_could_lead_elsewhere_is_refused(stafet, tmp_path, closed_log, name):
    assert_refused(stafet("onboard", closed_log, "--as", name), "cannot be the name of a case type")
    assert not (tmp_path / "workspace").exists()


@pytest.mark.parametrize(
    "arguments",
    [("check", "subsidy"), ("train", "subsidy"), ("import", "subsidy", "log.csv"), ("assess", "subsidy")],
)
def test_a_case_type_file_with_an_unknown_field_is_named_with_its_line(stafet, workspace, arguments):
    file = workspace / "case_types" / "subsidy.yaml"
    lines = file.read_text().splitlines()
    place = next(number for number, line in enumerate(lines) if line.strip().startswith("meaning:"))
    lines[place] = lines[place].replace("meaning:", "meening:")
    file.write_text("\n".join(lines) + "\n")
    before = snapshot(workspace)
    ran = stafet(*arguments)
    assert ran.code == 2
    assert f"subsidy.yaml:{place + 1}:" in ran.err.splitlines()[-1]
    assert "did you mean 'meaning'" in ran.err
    assert snapshot(workspace) == before


@pytest.mark.parametrize(
    "arguments", [("train", "subsidy"), ("assess", "subsidy"), ("import", "subsidy", "log.csv")]
)
def test_a_workspace_that_is_not_there_is_said_and_not_made(stafet, tmp_path, arguments):
    assert_refused(stafet(*arguments), "there is no workspace here")
    assert not (tmp_path / "workspace").exists()


def test_an_unknown_case_type_is_named_with_the_nearest(stafet, workspace):
    assert_refused(stafet("train", "subsidi"), "did you mean 'subsidy'?")


def test_a_setting_that_cannot_be_used_is_named(stafet, workspace, monkeypatch):
    monkeypatch.setenv("STAFET_LANGUAGE", "tlh")
    assert_refused(stafet("user", "list"), "STAFET_LANGUAGE")


def test_a_file_that_is_no_database_is_named(stafet, workspace):
    for path in workspace.glob("stafet.db*"):
        path.unlink()
    (workspace / "stafet.db").write_text("not a database, by any means")
    assert_refused(stafet("user", "list"), "stafet.db", "no SQLite database")
