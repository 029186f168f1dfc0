"""The wheel alone gives a working `stafet`: a clean environment, another directory, no npm, make or lock."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent.parent
PACKAGES = ("config", "models", "engine", "explain", "routing", "ui")


def run(*command: str | Path, **options) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)
    assert ran.returncode == 0, ran.stderr
    return ran


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """A copy of what a person would install, so that building writes nothing into the checkout."""
    source = tmp_path_factory.mktemp("source")
    for package in PACKAGES:
        without = shutil.ignore_patterns("__pycache__", "vendor")
        shutil.copytree(REPOSITORY / package, source / package, ignore=without)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(REPOSITORY / name, source)
    return source


@pytest.fixture(scope="module")
def wheel(source, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", folder, source)
    [built] = folder.glob("stafet-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """A clean environment with the wheel; what it depends on is lent from the running one to save minutes."""
    home = tmp_path_factory.mktemp("clean")
    run(sys.executable, "-m", "venv", "--without-pip", home)
    python = home / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel)
    [site] = home.glob("lib/python*/site-packages")
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin" / "stafet"


def test_every_file_of_the_packages_is_inside_the_wheel(wheel, source):
    shipped = set(zipfile.ZipFile(wheel).namelist())
    files = [path for name in PACKAGES for path in (source / name).rglob("*") if path.is_file()]
    ours = {str(path.relative_to(source)) for path in files}
    assert sorted(ours - shipped) == []
    assert {"config/py.typed", "config/examples/routing.yaml"} <= shipped


def test_the_wheel_alone_onboards_trains_and_assesses_from_another_directory(installed, closed_log, tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("STAFET", "PYTHON"))}

    def stafet(*arguments: str | Path) -> dict:
        return json.loads(run(installed, *arguments, "--json", cwd=tmp_path, env=environment).stdout)

    where = run(
        installed.with_name("python"), "-c", "import ui; print(ui.__file__)", cwd=tmp_path, env=environment
    )
    assert str(installed.parent.parent) in where.stdout

    assert stafet("onboard", closed_log, "--as", "subsidy")["cases"] == 1500
    assert stafet("train", "subsidy")["case_type"] == "subsidy"
    assessed = stafet("assess", "subsidy", closed_log, "--out", "out.parquet")
    assert sum(assessed["routes"].values()) == assessed["cases"] == 1500
    assert (tmp_path / "out.parquet").is_file()
    assert (tmp_path / "stafet-data" / "stafet.db").is_file()


@pytest.mark.long
def test_the_wheel_alone_builds_the_demo_in_another_folder(installed, tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("STAFET", "PYTHON"))}
    environment["PATH"] = str(installed.parent)  # no npm, no make, no git
    ran = run(installed, "demo", "--no-serve", "--json", cwd=tmp_path, env=environment)
    told = json.loads(ran.stdout)
    assert told["drafts"] > 10
    assert all(told["sample_cases"].values())
    assert (tmp_path / "stafet-data" / "stafet.db").is_file()
    verified = json.loads(run(installed, "audit", "verify", "--json", cwd=tmp_path, env=environment).stdout)
    assert verified["sound"] is True
