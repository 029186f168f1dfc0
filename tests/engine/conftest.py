"""Small logs written to disk, and case types that read them."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from config.case_type import CaseType
from engine.effort import effort_clock, is_complex
from engine.horizon import propose_horizon
from engine.log import EventLog, read_log
from engine.profile.seen import SeenCases


@pytest.fixture
def write_log(tmp_path: Path) -> Callable[..., Path]:
    """Write a log file: write_log("case_id,activity,...", name="log.csv"); text becomes UTF-8, .gz is packed."""

    def write(content: str | bytes, name: str = "log.csv") -> Path:
        path = tmp_path / name
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return write


@pytest.fixture
def log_of(tmp_path: Path) -> Callable[[pd.DataFrame], EventLog]:
    """Read a log made of a table, by way of a CSV file."""

    def read(table: pd.DataFrame) -> EventLog:
        path = tmp_path / "table.csv"
        table.to_csv(path, index=False)
        return read_log(path)

    return read


@pytest.fixture
def type_with() -> Callable[..., CaseType]:
    """A case type with the fields given: type_with(amount={"type": "number"})."""

    def make(**fields: dict[str, Any]) -> CaseType:
        words = {"da": "Sag", "en": "Case"}
        named = {name: {"column": name, "label": words, **field} for name, field in fields.items()}
        rule = {"within_days": 30, "any": [{"days": {"above": 3}}]}
        return CaseType.model_validate({"key": "sag", "name": words, "fields": named, "complexity": rule})

    return make


@pytest.fixture
def plain_events() -> pd.DataFrame:
    """Events of 400 cases over 400 days: every fourth takes 6 steps in 20 days, the others 3 steps in 2 days."""
    random = np.random.default_rng(3)
    rows = []
    for case in range(400):
        steps = (
            ["receive", "look", "ask", "look", "ask", "close"] if case % 4 == 0 else ["receive", "look", "close"]
        )
        arrival = pd.Timestamp("2023-01-01T08:00:00Z") + pd.Timedelta(days=case)
        for number, step in enumerate(steps):
            at = arrival + pd.Timedelta(days=number * (4 if case % 4 == 0 else 1) + random.uniform(0, 0.1))
            rows.append((f"K{case:03d}", step, at.isoformat(), f"staff {random.integers(8)}"))
    return pd.DataFrame(rows, columns=["case_id", "activity", "timestamp", "resource"])


@pytest.fixture
def seen() -> Callable[[EventLog], SeenCases]:
    """A log's cases as the profile sees them, with the proposed rule's verdicts."""

    def see(log: EventLog) -> SeenCases:
        clock = effort_clock(log.events)
        rule = propose_horizon(clock, log.arrivals, log.observed_until).rule
        age = (log.observed_until - log.arrivals) / np.timedelta64(1, "D")
        verdicts = is_complex(clock.within(rule.within_days), rule)
        return SeenCases(log, clock.within(np.inf), verdicts, age >= rule.within_days)

    return see
