"""Case numbers as a town hall gives them: one series a year over all case types, in order of arrival."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ui.demo.simulator.calendar import Moments


def case_numbers(received: Mapping[str, Moments]) -> dict[str, NDArray[np.object_]]:
    """For each type (n,) numbers such as 2026-04431; the series begins as if the year had been as busy before.

    Example:
        >>> came = np.array(["2026-01-01T08:00", "2026-01-03T08:00"], dtype="datetime64[us]")
        >>> {name: ids.tolist() for name, ids in case_numbers({"a": came[:1], "b": came[1:]}).items()}
        {'a': ['2026-00001'], 'b': ['2026-00002']}
    """
    names = np.repeat(list(received), [len(moments) for moments in received.values()])
    moments = np.concatenate(list(received.values()))
    order = np.argsort(moments, kind="stable")
    years = moments[order].astype("datetime64[Y]")
    first_of_year = np.searchsorted(years, years, side="left")
    number = np.arange(len(order)) - first_of_year + 1 + np.where(years == years[0], _before(moments[order]), 0)
    ids = np.array(
        [f"{year}-{one:05d}" for year, one in zip(years.astype(str), number, strict=True)], dtype=object
    )
    in_place = np.empty(len(order), dtype=object)
    in_place[order] = ids
    return {name: in_place[names == name] for name in received}


def _before(moments: Moments) -> int:
    """How many cases the first year had had before the first of these, at the pace of all of them."""
    days = max((moments[-1] - moments[0]) / np.timedelta64(1, "D"), 1)
    passed = (moments[0] - moments[0].astype("datetime64[Y]")) / np.timedelta64(1, "D")
    return int(passed * len(moments) / days) if passed > 1 else 0
