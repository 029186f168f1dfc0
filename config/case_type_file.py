"""A case type's file as text that stands alone: scales kept in CSV files beside it are written into it."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from config.errors import InputError, Place
from config.model import number_advice, shown
from config.yaml_source import MAX_BYTES, Located, Span, decoded, read_yaml

COLUMNS = ("valid_from", "at_least", "value")
_FILE_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}\.csv")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")


def read_case_type_text(file: Path) -> str:
    """The text of a case type file with the rows of its CSV tables in it: what is read, checked and published.

    Raises:
        InputError: the file or a table beside it is not there or cannot be read, with line and column.
    """
    text = decoded(_bytes(file), str(file))
    if "csv" not in text:  # most files name no table, and whoever asks reads what stands in them themselves
        return text
    located = read_yaml(text, file)
    tables = located.value.get("tables")
    if not isinstance(tables, dict):
        return text
    named = [name for name, table in tables.items() if isinstance(table, dict) and table.get("csv") is not None]
    for name in sorted(named, key=lambda one: -_whole(located, one).start):
        rows = _rows(_beside(file, located, name))
        span = _whole(located, name)
        text = f"{text[: span.start]}rows: [{', '.join(rows)}]{text[span.end :]}"
    return text


def _whole(located: Located, name: str) -> Span:
    """Where `csv: file.csv` stands, key and value."""
    key, value = located.keys["tables", name, "csv"], located.values["tables", name, "csv"]
    return Span(key.line, key.column, key.start, value.end)


def _beside(file: Path, located: Located, name: str) -> Path:
    table_file = located.value["tables"][name]["csv"]
    if not isinstance(table_file, str) or not _FILE_NAME.fullmatch(table_file):
        raise InputError(
            f"{shown(table_file)} is not the name of a file beside this one; write e.g. scale.csv",
            located.place(("tables", name, "csv")),
        )
    return file.parent / table_file


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise InputError(f"the file cannot be read: {reason}; look at its name and rights", Place(file)) from None


def _rows(file: Path) -> list[str]:
    """The CSV's rows as flow mappings; columns `valid_from, at_least, value`, parted by `,` or `;`."""
    content = _bytes(file)
    if len(content) > MAX_BYTES:
        raise InputError(f"the file is larger than {MAX_BYTES // 1_000_000} MB; shorten it", Place(file))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"byte {error.start + 1} is not UTF-8; save the file as UTF-8", Place(file)) from None
    header = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if ";" in header else ",")
    try:
        lines = list(reader)
    except csv.Error:
        raise InputError(
            "a cell is too long to be a number; write three short cells", Place(file, reader.line_num)
        ) from None
    if not lines or tuple(word.strip() for word in lines[0]) != COLUMNS:
        raise InputError(f"the first line must be {','.join(COLUMNS)}", Place(file, 1))
    rows: dict[str, str] = {}
    for number, cells in enumerate(lines[1:], start=2):
        if any(cells):
            day, at_least, value = _row(file, number, cells)
            begins = f"valid_from: {day}, at_least: {at_least}"
            if begins in rows:
                sentence = f"a row above begins at {at_least} on {day} too; keep one of them"
                raise InputError(sentence, Place(file, number))
            rows[begins] = f"{{{begins}, value: {value}}}"
    if not rows:
        raise InputError("the table has no rows; write at least one below the first line", Place(file, 1))
    return list(rows.values())


def _row(file: Path, line: int, cells: list[str]) -> tuple[date, str, str]:
    if len(cells) != len(COLUMNS):
        stand = "1 cell stands" if len(cells) == 1 else f"{len(cells)} cells stand"
        raise InputError(
            f"{stand} here, not {len(COLUMNS)}; a decimal comma splits a number: write a point",
            Place(file, line),
        )
    day, *numbers = (cell.strip() for cell in cells)
    try:
        valid_from = date.fromisoformat(day)
    except ValueError:
        raise InputError(f"{shown(day)} is no date; write e.g. 2024-01-31", Place(file, line, 1)) from None
    for number in numbers:
        if not _NUMBER.fullmatch(number):
            raise InputError(f"{shown(number)} is no number; {number_advice(number)}", Place(file, line))
    at_least, value = (_unambiguous(number) for number in numbers)
    return valid_from, at_least, value


def _unambiguous(number: str) -> str:
    """In a CSV `5.125` is a decimal; in the YAML it is written so that nobody reads thousands."""
    text = format(Decimal(number), "f")
    return f"{text}0" if len(text.partition(".")[2]) in (3, 6) else text
