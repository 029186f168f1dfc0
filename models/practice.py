"""Closed cases that people look at for practice, and what they answered; the figures are theirs alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.audit import canonical
from models.database import serialise, unit_of
from models.tables import CASE_FILE, DECISION, PRACTICE_ANSWER

AGREES = "agrees"
KNOWN = "known"
"""What stands beside the machine's view where a person happened to know the case, and answered nothing."""


@dataclass(frozen=True)
class PracticeAnswer:
    """One case that a person was asked about for practice.

    Attributes:
        answered_at: None while they have not answered.
        outcome, effort: what they lean to, and how much work they see in it.
        sure: how sure they are, in per cent.
        planted: whether what the machine is shown to say is wrong on purpose.
        machine_said: what they are shown of the machine, and whether they agreed; None where it said nothing.
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
    machine_said: Mapping[str, Any] | None

    @property
    def agrees(self) -> bool | None:
        """Whether they agreed with what the machine was shown to say; None while they have not told."""
        return None if self.machine_said is None else self.machine_said.get(AGREES)

    @property
    def is_known(self) -> bool:
        """Whether they happened to know the case: it was set aside, and counts nowhere."""
        return self.answered_at is None and bool((self.machine_said or {}).get(KNOWN))

    @property
    def is_finished(self) -> bool:
        """Whether nothing more is asked of them."""
        return self.answered_at is not None and (self.machine_said is None or self.agrees is not None)


@dataclass(frozen=True)
class Practised:
    """An answer beside what the case's last decision was."""

    answer: PracticeAnswer
    decided: str | None

    @property
    def is_right(self) -> bool:
        """Whether they would have decided as the case was decided."""
        return self.answer.outcome == self.decided


def ask_for_practice(
    connection: sa.Connection,
    *,
    user_id: int,
    case_type: str,
    case_id: str,
    planted: bool,
    machine_said: Mapping[str, Any] | None,
) -> PracticeAnswer:
    """Put a case to a person for practice.

    Raises:
        RefusedError: no such case is on record.
    """
    values = {"user_id": user_id, "case_type": case_type, "case_id": case_id, "planted": planted}
    said = None if machine_said is None else canonical(dict(machine_said))
    asked = {**values, "asked_at": unit_of(connection).now, "machine_said": said}
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
    """Keep a person's answer; the first one counts. None where it is not theirs, was answered or set aside."""
    serialise(connection)
    which = (PRACTICE_ANSWER.c.id == practice_id) & (PRACTICE_ANSWER.c.user_id == user_id)
    answer = {"outcome": outcome, "effort": effort, "sure": sure, "answered_at": unit_of(connection).now}
    found = next(iter(practice_where(connection, which)), None)
    if found is None or found.is_known or found.answered_at is not None:
        return None
    connection.execute(PRACTICE_ANSWER.update().where(which).values(**answer))
    return practice_where(connection, which)[0]


def set_aside_known(connection: sa.Connection, practice_id: int, user_id: int) -> bool:
    """Set a case aside that a person happens to know; it stays on record, so that it is not put to them again.

    False where the row is not theirs, or was answered: an answer that stands is not taken back.
    """
    serialise(connection)
    which = (PRACTICE_ANSWER.c.id == practice_id) & (PRACTICE_ANSWER.c.user_id == user_id)
    found = next(iter(practice_where(connection, which)), None)
    if found is None or found.answered_at is not None:
        return False
    said = canonical({**(found.machine_said or {}), KNOWN: True})
    connection.execute(PRACTICE_ANSWER.update().where(which).values(machine_said=said))
    return True


def agree_in_practice(connection: sa.Connection, practice_id: int, user_id: int, agrees: bool) -> bool:
    """Keep whether a person agrees with what the machine was shown to say; the first answer counts.

    False where the row is not theirs, was not answered yet, or holds an agreement already.
    """
    serialise(connection)
    which = (PRACTICE_ANSWER.c.id == practice_id) & (PRACTICE_ANSWER.c.user_id == user_id)
    found = next(iter(practice_where(connection, which)), None)
    if found is None or found.answered_at is None or found.machine_said is None or found.agrees is not None:
        return False
    said = canonical({**found.machine_said, AGREES: agrees})
    connection.execute(PRACTICE_ANSWER.update().where(which).values(machine_said=said))
    return True


def practised(connection: sa.Connection, user_id: int, since: str = "") -> list[Practised]:
    """What one person answered since a moment, beside the case's last decision; of closed cases alone."""
    same = (DECISION.c.case_type == PRACTICE_ANSWER.c.case_type) & (
        DECISION.c.case_id == PRACTICE_ANSWER.c.case_id
    )
    last = sa.select(DECISION.c.outcome).where(same).order_by(DECISION.c.round.desc()).limit(1).scalar_subquery()
    which = (PRACTICE_ANSWER.c.user_id == user_id) & (PRACTICE_ANSWER.c.asked_at >= since)
    closed = sa.exists().where(
        CASE_FILE.c.case_type == PRACTICE_ANSWER.c.case_type,
        CASE_FILE.c.case_id == PRACTICE_ANSWER.c.case_id,
        CASE_FILE.c.status == "closed",
    )
    query = sa.select(PRACTICE_ANSWER.c.id, last.label("decided")).where(which, closed)
    decided = {row.id: row.decided for row in connection.execute(query)}
    answers = practice_of(connection, user_id, since)
    return [
        Practised(one, decided[one.id]) for one in answers if one.answered_at is not None and one.id in decided
    ]


def practice_of(connection: sa.Connection, user_id: int, since: str = "") -> list[PracticeAnswer]:
    """Everything that one person was asked since a moment, first asked first."""
    mine = (PRACTICE_ANSWER.c.user_id == user_id) & (PRACTICE_ANSWER.c.asked_at >= since)
    return practice_where(connection, mine)


def practice_where(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[PracticeAnswer]:
    """The rows named, first asked first."""
    query = sa.select(PRACTICE_ANSWER).where(which).order_by(PRACTICE_ANSWER.c.asked_at, PRACTICE_ANSWER.c.id)
    return [as_answer(row) for row in connection.execute(query)]


def as_answer(row: sa.Row[Any]) -> PracticeAnswer:
    """A stored row as a value."""
    said = None if row.machine_said is None else json.loads(row.machine_said)
    return PracticeAnswer(**{**row._mapping, "machine_said": said})
