"""Case logs in Parquet: typed columns keep their types, so that a million rows need no text in between."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from config.errors import InputError, Place
from engine.log_table import LogTable, as_words, joined, refuse_bad_cells, refuse_bad_names
from engine.unpacking import MOST_BYTES, open_bytes


def read_parquet(path: Path) -> LogTable:
    """Every row of a .parquet file; raises InputError where it is none, has no rows or unpacks beyond reason."""
    with open_bytes(path):
        pass
    try:
        file = pq.ParquetFile(path)
        _refuse_what_cannot_be_a_log(file, path)
        schema = file.schema_arrow
        encoded = [field.name for field in schema if _is_text(field.type)]
        table = pq.ParquetFile(path, read_dictionary=encoded).read(use_threads=False)
    except (pa.ArrowException, OSError) as error:
        sentence = f"this is not a readable Parquet file ({str(error).splitlines()[0]}); export it again"
        raise InputError(sentence, Place(path)) from None
    kept, notes = _plain_columns(table, path)
    refuse_bad_cells(kept, path)
    return LogTable(path, kept, np.arange(1, len(kept) + 1), "row", tuple(notes))


def _refuse_what_cannot_be_a_log(file: pq.ParquetFile, path: Path) -> None:
    refuse_bad_names(file.schema_arrow.names, Place(path))
    metadata = file.metadata
    if metadata.num_rows == 0:
        raise InputError("the file has columns and no rows; export it again, with its events", Place(path))
    size = sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))
    if size > MOST_BYTES:
        raise InputError(f"the file unpacks to {size // 2**20} MB; split it into smaller files", Place(path))


def _plain_columns(table: pa.Table, path: Path) -> tuple[pa.Table, list[str]]:
    """Text as words, numbers, dates and truth values as they are; lists and structs are left out and named."""
    kept: dict[str, pa.Array] = {}
    notes: list[str] = []
    for name in table.column_names:
        column = joined(table[name])
        kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        if pa.types.is_nested(kind):
            notes.append(f"column '{name}' holds {kind}, not one value a row, and is left out")
        elif _is_text(kind) or pa.types.is_null(kind):
            kept[name] = as_words(column)
        elif _is_typed(kind):
            kept[name] = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
        else:
            kept[name] = _forced_to_words(column, name, path)
    return pa.table(kept), notes


def _forced_to_words(column: pa.Array, name: str, path: Path) -> pa.DictionaryArray:
    try:
        return as_words(pc.cast(column, pa.string()))
    except pa.ArrowException:
        sentence = f"column '{name}' has type {column.type}, which cannot be read as words; export it as text"
        raise InputError(sentence, Place(path)) from None


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _is_typed(kind: pa.DataType) -> bool:
    tests = (pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    return any(test(kind) for test in tests) or pa.types.is_date(kind) or pa.types.is_timestamp(kind)
