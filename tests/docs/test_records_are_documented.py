"""Documentation that fails when a table or a column is missing from it, or stands there and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.tables import metadata

TEXT = (Path(__file__).parent.parent.parent / "docs" / "records.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))


def test_every_table_is_documented_and_no_other() -> None:
    assert set(SECTIONS) == set(metadata.tables)


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_every_column_is_documented_in_its_order(table: str) -> None:
    documented = re.findall(r"^\| `(\w+)` \| \S", SECTIONS[table], re.MULTILINE)
    assert documented == [column.name for column in metadata.tables[table].columns]
