"""Where a demo is built: whole or not at all, and never in the place of anything else."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from config.errors import InputError
from models.clock import parse
from routing.publishing import open_workspace
from tests.ui.demo.conftest import DAY, SMALL
from ui.demo.making import OLDER, make_demo
from ui.demo.place import built_beside, found_at, mark

TODAY = date(2026, 11, 25)


def content_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_workspace_that_is_no_demo_is_refused_and_stays_as_it_is(tmp_path, stafet):
    workspace = tmp_path / "in use"
    open_workspace(workspace).database.close()
    before = content_of(workspace)
    ran = stafet("demo", "--workspace", workspace, "--no-serve")
    assert ran.code == 2
    assert "is no demo, and it stays as it is" in ran.err
    assert content_of(workspace) == before


def test_any_other_folder_is_refused_as_well(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="no demo"):
        found_at(tmp_path, TODAY)


def test_a_folder_that_is_empty_or_not_there_holds_nothing(tmp_path):
    assert found_at(tmp_path, TODAY) == "nothing"
    assert found_at(tmp_path / "new", TODAY) == "nothing"


def test_a_demo_of_another_day_is_older(demo):
    mark(demo, date(2020, 1, 1))
    assert found_at(demo, TODAY) == "older"
    mark(demo, TODAY)
    assert found_at(demo, TODAY) == "of today"


@pytest.mark.long
def test_a_demo_of_two_weeks_ago_is_built_anew_so_that_its_cases_are_of_today(demo):
    mark(demo, (DAY - timedelta(days=14)).date())
    (demo / "demo" / "of two weeks ago").touch()
    said: list[str] = []
    made = make_demo(demo, said.append, now=DAY + timedelta(days=14), scale=SMALL)
    assert OLDER in said
    assert not (demo / "demo" / "of two weeks ago").exists()
    assert found_at(demo, (DAY + timedelta(days=14)).date()) == "of today"
    assert made["open"] > 0
    with closing(sqlite3.connect(demo / "stafet.db")) as connection:
        [(newest,)] = connection.execute("SELECT max(received_at) FROM case_file WHERE status = 'open'").fetchall()
    assert DAY + timedelta(days=13) < parse(newest) <= DAY + timedelta(days=14)


def test_what_is_built_takes_its_place_whole(tmp_path):
    root = tmp_path / "demo"
    with built_beside(root) as folder:
        (folder / "new").write_text("1", encoding="utf-8")
        assert not root.exists()
    with built_beside(root) as folder:
        (folder / "newer").write_text("2", encoding="utf-8")
    assert content_of(root) == {"newer": b"2"}
    assert list(tmp_path.iterdir()) == [root]


def test_an_error_leaves_the_demo_that_stood_there(tmp_path):
    root = tmp_path / "demo"
    with built_beside(root) as folder:
        (folder / "old").write_text("1", encoding="utf-8")
    with pytest.raises(RuntimeError), built_beside(root):
        raise RuntimeError
    assert content_of(root) == {"old": b"1"}


KILLED = """
import sys
from pathlib import Path
from ui.demo.place import built_beside
with built_beside(Path(sys.argv[1])) as folder:
    (folder / "half").write_text("half")
    print("building", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def builder(tmp_path):
    """Another process in the middle of building, and the folder it builds for."""
    root = tmp_path / "demo"
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "building\n"
    yield process, root
    process.kill()
    process.communicate()


def test_a_killed_run_leaves_no_half_a_demo_and_the_next_one_begins_anew(builder):
    process, root = builder
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not root.exists()
    with built_beside(root) as folder:
        assert list(folder.iterdir()) == []
        (folder / "whole").write_text("whole", encoding="utf-8")
    assert content_of(root) == {"whole": b"whole"}


def test_two_runs_never_build_the_same_demo(builder):
    _, root = builder
    with pytest.raises(InputError, match="another run is building this demo"), built_beside(root):
        pass
