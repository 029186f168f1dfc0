"""The queue as a page shows it: the next case and why, four lists, rows grouped by deadline; never a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Protocol

from config.bilingual import Language
from config.case_type import CaseType
from config.translate import Translator
from config.words import DANISH_TIME, Words
from models.citizens import Citizen
from models.clock import parse
from models.queue import Key, QueuedCase
from ui.caseworker.deadlines import Deadline, Due, listed_deadline, said
from ui.caseworker.identity import identity_of
from ui.caseworker.machine_roles import Named, Numbered, Role
from ui.caseworker.queue_query import FoundCase
from ui.caseworker.queue_same_citizen import OpenCase, others_of
from ui.caseworker.queue_steps import Step, step_in_words, step_of
from ui.web.addresses import case_path

GROUPS = ("To be taken first", "Today and overdue", "This week", "Later", "Without a deadline")
FIRST, TODAY, WEEK, LATER, NEVER = range(len(GROUPS))
FIRST_BECAUSE = {
    True: "It is yours, and of high priority.",
    False: "Nobody has taken it, and it is of high priority.",
}
LONGEST_BECAUSE = {
    True: "It is yours, and of your cases it has waited longest.",
    False: "Nobody has taken it, and of the team's cases it has waited longest.",
}
DUE_BECAUSE = {
    True: "It is yours, and of your cases it is due first: {due}.",
    False: "Nobody has taken it, and of the team's cases it is due first: {due}.",
}
"""Why a case comes next, by whether it is the reader's own."""


@dataclass(frozen=True)
class Row:
    """One case in a list."""

    href: str
    case_id: str
    name: str
    is_named: bool
    is_protected: bool
    type_name: str
    role: Role
    due: Due
    next_step: str
    received: str
    note: str | None = None
    others: tuple[tuple[str, str], ...] = ()
    more_others: int = 0
    is_twice: bool = False
    here: str = ""


class Stored(Numbered, Protocol):
    """What every list knows of a case."""

    @property
    def received_at(self) -> str:
        """When it came in."""

    @property
    def citizen_ref(self) -> str | None:
        """Whose it is."""


@dataclass(frozen=True)
class Group:
    """Rows that are due at about the same time."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class NextCase:
    """What to take up now, and why that one."""

    href: str
    case_id: str
    name: str
    is_named: bool
    type_name: str
    why: str
    is_protected: bool


@dataclass(frozen=True)
class Around:
    """What stands beside the cases of one page: who they are about, who has them, the machine's role, checks.

    Attributes:
        checks: for each drafted case how many facts are to be checked; None where its draft does not stand.
    """

    citizens: Mapping[str, Citizen] = field(default_factory=dict)
    holders: Mapping[int, str] = field(default_factory=dict)
    roles: Mapping[Named, Role] = field(default_factory=dict)
    checks: Mapping[Named, int | None] = field(default_factory=dict)
    of_citizen: Mapping[str, Sequence[OpenCase]] = field(default_factory=dict)
    here: Mapping[Named, str] = field(default_factory=dict)

    def role(self, named: Named) -> Role:
        """The machine's role in a case."""
        role = self.roles.get(named, "none")
        return "none" if role == "draft" and self.checks.get(named) is None else role


@dataclass(frozen=True)
class QueueWords:
    """Says cases in one reader's language at one moment."""

    language: Language
    case_types: Mapping[str, CaseType]
    user_id: int | None
    now: datetime
    around: Around = field(default_factory=Around)

    @property
    def say(self) -> Translator:
        """The reader's language."""
        return Translator(self.language)

    def type_name(self, key: str) -> str:
        """A case type's name, its key where it is no longer in force."""
        known = self.case_types.get(key)
        return known.name.say(self.language) if known else key

    def deadline(self, case: QueuedCase) -> Deadline | None:
        """The nearest deadline of a case."""
        return listed_deadline(case, self.case_types.get(case.case_type))

    def groups(self, cases: Sequence[QueuedCase]) -> tuple[Group, ...]:
        """One page of cases in groups; within a page the nearest deadline stands first."""
        placed = sorted(((self._place(case), case) for case in cases), key=lambda pair: pair[0])
        return tuple(
            Group(self.say(GROUPS[number]), tuple(self.row(case) for _, case in pairs))
            for number, pairs in groupby(placed, key=lambda pair: pair[0][0])
        )

    def row(self, case: QueuedCase) -> Row:
        """One case of the queue."""
        due = said(self.deadline(case), self.now, self.say, Words(self.language))
        return self.named_row(case, due=due, next_step=self._next_step(case))

    def found(self, case: FoundCase) -> Row:
        """A case found by its number, or decided."""
        known = self.case_types.get(case.case_type)
        outcome = None if known is None or case.outcome is None else known.outcomes.get(case.outcome)
        decided = outcome.label.say(self.language) if outcome else case.outcome
        state = self.say("Open") if case.status == "open" else self.say("Closed")
        due = Due(Words(self.language).moment(parse(case.at)) if case.at else "")
        row = self.named_row(case, due=due, next_step=decided or state)
        return replace(row, role="heavy" if known is not None and known.weight == "heavy" else "none")

    def named_row(self, case: Stored, *, due: Due, next_step: str, note: str | None = None) -> Row:
        """A row of any list: whose case it is, and the machine's role in it."""
        identity = identity_of(self.around.citizens.get(case.citizen_ref or ""), case.case_id)
        others = others_of(case, case.citizen_ref, self.around.of_citizen)
        return Row(
            href=case_path(case.case_type, case.case_id),
            case_id=case.case_id,
            name=identity.name,
            is_named=identity.is_named,
            is_protected=identity.is_protected,
            type_name=self.type_name(case.case_type),
            role=self.around.role((case.case_type, case.case_id)),
            due=due,
            next_step=next_step,
            received=self._short(case.received_at),
            note=note,
            others=tuple(
                (case_path(one.case_type, one.case_id), f"{self.type_name(one.case_type)} · {one.case_id}")
                for one in others.named
            ),
            more_others=others.more,
            is_twice=others.is_twice,
            here=self.around.here.get((case.case_type, case.case_id), ""),
        )

    def next_case(self, case: QueuedCase) -> NextCase:
        """Why this case comes next: whose it is and its deadline, never what the machine thinks of it."""
        identity = identity_of(self.around.citizens.get(case.citizen_ref or ""), case.case_id)
        return NextCase(
            href=case_path(case.case_type, case.case_id),
            case_id=case.case_id,
            name=identity.name,
            is_named=identity.is_named,
            type_name=self.type_name(case.case_type),
            why=self._why(case),
            is_protected=identity.is_protected,
        )

    def _why(self, case: QueuedCase) -> str:
        """Why a case comes before all others of its reader."""
        deadline, is_mine = self.deadline(case), case.assigned_to == self.user_id
        if comes_first(case):
            return self.say(FIRST_BECAUSE[is_mine])
        if deadline is None:
            return self.say(LONGEST_BECAUSE[is_mine])
        due = said(deadline, self.now, self.say, Words(self.language)).text
        return self.say(DUE_BECAUSE[is_mine], due=(due[:1].lower() + due[1:]).rstrip("."))

    def _short(self, moment: str) -> str:
        """The day of a moment as a list shows it."""
        day, today = (at.astimezone(DANISH_TIME).date() for at in (parse(moment), self.now))
        return Words(self.language).short_day(day, today)

    def _place(self, case: QueuedCase) -> tuple[int, str, Key]:
        """Where a case stands on its page: its group, its deadline, and its place in the queue."""
        deadline = self.deadline(case)
        if deadline is None:
            return (FIRST if comes_first(case) else NEVER, "", case.key)
        group = FIRST if comes_first(case) else group_of(deadline.day, self.now.astimezone(DANISH_TIME).date())
        return (group, deadline.moment.isoformat(), case.key)

    def step(self, case: QueuedCase) -> Step:
        """What is to be done next with a case."""
        known, role = self.case_types.get(case.case_type), self.around.role((case.case_type, case.case_id))
        return step_of(case.assigned_to, case.contact_by, known, role, self.user_id)

    def _next_step(self, case: QueuedCase) -> str:
        return step_in_words(
            self.step(case),
            holder=self.around.holders.get(case.assigned_to or 0, ""),
            checks=self.around.checks.get((case.case_type, case.case_id)) or 0,
            is_late=case.contact_by is not None and parse(case.contact_by) < self.now,
            say=self.say,
            words=Words(self.language),
        )


def comes_first(case: QueuedCase) -> bool:
    """Whether a case is taken before all that have a deadline: of high priority, and no contact is due."""
    return case.contact_by is None and case.priority == "high"


def group_of(due: date, today: date) -> int:
    """Which group a day belongs to; the week ends on Sunday.

    Example:
        >>> GROUPS[group_of(date(2026, 11, 29), date(2026, 11, 24))]
        'This week'
    """
    if due <= today:
        return TODAY
    return WEEK if due <= today + timedelta(days=6 - today.weekday()) else LATER
