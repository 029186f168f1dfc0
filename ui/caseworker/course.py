"""What moves the time of a case: that it was taken up again, and the days on which an answer was awaited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from config.words import DANISH_TIME
from models.awaited_days import STOPS_CLOCK, awaited_days
from models.case_acts import CaseAct, acts_of_many
from models.reopenings import COMPLAINED, REOPENED, Again, again_in, outcomes_looked_at
from ui.caseworker.machine_roles import Named
from ui.caseworker.standing_still import working_days_in

MOVES = STOPS_CLOCK | {REOPENED, COMPLAINED}


@dataclass(frozen=True)
class Course:
    """How the time of one case has moved.

    Attributes:
        again: how it was last taken up again; None in its first round.
        still: so many working days its time has stood still since it began.
    """

    again: Again | None = None
    still: int = 0


UNMOVED = Course()


@dataclass(frozen=True)
class Received:
    """A case and when it came."""

    case_type: str
    case_id: str
    received_at: str


def course_in(acts: Sequence[CaseAct], outcomes: Mapping[int, str], received_at: str, now: datetime) -> Course:
    """The course of a case with these acts; `outcomes` are those of its decisions, by number."""
    again = again_in(acts, outcomes)
    days = awaited_days(acts, received_at if again is None else again.at, now.astimezone(DANISH_TIME).date())
    return Course(again, working_days_in(days))


def courses_of(connection: sa.Connection, cases: Sequence[Received], now: datetime) -> dict[Named, Course]:
    """The courses of cases of a list; one that nothing has moved is not there."""
    found: dict[Named, Course] = {}
    for key in dict.fromkeys(case.case_type for case in cases):
        received = {case.case_id: case.received_at for case in cases if case.case_type == key}
        acts = acts_of_many(connection, key, list(received), MOVES)
        outcomes = outcomes_looked_at(connection, acts)
        found |= {(key, one): course_in(some, outcomes, received[one], now) for one, some in acts.items()}
    return found
