"""The type of a column by its values: number, integer, boolean, date, category or text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from config.columns import Kind
from config.errors import InputError
from engine.log_table import LogTable, as_words
from engine.profile.seen import SeenColumn
from engine.readings import NUMBER, TRUTH, WHOLE_AS_DECIMAL, declared_words, number_of, read_as
from engine.timestamps import parse_column, parse_words, refuse_mixed_offsets

CODED_NUMBERS = range(3, 16)
CODED_SPREAD = 3
LONGEST_WORD = 200
MOST_WORDS = 1000
FEWEST_CASES_PER_WORD = 3
TRUTH_WORDS = frozenset(TRUTH) - {"0", "1"}
COMMA_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?")
CODE_LIKE = re.compile(r"[+-]?(0\d.*|\d{16,}(\.0+)?)")


def see_column(name: str, values: Any, rows: LogTable, first_events: np.ndarray[Any, Any]) -> SeenColumn:
    """A column with its type; `values` of every event, `first_events` (n,) the row of each case's first.

    Raises InputError for decimal commas and for dates with and without offset.
    """
    refuse_decimal_commas(name, values, rows)
    kind = type_of(values)
    if kind == "date":
        refuse_mixed_offsets(parse_column(values), name, rows)
    first = values.take(pa.array(first_events))
    words: tuple[str, ...] = ()
    coded = kind == "integer" and is_coded(first)
    if coded or (kind == "text" and is_category(first)):
        kind, words = "category", category_words(first)
    return SeenColumn(name, kind, values, read_as(kind, first, words).column, words, coded)


def type_of(values: Any) -> Kind:
    """The type that every value fits; words that fit nothing else are `text`, and so is a column without values.

    Example:
        >>> from engine.log_table import words
        >>> type_of(words(["36.0", "22"])), type_of(words(["1.5"])), type_of(words(["ja", "nej"]))
        ('integer', 'number', 'boolean')
        >>> type_of(words(["2024-01-01"])), type_of(words(["0101"])), type_of(words(["12", "NIL"]))
        ('date', 'text', 'text')
    """
    kind = values.type
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return "date"
    if not pa.types.is_dictionary(kind):
        return "integer" if not read_as("integer", values).is_wrong.any() else "number"
    return _type_of_words(values)


def _type_of_words(values: Any) -> Kind:
    levels = levels_of(values)
    if not levels:
        return "text"
    if all(level.lower() in TRUTH_WORDS for level in levels):
        return "boolean"
    if all(NUMBER.fullmatch(level) and not CODE_LIKE.fullmatch(level) for level in levels):
        return "integer" if all(number_of(level).is_integer() for level in levels) else "number"
    if len(levels[0]) >= len("2024-12-31") and not parse_words(pa.array(levels, pa.string())).is_wrong.any():
        return "date"
    return "text"


def levels_of(values: Any) -> list[str]:
    """The words that occur in a column, each once."""
    used = pc.unique(values.indices).drop_null()
    return [str(word) for word in values.dictionary.take(used).to_pylist()]


def is_coded(first: Any) -> bool:
    """Whole numbers that are really names: 3 to 15 values spread over more than three times their number.

    Example:
        >>> is_coded(pa.array([7, 157, 158])), is_coded(pa.array([1, 2, 3]))
        (True, False)
    """
    values = np.unique(read_as("integer", first).column.values)
    values = values[~np.isnan(values)]
    return len(values) in CODED_NUMBERS and bool(values[-1] - values[0] > CODED_SPREAD * len(values))


def is_category(first: Any) -> bool:
    """Words that come back: few enough to be listed, short enough to be names, with three cases each or more."""
    words = as_words(first)
    levels = levels_of(words)
    given = len(words) - words.null_count
    is_short = all(len(level) <= LONGEST_WORD and "\n" not in level for level in levels)
    return 0 < len(levels) <= MOST_WORDS and len(levels) * FEWEST_CASES_PER_WORD <= given and is_short


def category_words(first: Any) -> tuple[str, ...]:
    """A category's words, the commonest first; whole numbers without their decimal `.0`.

    Example:
        >>> category_words(pa.array(["157.0", "7.0", "157.0"]).dictionary_encode())
        ('157', '7')
    """
    words = as_words(first)
    counts = np.bincount(np.asarray(pc.drop_null(words.indices)), minlength=len(words.dictionary))
    levels = words.dictionary.to_pylist()
    whole = {level: match[1] for level in levels if (match := WHOLE_AS_DECIMAL.fullmatch(level))}
    all_whole = all(level in whole or re.fullmatch(r"[+-]?\d+", level) for level in levels)
    spelt = declared_words(levels, list(whole.values())) if all_whole else levels
    total: Counter[str] = Counter()
    for word, count in zip(spelt, counts.tolist(), strict=True):
        total[word] += count
    return tuple(sorted((word for word in total if total[word]), key=lambda word: (-total[word], word)))


def refuse_decimal_commas(name: str, values: Any, rows: LogTable) -> None:
    """Raise InputError where a column would be numbers if its commas were points: nobody may guess that."""
    if not pa.types.is_dictionary(values.type):
        return
    levels = values.dictionary.to_pylist()
    used = set(levels_of(values))
    if not used or not all(COMMA_NUMBER.fullmatch(level) for level in used):
        return
    with_comma: Sequence[int] = [code for code, level in enumerate(levels) if level in used and "," in level]
    if not with_comma:
        return
    row = int(np.flatnonzero(np.isin(np.asarray(pc.fill_null(values.indices, -1)), with_comma))[0])
    sentence = (
        f"'{values[row].as_py()}' in column '{name}' ({rows.spot(row)}) is a number only with a comma as decimal"
        " point; export the column with decimal points"
    )
    raise InputError(sentence, rows.place(row))
