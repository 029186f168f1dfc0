"""What the teams make of their months: who met the cases, or leads the team, writes it down on the last day."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import cast

from config.words import DANISH_TIME
from models.team_notes import NoteKind
from ui.caseworker.month.months import MonthAt, month_of
from ui.demo.screen.phrases import TEXTS

MEETS = time(15, 20)


@dataclass(frozen=True)
class PlannedNote:
    """A proposal for the rules, or a note in a case type, about a month that lies so many before this one."""

    team: str
    months_ago: int
    kind: NoteKind
    by: str
    case_type: str | None
    text: str


def planned_notes() -> list[PlannedNote]:
    """All of them."""
    with (TEXTS / "team_notes.csv").open(encoding="utf-8", newline="") as lines:
        return [
            PlannedNote(
                team=row["team"],
                months_ago=int(row["months_ago"]),
                kind=cast(NoteKind, row["kind"]),
                by=row["by"],
                case_type=row["case_type"] or None,
                text=row["text"],
            )
            for row in csv.DictReader(lines)
        ]


def months_before(month: MonthAt, months: int) -> MonthAt:
    """The month that lies so many before another."""
    return month if months == 0 else months_before(month.before, months - 1)


def meeting_of(month: MonthAt, working: Sequence[date]) -> datetime:
    """When a team meets about a month: on the last of its working days."""
    moments = (datetime.combine(day, MEETS, DANISH_TIME) for day in working)
    return max(moment for moment in moments if month_of(moment) == month)
