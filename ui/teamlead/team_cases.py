"""A team's open cases as its lead sees them: next step, age, deadline and who has each; never a score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import sqlalchemy as sa

from config.words import DANISH_TIME, Words
from models.clock import parse
from models.queue import Key, QueuedCase, team_queue
from models.waiting_queue import WaitingCase, waiting_queue
from routing.in_force import InForce
from ui.caseworker.deadlines import listed_deadline
from ui.caseworker.queue import QueueWords
from ui.caseworker.queue_lists import around_of
from ui.caseworker.queue_steps import STEPS, Step
from ui.web.addresses import case_path
from ui.web.site import Site

Open = QueuedCase | WaitingCase
Part = Literal["queue", "waiting"]
DueIn = Literal["over", "week", "later", "never"]
DUE: dict[DueIn, str] = {
    "over": "Overdue",
    "week": "Within a week",
    "later": "Later than a week",
    "never": "Without a deadline",
}
"""When a case is due, and its English name, in the order of a filter."""
AT_A_TIME = 100


@dataclass(frozen=True)
class TeamRow:
    """One open case of the team; `days_left` is negative where the deadline has passed, None without one."""

    href: str
    case_id: str
    case_type: str
    type_name: str
    step: Step
    step_name: str
    days_old: int
    received: date
    deadline: date | None
    deadline_said: str
    days_left: int | None
    due: DueIn
    holder: str
    waits_until: str


@dataclass(frozen=True)
class TeamReader:
    """Reads one team's open cases in one language."""

    site: Site
    in_force: InForce
    words: QueueWords
    team: str

    def page(self, connection: sa.Connection, part: Part, after: Key | None, limit: int) -> Sequence[Open]:
        """Some cases of the queue, or of those that wait."""
        if part == "queue":
            return team_queue(connection, self.team, after=after, limit=limit)
        return waiting_queue(connection, team=self.team, after=after, limit=limit)

    def every(self, connection: sa.Connection) -> Iterator[Sequence[TeamRow]]:
        """All open cases of the team, some at a time."""
        parts: tuple[Part, ...] = ("queue", "waiting")
        for part in parts:
            after: Key | None = None
            while some := self.page(connection, part, after, AT_A_TIME):
                yield self.rows(connection, some)
                after = some[-1].key

    def rows(self, connection: sa.Connection, cases: Sequence[Open]) -> list[TeamRow]:
        """Cases with what stands beside them, told as to somebody who has given no view: the table goes round."""
        around = around_of(connection, self.site, self.in_force, cases, set(), viewer=None)
        words = QueueWords(self.words.language, self.in_force.case_types, None, self.words.now, around)
        return [self._row(case, words) for case in cases]

    def _row(self, case: Open, words: QueueWords) -> TeamRow:
        today = words.now.astimezone(DANISH_TIME).date()
        received = parse(case.received_at).astimezone(DANISH_TIME).date()
        deadline = listed_deadline(case, self.in_force.case_types.get(case.case_type))
        day = None if deadline is None else deadline.day
        step: Step = words.step(case) if isinstance(case, QueuedCase) else "wait"
        return TeamRow(
            href=case_path(case.case_type, case.case_id),
            case_id=case.case_id,
            case_type=case.case_type,
            type_name=words.type_name(case.case_type),
            step=step,
            step_name=words.say(STEPS[step]),
            days_old=(today - received).days,
            received=received,
            deadline=day,
            deadline_said=words.say("None") if day is None else Words(words.language).short_day(day, today),
            days_left=None if day is None else (day - today).days,
            due=due_in(day, today),
            holder=words.around.holders.get(case.assigned_to or 0, ""),
            waits_until=case.awaiting_until if isinstance(case, WaitingCase) else "",
        )


def due_in(day: date | None, today: date) -> DueIn:
    """When a case is due, in the terms of the filter.

    Example:
        >>> due_in(date(2026, 11, 23), date(2026, 11, 24)), due_in(date(2026, 12, 1), date(2026, 11, 24))
        ('over', 'week')
    """
    if day is None:
        return "never"
    if day < today:
        return "over"
    return "week" if day <= today + timedelta(days=7) else "later"
