"""What is seen of a log's cases and of one column of it: the ground on which every reason stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from config.columns import Column, Kind
from engine.log import EventLog
from engine.log_table import as_words
from engine.timestamps import Times

CASE_PREFIX = "case:"


@dataclass(frozen=True)
class SeenCases:
    """How n cases came and ended.

    Attributes:
        log: their events.
        efforts: (n, 4) events, handlers, rework, days of all their events, to the end of the log.
        is_complex: (n,) bool by the proposed rule. has_label: (n,) bool, the horizon is over.
    """

    log: EventLog
    efforts: pd.DataFrame
    is_complex: NDArray[np.bool_]
    has_label: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.log)

    @property
    def arrivals(self) -> Times:
        """Shape (n,): datetime64[us], UTC."""
        return self.log.arrivals

    @cached_property
    def first_activity(self) -> NDArray[np.intp]:
        """Shape (n,): the first event's activity, as a code."""
        return self._activities[self.log.first_events]

    @cached_property
    def last_activity(self) -> NDArray[np.intp]:
        """Shape (n,): the last event's activity, as a code."""
        last_events = np.append(self.log.first_events[1:], len(self.log.events)) - 1
        last: NDArray[np.intp] = self._activities[last_events]
        return last

    @cached_property
    def staff(self) -> frozenset[str]:
        """Everybody that the resource column names."""
        return frozenset(self.log.events["resource"].dropna().unique())

    @cached_property
    def _activities(self) -> NDArray[np.intp]:
        codes: NDArray[np.intp] = pd.factorize(self.log.events["activity"])[0]
        return codes


@dataclass(frozen=True)
class SeenColumn:
    """One column of a log.

    Attributes:
        name: as in the file. kind: by its values.
        values: of every event, an Arrow array of words or typed values.
        first: (n,) each case's value at its first event, read as `kind`.
        words: a category's words, the commonest first.
        is_coded: the words are whole numbers that look like names.
    """

    name: str
    kind: Kind
    values: Any
    first: Column
    words: tuple[str, ...] = ()
    is_coded: bool = False

    @property
    def is_case_attribute(self) -> bool:
        """Whether the export says that it belongs to the case, not to an event."""
        return self.name.startswith(CASE_PREFIX)

    @cached_property
    def is_given(self) -> NDArray[np.bool_]:
        """Shape (n_events,): a value stands there."""
        given = np.asarray(pc.is_valid(self.values))
        if pa.types.is_floating(self.values.type):
            given &= ~np.asarray(pc.fill_null(pc.is_nan(self.values), True))
        return given

    @cached_property
    def codes(self) -> NDArray[np.intp]:
        """Shape (n_events,): equal numbers for equal values, -1 where missing."""
        array = self.values
        if not pa.types.is_dictionary(array.type):
            array = array.dictionary_encode()
        codes = np.asarray(pc.fill_null(array.indices, -1)).astype(np.intp)
        return np.where(self.is_given, codes, -1)

    def first_words(self, rows: NDArray[np.intp]) -> pa.DictionaryArray:
        """The values at the events `rows`, as words."""
        return as_words(self.values.take(pa.array(rows)))

    @cached_property
    def distinct_first(self) -> int:
        """How many different values cases begin with."""
        return len(np.unique(self.first.values[~self.first.missing]))
