"""Derived candidates: what the flow of cases says about a case at the moment it arrives, and nothing from later.

A window looks back from the arrival and leaves the arrival itself out. Whether another case was open then is read
from events before that moment alone: it counts as open in the last 7 days if something was done on it in them.
How it ended later is never looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from config.columns import Column, Frame
from engine.encoding import days_since_1970
from engine.history import History

WINDOW_DAYS = (7, 30)
CALENDAR = ("weekday", "month", "hour")
SINCE_LAST_CASE = "days_since_last_case"
DERIVED: tuple[str, ...] = (
    *(f"{what}_{days}_days" for what in ("arrivals", "open_cases") for days in WINDOW_DAYS),
    *CALENDAR,
    SINCE_LAST_CASE,
)
LONGEST_GAP = np.timedelta64(1, "D")
"""A file that begins at most this long after the workspace's last event continues it."""


@dataclass(frozen=True)
class CaseFlow:
    """Arrivals and events of the workspace's cases, and the arrivals of a file that is being assessed.

    Attributes:
        arrivals: datetime64[us] (m,), ordered.
        touched: datetime64[us] (k,), ordered: when an event made a case one with recent work, for each window.
        faded: the same for when it stopped being one (the next event, or the window after the last).
        arrivals_seen, events_seen: stretches (from, until) in which all arrivals, all events are known.
        citizen_arrivals: for each citizen, ordered arrivals; empty where nobody says whose case it is.
    """

    arrivals: NDArray[np.datetime64]
    touched: NDArray[np.datetime64]
    faded: dict[int, NDArray[np.datetime64]]
    arrivals_seen: tuple[tuple[np.datetime64, np.datetime64], ...]
    events_seen: tuple[tuple[np.datetime64, np.datetime64], ...]
    citizen_arrivals: dict[str, NDArray[np.datetime64]]


def flow_of(history: History, citizens: NDArray[np.object_] | None = None) -> CaseFlow:
    """The flow of the workspace's cases. `citizens` (n,) says whose each case is, None where unknown."""
    moments = history.events["timestamp"].dt.tz_localize(None).to_numpy().astype("datetime64[us]")
    case = pd.factorize(history.events["case_id"])[0]
    order = np.lexsort((moments, case))
    at, of_case = moments[order], case[order]
    follows = np.append(of_case[1:] == of_case[:-1], False)
    following = np.where(follows, np.append(at[1:], at[:1]), np.datetime64("9999-01-01", "us"))
    faded = {days: np.sort(np.minimum(following, at + np.timedelta64(days, "D"))) for days in WINDOW_DAYS}
    seen = ((history.arrivals[0], history.observed_until),) if len(history) else ()
    return CaseFlow(
        arrivals=np.sort(history.arrivals),
        touched=np.sort(at),
        faded=faded,
        arrivals_seen=seen,
        events_seen=seen,
        citizen_arrivals=_by_citizen(history.arrivals, citizens),
    )


def with_file(flow: CaseFlow, arrivals: NDArray[np.datetime64]) -> CaseFlow:
    """The flow with the arrivals of a file's cases that are not in the workspace; their events do not count."""
    if not len(arrivals):
        return flow
    seen = (*flow.arrivals_seen, (arrivals.min(), arrivals.max()))
    return CaseFlow(
        arrivals=np.sort(np.concatenate([flow.arrivals, arrivals])),
        touched=flow.touched,
        faded=flow.faded,
        arrivals_seen=_joined(seen),
        events_seen=flow.events_seen,
        citizen_arrivals=flow.citizen_arrivals,
    )


def derive(
    name: str,
    flow: CaseFlow,
    arrivals: NDArray[np.datetime64],
    citizens: NDArray[np.object_] | None = None,
) -> NDArray[np.float64]:
    """One derived candidate for cases arriving at `arrivals` (n,), NaN where its window is not covered.

    Example:
        >>> flow = CaseFlow(*([np.array([], dtype="datetime64[us]")] * 2), {}, (), (), {})
        >>> derive("weekday", flow, np.array(["2026-11-23T09:30"], dtype="datetime64[us]")).tolist()
        [0.0]
    """
    if name in CALENDAR:
        return _calendar(name, arrivals)
    if name == SINCE_LAST_CASE:
        return _days_since_last_case(flow, arrivals, citizens)
    what, days = next((w, d) for w in ("arrivals", "open_cases") for d in WINDOW_DAYS if name == f"{w}_{d}_days")
    if what == "arrivals":
        begun = np.searchsorted(flow.arrivals, arrivals, side="left")
        ended = np.searchsorted(flow.arrivals, arrivals - np.timedelta64(days, "D"), side="left")
        covered = _covered(flow.arrivals_seen, arrivals, days)
    else:
        begun = np.searchsorted(flow.touched, arrivals, side="left")
        ended = np.searchsorted(flow.faded[days], arrivals, side="left")
        covered = _covered(flow.events_seen, arrivals, days)
    return np.where(covered, (begun - ended).astype(np.float64), np.nan)


def with_derived(
    frame: Frame,
    names: tuple[str, ...],
    flow: CaseFlow | None,
    arrivals: NDArray[np.datetime64],
    citizens: NDArray[np.object_] | None = None,
) -> Frame:
    """The frame with the derived candidates named as number columns; without a flow, what needs one is missing."""
    nothing = np.array([], dtype="datetime64[us]")
    known = flow or CaseFlow(nothing, nothing, dict.fromkeys(WINDOW_DAYS, nothing), (), (), {})
    return frame.with_columns({name: Column("number", derive(name, known, arrivals, citizens)) for name in names})


def _calendar(name: str, arrivals: NDArray[np.datetime64]) -> NDArray[np.float64]:
    days = days_since_1970(arrivals)
    if name == "weekday":
        return np.asarray(np.mod(np.floor(days) + 3, 7))
    if name == "hour":
        return np.asarray(np.floor(np.mod(days, 1.0) * 24))
    months = arrivals.astype("datetime64[M]").astype(np.int64) % 12 + 1
    return np.where(np.isnat(arrivals), np.nan, months.astype(np.float64))


def _days_since_last_case(
    flow: CaseFlow, arrivals: NDArray[np.datetime64], citizens: NDArray[np.object_] | None
) -> NDArray[np.float64]:
    since = np.full(len(arrivals), np.nan)
    if citizens is None or not flow.citizen_arrivals:
        return since
    codes, names = pd.factorize(citizens)
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(len(names) + 1))
    for number, name in enumerate(names):
        earlier = flow.citizen_arrivals.get(str(name))
        if earlier is not None:
            rows = order[starts[number] : starts[number + 1]]
            before = np.searchsorted(earlier, arrivals[rows], side="left")
            gap = days_since_1970(arrivals[rows]) - days_since_1970(earlier[np.maximum(before - 1, 0)])
            since[rows] = np.where(before > 0, gap, np.nan)
    return since


def _by_citizen(
    arrivals: NDArray[np.datetime64], citizens: NDArray[np.object_] | None
) -> dict[str, NDArray[np.datetime64]]:
    if citizens is None:
        return {}
    number, names = pd.factorize(citizens, sort=True)
    order = np.lexsort((arrivals, number))[int((number < 0).sum()) :]
    at, starts = arrivals[order].astype("datetime64[us]"), np.searchsorted(number[order], np.arange(1, len(names)))
    return {str(name): each for name, each in zip(names, np.split(at, starts), strict=True)}


def _joined(
    stretches: tuple[tuple[np.datetime64, np.datetime64], ...],
) -> tuple[tuple[np.datetime64, np.datetime64], ...]:
    joined: list[tuple[np.datetime64, np.datetime64]] = []
    for begin, end in sorted(stretches):
        if joined and begin <= joined[-1][1] + LONGEST_GAP:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return tuple(joined)


def _covered(
    seen: tuple[tuple[np.datetime64, np.datetime64], ...], arrivals: NDArray[np.datetime64], days: int
) -> NDArray[np.bool_]:
    covered = np.zeros(len(arrivals), dtype=np.bool_)
    for begin, end in seen:
        covered |= (arrivals - np.timedelta64(days, "D") >= begin) & (arrivals <= end + LONGEST_GAP)
    return covered
