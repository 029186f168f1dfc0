"""ISO 8601 timestamps in columns: read as UTC, never guessed; offsets and none in one column are an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from config.errors import InputError
from engine.log_table import LogTable

Times = NDArray[np.datetime64]

ISO_8601 = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)? ?([Zz]|[+-]\d{2}(:?\d{2})?)?)?$"
OFFSET = r":\d{2}([.,]\d{1,9})? ?([Zz]|[+-]\d{2}(:?\d{2})?)$"
LOOKS_LIKE = "write it as 2024-12-31 or 2024-12-31T13:45:00+01:00"


@dataclass(frozen=True)
class ParsedTimes:
    """n words read as times.

    Attributes:
        times: (n,) datetime64[us] in UTC; NaT where the word is missing or no time.
        is_wrong: (n,) bool: a word that is no time.
        has_offset: (n,) bool: the word says how far it is from UTC.
    """

    times: Times
    is_wrong: NDArray[np.bool_]
    has_offset: NDArray[np.bool_]


def parse_words(words: Any) -> ParsedTimes:
    """Read an Arrow array of strings; a time without offset is read as UTC, a date as its midnight.

    Example:
        >>> parsed = parse_words(pa.array(["2024-03-31T02:30:00+02:00", "31/12/2024", None]))
        >>> parsed.times.astype(str).tolist(), parsed.is_wrong.tolist()
        (['2024-03-31T00:30:00.000000', 'NaT', 'NaT'], [False, True, False])
    """
    shaped = pc.fill_null(pc.match_substring_regex(words, ISO_8601), False)
    has_offset = pc.fill_null(pc.match_substring_regex(words, OFFSET), False)
    readable = pc.replace_substring(pc.if_else(shaped, words, None), ",", ".")
    series = pd.Series(readable.to_numpy(zero_copy_only=False), dtype=object)
    times = pd.to_datetime(series, format="ISO8601", utc=True, errors="coerce").dt.tz_localize(None)
    moments = times.to_numpy().astype("datetime64[us]")
    given = np.asarray(pc.is_valid(words))
    return ParsedTimes(moments, given & np.isnat(moments), np.asarray(has_offset))


def parse_column(column: Any) -> ParsedTimes:
    """Read any Arrow array: timestamps and dates as they are, words as ISO 8601; other types are wrong."""
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        has_zone = pa.types.is_timestamp(column.type) and column.type.tz is not None
        whole = pc.cast(column, pa.timestamp("us", column.type.tz if has_zone else None), safe=False)
        moments = np.asarray(pc.cast(whole, pa.timestamp("us"), safe=False).to_numpy(zero_copy_only=False))
        given = np.asarray(pc.is_valid(column))
        return ParsedTimes(
            moments.astype("datetime64[us]"), np.zeros(len(moments), dtype=np.bool_), given & has_zone
        )
    if not pa.types.is_dictionary(column.type):
        column = pc.cast(column, pa.string()).dictionary_encode()
    parsed = parse_words(column.dictionary)
    codes = np.asarray(pc.fill_null(column.indices, -1))
    return ParsedTimes(
        np.append(parsed.times, np.datetime64("NaT", "us"))[codes],
        np.append(parsed.is_wrong, False)[codes],
        np.append(parsed.has_offset, False)[codes],
    )


def refuse_mixed_offsets(parsed: ParsedTimes, name: str, log: LogTable) -> None:
    """Raise InputError, naming two lines, where some times of a column say their offset and some do not."""
    given = ~np.isnat(parsed.times)
    with_offset, without = np.flatnonzero(given & parsed.has_offset), np.flatnonzero(given & ~parsed.has_offset)
    if len(with_offset) and len(without):
        sentence = (
            f"column '{name}' mixes times with an offset ({log.spot(with_offset[0])}) and without"
            f" ({log.spot(without[0])}); export all of them with an offset such as +01:00, or none"
        )
        raise InputError(sentence, log.place(int(max(with_offset[0], without[0]))))


def event_times(log: LogTable, name: str) -> tuple[Times, bool]:
    """The log's timestamps (n,) in UTC, and whether they say no offset and so were read as UTC.

    Raises InputError where one is missing, is no time, or where offsets and none are mixed.
    """
    column = log.table[name].chunk(0)
    parsed = parse_column(column)
    wrong = np.flatnonzero(parsed.is_wrong)
    if len(wrong):
        sentence = f"'{column[int(wrong[0])].as_py()}' in column '{name}' is not a timestamp; {LOOKS_LIKE}"
        raise InputError(sentence, log.place(int(wrong[0])))
    missing = np.flatnonzero(np.isnat(parsed.times))
    if len(missing) == len(log):
        raise InputError(f"column '{name}' has no timestamps; name the right one with --timestamp", log.place(0))
    if len(missing):
        sentence = (
            f"the timestamp in column '{name}' is missing ({log.spot(int(missing[0]))}); every event needs one"
        )
        raise InputError(sentence, log.place(int(missing[0])))
    refuse_mixed_offsets(parsed, name, log)
    return parsed.times, not parsed.has_offset.any()
