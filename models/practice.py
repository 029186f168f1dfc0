"""Closed cases that people look at for practice, and what they answered; the figures are theirs alone."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from models.database import unit_of
from models.tables import PRACTICE_ANSWER


@dataclass(frozen=True)
class PracticeAnswer:
    """One case that a person was asked about for practice.

    Attributes:
        answered_at: None while they have not answered.
        outcome, effort: what they lean to, and how much work they see in it.
        sure: how sure they are, in per cent.
        planted: whether what the machine is shown to say is wrong on purpose.
        machine_said: what they were shown of the machine.
    """

    id: int
    user_id: int
    case_type: str
    case_id: str
    asked_at: str
    answered_at: str | None
    outcome: str | None
    effort: str | None
    sure: int | None
    planted: bool
    machine_said: str | None


def ask_for_practice(
    connection: sa.Connection,
    *,
    user_id: int,
    case_type: str,
    case_id: str,
    planted: bool,
    machine_said: str | None,
) -> PracticeAnswer:
    """Put a case to a person for practice.

    Raises:
        RefusedError: no such case is on record.
    """
    values = {"user_id": user_id, "case_type": case_type, "case_id": case_id, "planted": planted}
    asked = {**values, "asked_at": unit_of(connection).now, "machine_said": machine_said}
    key = connection.execute(PRACTICE_ANSWER.insert().values(**asked)).inserted_primary_key
    assert key is not None
    return practice_where(connection, PRACTICE_ANSWER.c.id == int(key[0]))[0]


def answer_practice(
    connection: sa.Connection,
    practice_id: int,
    user_id: int,
    *,
    outcome: str | None,
    effort: str,
    sure: int | None,
) -> PracticeAnswer | None:
    """Keep a person's answer; the first one counts. None where it is not theirs, or was answered before."""
    which = (PRACTICE_ANSWER.c.id == practice_id) & (PRACTICE_ANSWER.c.user_id == user_id)
    answer = {"outcome": outcome, "effort": effort, "sure": sure, "answered_at": unit_of(connection).now}
    is_open = PRACTICE_ANSWER.c.answered_at.is_(None)
    if connection.execute(PRACTICE_ANSWER.update().where(which & is_open).values(**answer)).rowcount == 0:
        return None
    return practice_where(connection, which)[0]


def practice_of(connection: sa.Connection, user_id: int, since: str = "") -> list[PracticeAnswer]:
    """Everything that one person was asked since a moment, first asked first."""
    mine = (PRACTICE_ANSWER.c.user_id == user_id) & (PRACTICE_ANSWER.c.asked_at >= since)
    return practice_where(connection, mine)


def practice_where(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[PracticeAnswer]:
    """The rows named, first asked first."""
    query = sa.select(PRACTICE_ANSWER).where(which).order_by(PRACTICE_ANSWER.c.asked_at, PRACTICE_ANSWER.c.id)
    return [PracticeAnswer(**row._mapping) for row in connection.execute(query)]
