"""What citizens have answered about single fields, and when: the latest answer of each case counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from models.clock import parse_many
from models.tables import CONSENT


@dataclass(frozen=True)
class StoredAnswers:
    """What is on record of one field for n cases: int8 (n,) 1 yes, 0 no, -1 none; and when, NaT where none."""

    answers: NDArray[np.int8]
    answered_at: NDArray[np.datetime64]


def answers_on_record(
    connection: sa.Connection, case_type: str, case_ids: NDArray[np.object_]
) -> dict[str, StoredAnswers]:
    """The latest answers of the cases named, in their order, for every field that anybody of the type answered."""
    query = sa.select(CONSENT.c.case_id, CONSENT.c.field, CONSENT.c.answer, CONSENT.c.answered_at)
    rows = connection.execute(
        query.where(CONSENT.c.case_type == case_type).order_by(CONSENT.c.answered_at, CONSENT.c.id)
    ).all()
    place = {case_id: row for row, case_id in enumerate(case_ids)}
    found: dict[str, StoredAnswers] = {}
    for row, at in zip(rows, parse_many([row.answered_at for row in rows]), strict=True):
        stored = found.get(row.field) or found.setdefault(row.field, _none(len(case_ids)))
        if row.case_id in place:
            stored.answers[place[row.case_id]] = row.answer == "yes"
            stored.answered_at[place[row.case_id]] = at
    return found


def _none(n: int) -> StoredAnswers:
    return StoredAnswers(np.full(n, -1, dtype=np.int8), np.full(n, "NaT", dtype="datetime64[us]"))
