"""Facts as the case type declares them, from a log or from what is stored: the same bits both ways."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import CODED, Column, Frame, Kind
from config.errors import InputError, Place
from config.fields import Field
from engine.log import EventLog
from engine.log_columns import is_about_the_citizen
from engine.log_table import LogTable, joined, words
from engine.readings import DAY_IN_MILLISECONDS, DECIMAL_COMMA, EXPECTED, Reading, read_as
from engine.timestamps import parse_column, refuse_mixed_offsets

ROWS_AT_A_TIME = 65_536
STORED_AS = {"number": pa.float64(), "integer": pa.float64(), "boolean": pa.bool_()}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def facts(log: EventLog, case_type: CaseType) -> Frame:
    """The declared facts of the log's n cases, from each one's first event, in the order of `log.case_ids`.

    A declared column that the file lacks is missing for every case (`absent_columns` says so). Raises InputError,
    naming file, line, column, case and value, where a value is not of the declared type.
    """
    names = [
        name
        for name in dict.fromkeys(_column_of(field, log.source) for field in case_type.fields.values())
        if name
    ]
    chosen = LogTable(log.file, log.source.table.select(names), log.source.lines, log.source.counts)
    return facts_of_rows(chosen.take(log.first_events), log.case_ids, case_type)


def facts_of_rows(rows: LogTable, case_ids: NDArray[np.object_], case_type: CaseType) -> Frame:
    """The declared facts of n rows, each of which is one case's first event."""
    columns = {}
    for name, field in case_type.fields.items():
        column = _column_of(field, rows)
        columns[name] = (
            all_missing(field.type, len(rows)) if column is None else _read(rows, case_ids, column, name, field)
        )
    return Frame(case_ids, columns)


def read_column(log: EventLog, column: str, name: str, field: Field) -> Column:
    """What each case's first event says in a column, read as the field `name` is declared.

    Raises InputError, naming file, line, column, case and value, where a value is not of the declared type.
    """
    chosen = LogTable(log.file, log.source.table.select([column]), log.source.lines, log.source.counts)
    return _read(chosen.take(log.first_events), log.case_ids, column, name, field)


def _read(rows: LogTable, case_ids: NDArray[np.object_], column: str, name: str, field: Field) -> Column:
    array = joined(rows.table[column])
    reading = read_as(field.type, array, field.values)
    if reading.is_wrong.any():
        raise _wrong_value(rows, case_ids, reading, column, name, field)
    if field.type == "date":
        refuse_mixed_offsets(parse_column(array), column, rows)
    return reading.column


def absent_columns(log: EventLog, case_type: CaseType) -> list[str]:
    """One sentence for each declared column that the file lacks, or that is about the citizen."""
    return [
        _why_missing(name, field)
        for name, field in case_type.fields.items()
        if _column_of(field, log.source) is None
    ]


def _why_missing(name: str, field: Field) -> str:
    for column in _names_of(field):
        if is_about_the_citizen(column):
            return f"column '{column}' is about the citizen and never a fact, so '{name}' is missing for all cases"
    return f"the file has no column '{field.column}', so '{name}' is missing for all its cases"


def all_missing(kind: Kind, n: int) -> Column:
    """A column of n missing values."""
    if kind in CODED:
        return Column(kind, np.full(n, -1, dtype=np.int32))
    return Column(kind, np.full(n, np.nan))


def _column_of(field: Field, rows: LogTable) -> str | None:
    there = rows.table.column_names
    return next((name for name in _names_of(field) if name in there and not is_about_the_citizen(name)), None)


def _names_of(field: Field) -> tuple[str, str]:
    return field.column, f"case:{field.column}"


def _wrong_value(
    rows: LogTable, case_ids: NDArray[np.object_], reading: Reading, column: str, name: str, field: Field
) -> InputError:
    row = int(np.flatnonzero(reading.is_wrong)[0])
    value = str(joined(rows.table[column])[row].as_py())
    advice = EXPECTED[field.type]
    if field.type in {"number", "integer"} and DECIMAL_COMMA.fullmatch(value):
        advice = f"a number; use a decimal point: {value.replace('.', '').replace(',', '.')}"
    shown = value if len(value) <= 60 else value[:59] + "…"
    sentence = (
        f"'{shown}' in column '{column}' of case '{case_ids[row]}' is declared as '{name}' and is not {advice}"
    )
    return InputError(sentence, rows.place(row))


def facts_as_json(frame: Frame) -> list[str]:
    """Each case's facts as one JSON object {field: typed value}: n strings, in the order of the frame's columns.

    A missing or hidden value is not written. Numbers are written so that the same float64 is read back.

    Example:
        >>> from config.columns import coded, numbers
        >>> columns = {"income": numbers("number", [100.5, None]), "channel": coded("category", ["post", "desk"])}
        >>> facts_as_json(Frame(np.array(["a", "b"], dtype=object), columns))
        ['{"income":100.5,"channel":"post"}', '{"channel":"desk"}']
    """
    written = [_written(name, column) for name, column in frame.columns.items()]
    if not written:
        return ["{}"] * len(frame)
    return ["{" + ",".join(filter(None, row)) + "}" for row in zip(*written, strict=True)]


def _written(name: str, column: Column) -> list[str]:
    """`"name":value` for each case, the empty string where nothing is written."""
    key = json.dumps(name) + ":"
    unknown = column.unknown
    if column.kind in CODED:
        levels = np.array(
            [*(key + json.dumps(level, ensure_ascii=False) for level in column.levels), ""], dtype=object
        )
        return list(levels[np.where(unknown, -1, column.values)])
    values = column.values.tolist()
    return ["" if skip else key + _stored(column.kind, value) for value, skip in zip(values, unknown, strict=True)]


def _stored(kind: Kind, value: float) -> str:
    if kind == "number":
        return repr(value)
    if kind == "integer":
        return str(int(value))
    if kind == "boolean":
        return "true" if value else "false"
    return f'"{date_as_text(value)}"'


def date_as_text(days: float) -> str:
    """Days since 1970-01-01 as ISO 8601, with a time in UTC where they are not whole.

    Example:
        >>> date_as_text(19723.0), date_as_text(19723.5)
        ('2024-01-01', '2024-01-01T12:00:00.000Z')
    """
    whole = int(np.floor(days))
    milliseconds = round((days - whole) * DAY_IN_MILLISECONDS)
    moment = EPOCH + timedelta(days=whole, milliseconds=milliseconds)
    if not milliseconds:
        return moment.date().isoformat()
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def frame_from_json(case_ids: NDArray[np.object_], facts_json: Sequence[str], case_type: CaseType) -> Frame:
    """The declared facts of n cases from stored JSON objects; a field that is not stored is missing.

    A value stored under another type than is declared now is read from its words; raises InputError, naming the
    case, where that cannot be done.
    """
    try:
        table = _table_by_arrow(facts_json, case_type)
    except pa.ArrowException:
        table = _table_by_words(facts_json, case_type)
    columns = {}
    for name, field in case_type.fields.items():
        reading = read_as(field.type, table[name], field.values)
        if reading.is_wrong.any():
            row = int(np.flatnonzero(reading.is_wrong)[0])
            sentence = f"'{table[name][row].as_py()}' is stored as '{name}' of case '{case_ids[row]}' and is not"
            raise InputError(f"{sentence} {EXPECTED[field.type]}", Place(f"{case_type.key}.yaml"))
        columns[name] = reading.column
    return Frame(case_ids, columns)


def _table_by_arrow(facts_json: Sequence[str], case_type: CaseType) -> dict[str, Any]:
    from pyarrow import json as arrow_json

    schema = pa.schema(
        [(name, STORED_AS.get(field.type, pa.string())) for name, field in case_type.fields.items()]
    )
    options = arrow_json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore")
    tables = [schema.empty_table()]
    for start in range(0, len(facts_json), ROWS_AT_A_TIME):
        block = facts_json[start : start + ROWS_AT_A_TIME]
        text = "\n".join(block).encode()
        read = arrow_json.ReadOptions(use_threads=False, block_size=len(text) + 1)
        table = arrow_json.read_json(pa.BufferReader(text), read, options)
        if len(table) != len(block):
            raise pa.ArrowInvalid("a stored object spans several lines")
        tables.append(table.select(schema.names))
    whole = pa.concat_tables(tables).combine_chunks()
    return {name: _coded(joined(whole[name])) for name in schema.names}


def _coded(array: Any) -> Any:
    return array.dictionary_encode() if pa.types.is_string(array.type) else array


def _table_by_words(facts_json: Sequence[str], case_type: CaseType) -> dict[str, Any]:
    stored = [json.loads(text) for text in facts_json]
    return {name: words([_word(row.get(name)) for row in stored]) for name in case_type.fields}


def _word(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value)
