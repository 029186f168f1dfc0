"""A model file that is not the one on record, and a full disk: one sentence, exit 2, nothing half-written."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

MODEL = Path("trained", "subsidy", "1", "model.skops")
ROOM_BYTES = 36 * 1024


@pytest.fixture
def workspace(trained_workspace, tmp_path) -> Path:
    return Path(shutil.copytree(trained_workspace, tmp_path / "workspace"))


def with_a_full_disk(workspace: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line where no file may grow: just large enough for what SQLite needs to read."""

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM_BYTES, ROOM_BYTES))

    command = [sys.executable, "-m", "ui.cli", "--workspace", workspace, *arguments]
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=no_room,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


def files(workspace: Path) -> dict[str, bytes]:
    """Every file but the database's own, by name."""
    kept = [path for path in workspace.rglob("*") if path.is_file() and not path.name.startswith("stafet.db")]
    return {str(path.relative_to(workspace)): path.read_bytes() for path in kept}


def records(workspace: Path) -> list[str]:
    connection = sqlite3.connect(workspace / "stafet.db")
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def assert_one_sentence(ran, *words: str) -> None:
    """Exit 2, and one line on standard error that holds these words."""
    code, err = (ran.code, ran.err) if hasattr(ran, "code") else (ran.returncode, ran.stderr)
    assert code == 2, err
    assert len(err.strip().splitlines()) == 1, err
    for word in words:
        assert word in err


def test_a_model_changed_by_one_byte_scores_nothing(stafet, workspace, closed_log):
    content = bytearray((workspace / MODEL).read_bytes())
    content[len(content) // 2] ^= 1
    (workspace / MODEL).write_bytes(content)
    assert_one_sentence(stafet("assess", "subsidy", closed_log), "model.skops", "not the file that was recorded")
    assert_one_sentence(stafet("assess", "subsidy"), "model.skops", "not the file that was recorded")


def test_a_model_of_another_case_type_scores_nothing(stafet, workspace, closed_log):
    assert stafet("onboard", closed_log, "--as", "grants").code == 0
    assert stafet("train", "grants").code == 0
    shutil.copy(workspace / "trained" / "grants" / "1" / "model.skops", workspace / MODEL)
    assert_one_sentence(stafet("assess", "subsidy", closed_log), "model.skops", "'grants'", "'subsidy'")


def test_a_model_file_that_is_gone_is_said_with_what_to_do(stafet, workspace, closed_log):
    (workspace / MODEL).unlink()
    assert_one_sentence(stafet("assess", "subsidy", closed_log), "model.skops", "stafet train subsidy")


def test_a_full_disk_during_training_leaves_the_model_in_force(stafet, workspace, closed_log):
    files_before, records_before = files(workspace), records(workspace)
    assert_one_sentence(with_a_full_disk(workspace, "train", "subsidy"), "disk is full")
    assert files(workspace) == files_before
    assert records(workspace) == records_before
    assert stafet("assess", "subsidy", closed_log).code == 0


def test_a_full_disk_during_onboarding_leaves_no_case_type(stafet, workspace, closed_log):
    files_before, records_before = files(workspace), records(workspace)
    # A limit on file sizes is an I/O error to SQLite, which tells only a truly full disk from it.
    assert_one_sentence(with_a_full_disk(workspace, "onboard", closed_log, "--as", "grants"), "stafet.db", "disk")
    assert files(workspace) == files_before
    assert records(workspace) == records_before


def test_a_full_disk_while_writing_assessments_leaves_no_file(workspace, closed_log, tmp_path):
    out = tmp_path / "out" / "assessed.parquet"
    ran = with_a_full_disk(workspace, "assess", "subsidy", closed_log, "--out", out)
    assert_one_sentence(ran, "disk is full")
    assert not out.parent.exists()
