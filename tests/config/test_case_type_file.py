"""Scales in CSV files beside a case type file become part of the text that is read and published."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from config.case_type import read_case_type
from config.case_type_file import read_case_type_text
from config.errors import InputError

HEAD = "name: {da: a, en: b}\ncomplexity: {within_days: 6, any: [{days: {above: 3}}]}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "subsidy.yaml"
    path.write_text(
        f"{HEAD}tables:\n"
        "  one: {csv: scale.csv, unit: percent}\n"
        "  two:\n    csv: scale.csv   # the same\n    unit: x\n",
        encoding="utf-8",
    )
    (tmp_path / "scale.csv").write_text(
        "valid_from;at_least;value\n2024-01-01;0;0\n2024-01-01;200300.01;5.125\n", encoding="utf-8"
    )
    return path


def test_rows_of_a_csv_are_read_as_if_they_stood_in_the_file(file: Path) -> None:
    case_type = read_case_type(read_case_type_text(file), name="subsidy", file=file)
    for name in ("one", "two"):
        step = case_type.tables[name].step(Decimal("200300.01"), date(2024, 6, 1))
        assert step is not None
        assert step.value == Decimal("5.125")


def test_a_file_without_tables_is_its_own_text(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(HEAD, encoding="utf-8")
    assert read_case_type_text(tmp_path / "x.yaml") == HEAD


def test_text_that_still_names_a_csv_is_refused_rather_than_undecided() -> None:
    with pytest.raises(InputError, match="were not read in"):
        read_case_type(HEAD + "tables: {one: {csv: scale.csv}}\n", name="x", file="x.yaml")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "first line"),
        ("from,value\n", "first line"),
        ("valid_from,at_least,value\n", "no rows"),
        ("valid_from,at_least,value\n2024-01-01,0,1,5\n", "decimal comma"),
        ("valid_from;at_least;value\n2024-01-01;0;1,5\n", "no number"),
        ("valid_from,at_least,value\n1/1 2024,0,1\n", "no date"),
        ("valid_from,at_least,value\n2024-01-01,0,=1+1\n", "no number"),
        ("valid_from;at_least;value\n2024-01-01;0;1,5\n", r"use a decimal point: 1\.5"),
        ("valid_from,at_least,value\n2024-01-01\n", r"csv:2: 1 cell stands here"),
        ("valid_from,at_least,value\n2024-01-01,0,1\n2024-01-01,0,2\n", r"csv:3: a row above begins at 0"),
        ("valid_from,at_least,value\n" + "9" * 200_000, r"csv:2: a cell is too long"),
        ("valid_from,at_least,value\n" + "2024-01-01,0,1\n" * 100_000, "larger than 1 MB"),
    ],
)
def test_a_csv_that_cannot_be_used_is_named_with_its_line(file: Path, content: str, words: str) -> None:
    (file.parent / "scale.csv").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=words) as raised:
        read_case_type_text(file)
    assert "scale.csv" in str(raised.value)


@pytest.mark.parametrize("name", ["../scale.csv", "/etc/passwd", "scale.txt", "a b.csv", "[x]"])
def test_a_csv_stands_beside_the_file_and_nowhere_else(file: Path, name: str) -> None:
    file.write_text(HEAD + f"tables: {{one: {{csv: {name}}}}}\n", encoding="utf-8")
    with pytest.raises(InputError, match="beside this one"):
        read_case_type_text(file)


def test_a_file_that_is_not_there_is_said(tmp_path: Path, file: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_case_type_text(tmp_path / "none.yaml")
    (file.parent / "scale.csv").unlink()
    with pytest.raises(InputError, match=r"scale\.csv: the file cannot be read"):
        read_case_type_text(file)


def test_a_csv_in_another_encoding_is_refused(file: Path) -> None:
    (file.parent / "scale.csv").write_bytes("valid_from,at_least,værdi\n".encode("latin-1"))
    with pytest.raises(InputError, match="UTF-8"):
        read_case_type_text(file)
