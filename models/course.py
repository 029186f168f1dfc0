"""What moves the time of a case, read from its acts: taken up again, an answer awaited, the citizen contacted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.awaited_days import STOPS_CLOCK, awaited_days
from models.case_acts import CaseAct
from models.reopenings import COMPLAINED, REOPENED, Again, again_in
from models.working_days import working_days_in

NOTE = "note"
MOVES = STOPS_CLOCK | {REOPENED, COMPLAINED, NOTE}
"""The kinds of act that may move a case's time."""


@dataclass(frozen=True)
class Course:
    """How the time of one case has moved.

    Attributes:
        again: how it was last taken up again; None in its first round.
        still: so many working days its time stands still since it began.
        is_contacted: whether somebody has written to the citizen, or noted that they spoke with them.
    """

    again: Again | None = None
    still: int = 0
    is_contacted: bool = False


UNMOVED = Course()


def course_in(acts: Sequence[CaseAct], outcomes: Mapping[int, str], received_at: str, today: date) -> Course:
    """The course of a case with these acts up to a day; `outcomes` are those of its decisions, by number."""
    again = again_in(acts, outcomes)
    days = awaited_days(acts, received_at if again is None else again.at, today)
    return Course(again, working_days_in(days), any(map(is_contact, acts)))


def course_ahead(acts: Sequence[CaseAct], outcomes: Mapping[int, str], received_at: str) -> Course:
    """The same where answers that are awaited come on their last day: the case stands in the queue by that."""
    return course_in(acts, outcomes, received_at, last_awaited(acts))


def last_awaited(acts: Sequence[CaseAct]) -> date:
    """The last day on which anything may be awaited; the first of all days where nothing is."""
    days = (date.fromisoformat(act.until) for act in acts if act.until is not None and act.kind in STOPS_CLOCK)
    return max(days, default=date.min)


def is_contact(act: CaseAct) -> bool:
    """Whether the citizen hears from the office by this act."""
    if act.kind == "asked":
        return bool(act.content["of"] == "citizen")
    return act.kind == "hearing" or (act.kind == NOTE and bool(act.content.get("contact")))
