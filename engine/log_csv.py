"""Case logs in CSV: any of three separators, UTF-8 with or without its mark, packed or not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa

from config.errors import InputError, Place
from engine.log_table import LONGEST_CELL, LogTable, joined, refuse_bad_names, words
from engine.unpacking import open_bytes

SEPARATORS = (",", ";", "\t")
LONGEST_LINE = 4 * 2**20
ROWS_AT_A_TIME = 50_000
GZIP_BEGINS = b"\x1f\x8b"


def read_csv(path: Path) -> LogTable:
    """Every row of a .csv or .csv.gz as words; raises InputError for whatever is not such a file."""
    try:
        with open_bytes(path) as stream:
            text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="strict", newline="")
            return _read_rows(_checked_lines(text, path), path)
    except UnicodeDecodeError:
        raise _wrong_encoding(path) from None


def _read_rows(lines: Iterator[str], path: Path) -> LogTable:
    first = next(lines, "")
    if not first.strip():
        raise InputError("the file is empty; export it again, with a header line", Place(path))
    separator = sniff_separator(first)
    reader = csv.reader(chain([first], lines), delimiter=separator, strict=True)
    try:
        names = _header(next(reader), path)
        chunks = list(_chunks(reader, len(names), path, separator))
    except csv.Error as error:
        raise _broken_quotes(error, path, reader.line_num) from None
    if not chunks:
        raise InputError("the file has a header and no rows; export it again, with its events", Place(path))
    columns = [pa.chunked_array([columns[i] for columns, _ in chunks]) for i in range(len(names))]
    table = pa.table([joined(column) for column in columns], names=names)
    return LogTable(path, table, np.concatenate([starts for _, starts in chunks]))


def _chunks(
    reader: Iterator[list[str]], width: int, path: Path, separator: str
) -> Iterator[tuple[list[pa.DictionaryArray], np.ndarray[tuple[int], np.dtype[np.int64]]]]:
    """Columns of up to `ROWS_AT_A_TIME` rows with the line each row starts on, so that memory stays flat."""
    rows: list[list[str]] = []
    starts: list[int] = []
    start = reader.line_num + 1  # type: ignore[attr-defined]
    for row in reader:
        if len(row) != width and row:
            raise _ragged(len(row), width, separator, Place(path, start))
        if row:
            rows.append(row)
            starts.append(start)
        start = reader.line_num + 1  # type: ignore[attr-defined]
        if len(rows) == ROWS_AT_A_TIME:
            yield [words(column) for column in zip(*rows, strict=True)], np.array(starts, dtype=np.int64)
            rows, starts = [], []
    if rows:
        yield [words(column) for column in zip(*rows, strict=True)], np.array(starts, dtype=np.int64)


def sniff_separator(header: str) -> str:
    """The separator that cuts the header into most columns; comma before semicolon before tab on a tie.

    Example:
        >>> sniff_separator("case_id;activity;amount, DKK")
        ';'
    """

    def columns(separator: str) -> int:
        return len(next(csv.reader([header], delimiter=separator), []))

    return max(SEPARATORS, key=columns)


def _header(names: list[str], path: Path) -> list[str]:
    """Column names; one left empty, as an exported row number often is, is called by its place."""
    named = [name or f"column_{number}" for number, name in enumerate(names, start=1)]
    refuse_bad_names(named, Place(path, 1))
    return named


def _checked_lines(text: io.TextIOWrapper, path: Path) -> Iterator[str]:
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE:
            sentence = (
                f"the line has more than {LONGEST_LINE} characters; check that this is a log with line breaks"
            )
            raise InputError(sentence, Place(path, number))
        if "\0" in line:
            raise InputError("the line holds a NUL character; save the log as CSV in UTF-8", Place(path, number))
        yield line


def _ragged(found: int, width: int, separator: str, place: Place) -> InputError:
    return InputError(
        f"the row has {found} fields where the header has {width} columns; write a cell that contains"
        f" {separator!r} or a line break in double quotes, and leave missing cells empty",
        place,
    )


def _broken_quotes(error: csv.Error, path: Path, line: int) -> InputError:
    if "field limit" in str(error):
        sentence = f"a cell has more than {LONGEST_CELL} characters; shorten it, or close the quote that opens it"
        return InputError(sentence, Place(path, line))
    sentence = f"the quotes of this row do not close ({error}); double a quote mark inside a quoted cell"
    return InputError(sentence, Place(path, line))


def _wrong_encoding(path: Path) -> InputError:
    """Find the line and byte at which the file stops being UTF-8: the decoder itself knows only its own block."""
    with open_bytes(path) as stream:
        if stream.peek(2)[:2] == GZIP_BEGINS:
            return InputError("the file is packed with gzip; let its name end in .csv.gz", Place(path))
        for number, line in enumerate(stream, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                sentence = (
                    f"byte {error.start + 1} of the line (0x{line[error.start]:02x}) is not UTF-8;"
                    " save the log as 'CSV UTF-8'"
                )
                return InputError(sentence, Place(path, number))
    return InputError("the file is not UTF-8; save the log as 'CSV UTF-8'", Place(path))
