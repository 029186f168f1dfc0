"""One invented municipality for all tests of the simulator, and the case types that it fills in."""

from __future__ import annotations

import fcntl
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.case_type import CaseType, read_case_type
from config.case_type_file import read_case_type_text
from config.workspace import SHIPPED, shipped_case_types
from tests.conftest import cheap_passwords
from ui.demo.making import make_demo
from ui.demo.simulator.simulate import World, simulate

SMALL = 0.08
DAY = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def world() -> World:
    """Two whole years; two seconds to invent."""
    return simulate(4, NOW)


@pytest.fixture(scope="session")
def shipped() -> dict[str, CaseType]:
    """The shipped case types by name."""
    files = {name: Path(str(SHIPPED / f"{name}.yaml")) for name in shipped_case_types()}
    return {name: read_case_type(read_case_type_text(file), name=name, file=file) for name, file in files.items()}


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A demo of a much smaller municipality on one day, built once for all workers; copy it, do not change it."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder if worker_id == "master" else folder.parent
    root = shared / "small-demo"
    with (shared / "small-demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.exists():
            with cheap_passwords():
                make_demo(root, lambda _: None, now=DAY, scale=SMALL)
    return root


@pytest.fixture
def demo(small_demo: Path, tmp_path: Path) -> Path:
    """A copy of the small demo that a test may change."""
    return Path(shutil.copytree(small_demo, tmp_path / "demo"))
