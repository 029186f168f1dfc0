"""Facts become the model's input: a pure function of a frame and its arrivals, for one case and a million alike.

A category enters as the ordinal code of its word, a date as days from arrival, a boolean as 0 or 1, a number as it
is; what is missing or hidden is NaN. A rare word has the code after the last, and a word never seen in training
`UNSEEN_STEP` above that: no split of a tree lies between the two, so both are scored alike, yet novelty can tell.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from config.columns import CODED, Column, Frame
from config.errors import InputError
from engine.feature import Feature

UNSEEN_STEP = 0.25
MICROSECONDS_A_DAY = 86_400_000_000.0


def days_since_1970(moments: NDArray[np.datetime64]) -> NDArray[np.float64]:
    """Shape (n,): days as a date column holds them, with their fraction; NaN where the moment is missing.

    Example:
        >>> days_since_1970(np.array(["1970-01-02T12:00"], dtype="datetime64[us]")).tolist()
        [1.5]
    """
    days = moments.astype("datetime64[us]").astype(np.int64) / MICROSECONDS_A_DAY
    return np.where(np.isnat(moments), np.nan, days)


def encode(features: Sequence[Feature], frame: Frame, arrivals: NDArray[np.datetime64]) -> NDArray[np.float64]:
    """The model's input, shape (n_cases, n_features) float64; a feature without a column is missing throughout.

    A feature's values lie side by side in memory, for they are written and read a feature at a time.

    Raises:
        InputError: a field has another type than the one it was trained with.
    """
    inputs = np.empty((len(frame), len(features)), order="F")
    days = days_since_1970(arrivals) if any(feature.kind == "date" for feature in features) else None
    for position, feature in enumerate(features):
        column = frame.columns.get(feature.field)
        inputs[:, position] = np.nan if column is None else encode_column(feature, column, days)
    return inputs


def encode_column(
    feature: Feature, column: Column, arrival_days: NDArray[np.float64] | None
) -> NDArray[np.float64]:
    """Shape (n,): one feature's input. `arrival_days` (n,) is needed for a date only."""
    if column.kind != feature.kind:
        raise InputError(
            f"field '{feature.field}' is now of type {column.kind}, and the model learnt it as {feature.kind}; "
            "train the case type again"
        )
    if column.kind in CODED:
        encoded = code_table(feature, column.levels)[column.values]
    elif column.kind == "date":
        assert arrival_days is not None
        encoded = column.values - arrival_days
    else:
        encoded = column.values.astype(np.float64)
    return encoded if column.hidden is None else np.where(column.hidden, np.nan, encoded)


def code_table(feature: Feature, words: tuple[str, ...]) -> NDArray[np.float64]:
    """Shape (len(words) + 1,): the code of each word, and last, where -1 points to, NaN for a missing one.

    Example:
        >>> feature = Feature("channel", "category", levels=("desk", "post"), rare_levels=("fax",))
        >>> code_table(feature, ("desk", "fax", "post", "smoke")).tolist()
        [0.0, 2.0, 1.0, 2.25, nan]
    """
    code: dict[str, float] = {word: float(number) for number, word in enumerate(feature.levels)}
    code |= dict.fromkeys(feature.rare_levels, feature.rare_code)
    unseen = feature.rare_code + (0.0 if feature.many_levels else UNSEEN_STEP)
    return np.array([*(code.get(word, unseen) for word in words), np.nan])
