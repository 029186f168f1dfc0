"""Times as the records hold them: UTC text with microseconds, so that what is hashed is what is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from config.words import DANISH_TIME

Clock = Callable[[], datetime]

JITTER = timedelta(seconds=1)
"""A clock stepped back by less is taken to stand still; a longer step is stored as it is, and found by verify."""

FAR_FUTURE = "9999-12-31T00:00:00.000000Z"
FAR_DAY = "9999-12-31"
FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as stored text.

    Raises:
        ValueError: for a naive datetime, which names no moment.

    Example:
        >>> stamp(datetime(2026, 11, 23, 9, 5, tzinfo=UTC))
        '2026-11-23T09:05:00.000000Z'
    """
    if moment.tzinfo is None:
        raise ValueError("a naive datetime names no moment: give it a time zone before storing it")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def parse(text: str) -> datetime:
    """The moment that `stamp` wrote.

    Example:
        >>> parse("2026-11-23T09:05:00.000000Z").hour
        9
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not UTC:
        raise ValueError(f"{text!r} was not written by `stamp`: it ends with Z")
    return moment


def danish_day(moment: datetime) -> str:
    """The day that a moment falls on in Denmark.

    Example:
        >>> danish_day(datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
        '2026-11-24'
    """
    return str(moment.astimezone(DANISH_TIME).date())


def stamp_many(moments: NDArray[np.datetime64]) -> list[str | None]:
    """Many moments (UTC, any datetime64 unit) as stored text, None where there is none (NaT).

    Example:
        >>> stamp_many(np.array(["2026-11-23T09:05", "NaT"], dtype="datetime64[us]"))
        ['2026-11-23T09:05:00.000000Z', None]
    """
    texts = np.datetime_as_string(moments.astype("datetime64[us]"), unit="us").tolist()
    return [None if text == "NaT" else f"{text}Z" for text in texts]


def parse_many(texts: Sequence[str | None]) -> NDArray[np.datetime64]:
    """Stored texts as (n,) datetime64[us] in UTC, NaT where there is none.

    Example:
        >>> parse_many(["2026-11-23T09:05:00.000000Z", None]).tolist()[0].minute
        5
    """
    return np.array(["NaT" if text is None else text[:-1] for text in texts], dtype="datetime64[us]")
