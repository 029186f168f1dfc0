"""A log file as one table, before anything in it is believed: columns of words or typed values, row for row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from config.errors import InputError, Place

LONGEST_CELL = 131_072
WORDS = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True)
class LogTable:
    """n rows of a file as they stand there.

    Attributes:
        file: the path as it was given.
        table: words are dictionary<int32, string> with null for the empty field; Parquet's typed columns keep
            their type.
        lines: (n,) where each row begins: a line of a text file, the number of a row in Parquet.
        counts: what `lines` counts, `line` or `row`.
        notes: sentences about what was passed over.
    """

    file: Path
    table: pa.Table
    lines: NDArray[np.int64]
    counts: str = "line"
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.lines)

    def place(self, row: int) -> Place:
        """Where a row stands, for an error; a Parquet file has rows, not lines, so only the file is named."""
        return Place(self.file, int(self.lines[row])) if self.counts == "line" else Place(self.file)

    def spot(self, row: int) -> str:
        """Where a row stands, inside a sentence: `line 12` or `row 12`."""
        return f"{self.counts} {int(self.lines[row])}"

    def take(self, rows: NDArray[np.intp]) -> LogTable:
        """The rows named, in that order; the same object where nothing changes."""
        if len(rows) == len(self) and np.array_equal(rows, np.arange(len(rows))):
            return self
        return replace(self, table=self.table.take(pa.array(rows)), lines=self.lines[rows])


def refuse_bad_names(names: Sequence[str], place: Place) -> None:
    """Raise InputError where two columns bear one name: no one could tell them apart."""
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        listed = ", ".join(repr(name) for name in twice)
        raise InputError(f"the column name {listed} stands more than once; give each column its own name", place)


def words(values: Sequence[str | None]) -> pa.DictionaryArray:
    """A column of words from strings; the empty string is missing, and nothing else is.

    Example:
        >>> words(["NA", "", None, "null"]).to_pylist()
        ['NA', None, None, 'null']
    """
    return pa.array([value or None for value in values], pa.string()).dictionary_encode()


def joined(column: pa.ChunkedArray) -> Any:
    """One array out of a column's chunks, dictionaries made one first."""
    if column.num_chunks == 1:
        return column.chunk(0)
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    whole = column.combine_chunks()
    return whole.combine_chunks() if isinstance(whole, pa.ChunkedArray) else whole


def as_words(array: Any) -> pa.DictionaryArray:
    """Any column as dictionary<int32, string>, the empty string missing; numbers are written as Arrow does."""
    if not pa.types.is_dictionary(array.type):
        array = pc.cast(array, pa.string()).dictionary_encode()
    if array.type != WORDS:
        array = pc.cast(array, WORDS)
    empty = pc.index(array.dictionary, pa.scalar("", pa.string())).as_py() if len(array.dictionary) else -1
    if empty < 0:
        return array
    codes = array.indices
    codes = pc.if_else(pc.equal(codes, pa.scalar(empty, pa.int32())), pa.scalar(None, pa.int32()), codes)
    return pa.DictionaryArray.from_arrays(codes, array.dictionary)


def refuse_bad_cells(table: pa.Table, file: Path) -> None:
    """Raise InputError where words are not UTF-8, hold a NUL or are longer than `LONGEST_CELL` characters."""
    for name in table.column_names:
        column = joined(table[name])
        cells = column.dictionary if pa.types.is_dictionary(column.type) else column
        if not pa.types.is_string(cells.type) or not len(cells):
            continue
        try:
            cells.validate(full=True)
        except pa.ArrowInvalid:
            raise InputError(
                f"column '{name}' holds text that is not UTF-8; export it again", Place(file)
            ) from None
        if pc.any(pc.match_substring(cells, "\0")).as_py():
            raise InputError(f"column '{name}' holds a NUL character; remove it", Place(file))
        longest = pc.max(pc.utf8_length(cells)).as_py()
        if longest is not None and longest > LONGEST_CELL:
            sentence = (
                f"column '{name}' has a cell of {longest} characters, and {LONGEST_CELL} are allowed; shorten it"
            )
            raise InputError(sentence, Place(file))
