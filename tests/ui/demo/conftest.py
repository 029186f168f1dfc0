"""One invented municipality for all tests of the simulator, and the case types that it fills in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from config.case_type import CaseType, read_case_type
from config.workspace import EXAMPLES
from ui.demo.simulator.simulate import World, simulate

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def world() -> World:
    """Two whole years; two seconds to invent."""
    return simulate(4, NOW)


@pytest.fixture(scope="session")
def shipped() -> dict[str, CaseType]:
    """The shipped case types by name."""
    files = sorted((EXAMPLES / "case_types").iterdir(), key=lambda file: file.name)
    yaml = [file for file in files if file.name.endswith(".yaml")]
    return {
        file.name.removesuffix(".yaml"): read_case_type(
            file.read_text(encoding="utf-8"), name=file.name.removesuffix(".yaml"), file=file.name
        )
        for file in yaml
    }
