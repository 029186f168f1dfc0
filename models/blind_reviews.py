"""Reads what the watch over a case type counts: which cases were drawn, when, and how many would-be drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import sqlalchemy as sa
from numpy.typing import NDArray

from models.case_reader import load_events
from models.clock import parse_many

AT_ONCE = 5_000
"""Cases named in one statement; SQLite takes no more than some ten thousand values."""

DRAWN = """
SELECT d.case_id, c.received_at, d.drawn_at,
       coalesce((SELECT min(f.recorded_at) FROM case_facts f
                 WHERE f.case_type = c.case_type AND f.case_id = c.case_id), c.received_at) AS recorded_at
FROM (SELECT a.case_id,
             min(CASE WHEN a.drawn AND a.made_at >= :since THEN a.made_at END) AS drawn_at,
             min(CASE WHEN a.route = 'draft' THEN a.made_at END) AS drafted_at
      FROM assessment a WHERE a.case_type = :case_type AND (a.drawn OR a.route = 'draft')
        AND NOT EXISTS (SELECT 1 FROM decision e WHERE e.case_type = a.case_type AND e.case_id = a.case_id
                        AND e.decided_at < a.made_at)
      GROUP BY a.case_id) d
JOIN case_file c ON c.case_type = :case_type AND c.case_id = d.case_id
WHERE d.drawn_at IS NOT NULL AND (d.drafted_at IS NULL OR d.drafted_at > d.drawn_at)
ORDER BY d.drawn_at, d.case_id
"""
"""A case that was offered as a draft before it was drawn is no blind review: somebody may have seen the draft.
Nor is what the machine says of a decided case that was taken up again: the decision that counts came before."""

FIRST_SHARES = """
SELECT a.case_id, a.sampling_probability FROM assessment a
JOIN case_file c ON c.case_type = a.case_type AND c.case_id = a.case_id
WHERE a.case_type = :case_type AND (a.drawn OR a.route = 'draft')
  AND a.made_at >= :since AND a.made_at < :before{which}
ORDER BY a.made_at DESC
"""
WOULD_BE_DRAFTS = """
SELECT count(*) FROM (SELECT min(a.made_at) AS first_at FROM assessment a
                      WHERE a.case_type = :case_type AND (a.drawn OR a.route = 'draft') AND a.made_at < :until
                      GROUP BY a.case_id) d
WHERE d.first_at >= :since
"""
LAST_EVENT = "SELECT max(e.at) FROM case_event e WHERE e.case_type = :case_type"
LAST_ARRIVAL = "SELECT max(c.received_at) FROM case_file c WHERE c.case_type = :case_type"


@dataclass(frozen=True)
class DrawnCases:
    """`n` cases drawn for blind review, once each, in the order of their first draw; every array is (n,).

    Attributes:
        received_at: the case's first event, datetime64[us].
        drawn_at: its first assessment as a drawn would-be draft, datetime64[us].
        recorded_at: when the case came on record, datetime64[us].
    """

    case_ids: NDArray[np.object_]
    received_at: NDArray[np.datetime64]
    drawn_at: NDArray[np.datetime64]
    recorded_at: NDArray[np.datetime64]

    def __len__(self) -> int:
        return len(self.case_ids)

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> DrawnCases:
        """The rows named, in that order."""
        return DrawnCases(self.case_ids[rows], self.received_at[rows], self.drawn_at[rows], self.recorded_at[rows])


def drawn_cases(connection: sa.Connection, case_type: str, since: str) -> DrawnCases:
    """Cases that were drawn for blind review since a moment, before they were ever offered as a draft."""
    rows = connection.execute(sa.text(DRAWN), {"case_type": case_type, "since": since}).all()
    ids, received, drawn, recorded = list(zip(*rows, strict=True)) if rows else [()] * 4
    return DrawnCases(np.array(ids, dtype=object), parse_many(received), parse_many(drawn), parse_many(recorded))


def first_shares(
    connection: sa.Connection, case_type: str, since: str, *, before: str, case_id: str | None = None
) -> dict[str, float]:
    """The review share at each open case's first assessment as a would-be draft between two moments.

    With `case_id` that case alone, open or not.
    """
    values = {"case_type": case_type, "since": since, "before": before}
    which = " AND c.status = 'open'"
    if case_id is not None:
        values["case_id"], which = case_id, " AND a.case_id = :case_id"
    rows = connection.execute(sa.text(FIRST_SHARES.format(which=which)), values)
    return {named: 1.0 if share is None else float(share) for named, share in rows}


def would_be_drafts(connection: sa.Connection, case_type: str, since: str, until: str) -> int:
    """How many cases first were would-be drafts between two moments, drawn or not."""
    values = {"case_type": case_type, "since": since, "until": until}
    return int(connection.execute(sa.text(WOULD_BE_DRAFTS), values).scalar_one())


def observed_until(connection: sa.Connection, case_type: str) -> np.datetime64:
    """The end of observation: the last event or arrival on record, NaT without any."""
    values = {"case_type": case_type}
    found = [connection.execute(sa.text(query), values).scalar() for query in (LAST_EVENT, LAST_ARRIVAL)]
    moments = parse_many([text for text in found if text is not None])
    return moments.max() if len(moments) else np.datetime64("NaT", "us")


def events_of_cases(connection: sa.Connection, case_type: str, case_ids: Sequence[str]) -> pd.DataFrame:
    """The completed events of many named cases, as `load_events` gives them."""
    named = case_ids or [""]  # no case has this id, and PostgreSQL does not take an empty list
    starts = range(0, len(named), AT_ONCE)
    return pd.concat([load_events(connection, case_type, case_ids=named[at : at + AT_ONCE]) for at in starts])
