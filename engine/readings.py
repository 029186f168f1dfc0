"""How the words or typed values of a column are read as a number, truth value, date, category or text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from config.columns import Column, Kind
from engine.log_table import as_words
from engine.timestamps import ParsedTimes, parse_column

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
DECIMAL_COMMA = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?|[+-]?\d+,\d+")
WHOLE_AS_DECIMAL = re.compile(r"([+-]?\d+)\.0+")
TRUTH = {"true": 1.0, "yes": 1.0, "ja": 1.0, "sand": 1.0, "1": 1.0}
TRUTH |= {"false": 0.0, "no": 0.0, "nej": 0.0, "falsk": 0.0, "0": 0.0}
LARGEST_WHOLE = 2.0**53
DAY_IN_MILLISECONDS = 86_400_000

EXPECTED = {
    "number": "a number; write digits, with a point before decimals",
    "integer": "a whole number; write it without decimals, or declare the field as `type: number`",
    "boolean": "true or false; write true, false, yes, no, ja or nej",
    "date": "a date; write it as 2024-12-31 or 2024-12-31T13:45:00+01:00",
}


@dataclass(frozen=True)
class Reading:
    """A column of n values as `column`, and (n,) `is_wrong`: a value is given that is nothing of that kind."""

    column: Column
    is_wrong: NDArray[np.bool_]


def read_as(kind: Kind, array: Any, declared: Sequence[str] | None = None) -> Reading:
    """Read an Arrow array (words as dictionary<int32, string>, or typed values) as a column of one kind.

    `declared` are a category's words: `157.0` is read as `157` where that word is declared and the other is not.

    Example:
        >>> read_as("integer", pa.array(["3", "2.5", None]).dictionary_encode()).is_wrong.tolist()
        [False, True, False]
    """
    if kind == "category" or kind == "text":
        return _read_words(kind, as_words(array), declared or ())
    if kind == "date":
        return _read_dates(array)
    values, is_wrong = _boolean_values(array) if kind == "boolean" else _number_values(array)
    if kind == "integer":
        with np.errstate(invalid="ignore"):
            is_wrong = (
                is_wrong | (values != np.floor(values)) & ~np.isnan(values) | (np.abs(values) > LARGEST_WHOLE)
            )
    return Reading(Column(kind, np.where(is_wrong, np.nan, values) if is_wrong.any() else values), is_wrong)


def number_of(word: str) -> float:
    """The number a word is written as, NaN where it is none: NaN, inf and decimal commas are none.

    Example:
        >>> number_of("36.0"), number_of("1,5"), number_of("nan")
        (36.0, nan, nan)
    """
    return float(word) if NUMBER.fullmatch(word) else np.nan


def _number_values(array: Any) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    if pa.types.is_integer(array.type) or pa.types.is_floating(array.type):
        values = np.asarray(pc.cast(array, pa.float64(), safe=False).to_numpy(zero_copy_only=False))
        return values, np.isinf(values)
    if pa.types.is_boolean(array.type) or pa.types.is_timestamp(array.type) or pa.types.is_date(array.type):
        return np.full(len(array), np.nan), np.asarray(pc.is_valid(array))
    words = as_words(array)
    numbers = np.array([*map(number_of, words.dictionary.to_pylist()), np.nan])
    return _by_code(words, numbers)


def _boolean_values(array: Any) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    if pa.types.is_boolean(array.type):
        values = pc.cast(array, pa.float64()).to_numpy(zero_copy_only=False)
        return np.asarray(values), np.zeros(len(array), dtype=np.bool_)
    if pa.types.is_integer(array.type) or pa.types.is_floating(array.type):
        values = np.asarray(pc.cast(array, pa.float64(), safe=False).to_numpy(zero_copy_only=False))
        return values, ~np.isnan(values) & (values != 0) & (values != 1)
    words = as_words(array)
    truths = [
        TRUTH.get(WHOLE_AS_DECIMAL.sub(r"\1", word.lower()), np.nan) for word in words.dictionary.to_pylist()
    ]
    return _by_code(words, np.array([*truths, np.nan]))


def _by_code(words: Any, values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Spread the values of the levels, with a last one for missing, over the rows; infinite and NaN are wrong."""
    values = np.where(np.isinf(values), np.nan, values)
    codes = np.asarray(pc.fill_null(words.indices, -1))
    spread: NDArray[np.float64] = values[codes]
    return spread, np.isnan(spread) & (codes >= 0)


def _read_dates(array: Any) -> Reading:
    is_time = pa.types.is_timestamp(array.type) or pa.types.is_date(array.type)
    if not is_time and not pa.types.is_dictionary(array.type):
        return Reading(Column("date", np.full(len(array), np.nan)), np.asarray(pc.is_valid(array)))
    parsed = parse_column(array)
    return Reading(days_since_1970(parsed), parsed.is_wrong)


def days_since_1970(parsed: ParsedTimes) -> Column:
    """Times as days, kept to the millisecond, so that the same bits come back from what is stored."""
    milliseconds = parsed.times.astype("datetime64[ms]").astype(np.int64)
    return Column("date", np.where(np.isnat(parsed.times), np.nan, milliseconds / DAY_IN_MILLISECONDS))


def _read_words(kind: Literal["category", "text"], words: Any, declared: Sequence[str]) -> Reading:
    levels = declared_words(words.dictionary.to_pylist(), declared)
    codes = np.asarray(pc.fill_null(words.indices, -1))
    occurs = np.bincount(codes[codes >= 0], minlength=len(levels)) > 0
    used = sorted({level for level, there in zip(levels, occurs, strict=True) if there})
    number = {level: code for code, level in enumerate(used)}
    recode = np.array([*(number.get(level, -1) for level in levels), -1], dtype=np.int32)
    return Reading(Column(kind, recode[codes], tuple(used)), np.zeros(len(codes), dtype=np.bool_))


def declared_words(levels: Sequence[str], declared: Sequence[str]) -> list[str]:
    """The levels, each in its declared spelling where it differs only by a decimal `.0`.

    Example:
        >>> declared_words(["157.0", "7", "8.0"], ["157", "7"])
        ['157', '7', '8.0']
    """
    known = frozenset(declared)
    spelt = []
    for level in levels:
        whole = WHOLE_AS_DECIMAL.fullmatch(level)
        spelt.append(whole[1] if whole and level not in known and whole[1] in known else level)
    return spelt
