"""The days on which the office could not go on with a case: the citizen, or the answer to a hearing, was awaited.

Counted from the day after the letter to the day on which the answer came, or on which its time ran out. Parking a
case, or asking others than the citizen, stops no clock: that is the office's own choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.case_acts import CaseAct
from models.clock import danish_day, parse

ENDS = frozenset({"answered", "hearing_answered"})
ENDS_ALL = frozenset({"reopened", "resumed"})
STOPS_CLOCK = frozenset({"asked", "reminded", "hearing", "hearing_exception"}) | ENDS | ENDS_ALL
"""The acts that say which days were awaited."""


@dataclass
class _Stretch:
    """Days on which one answer was awaited: after `begun`, up to and with `last`."""

    begun: date
    last: date
    is_hearing: bool


def awaited_days(acts: Sequence[CaseAct], since: str, today: date) -> frozenset[date]:
    """The days, each once, on which an answer was awaited after a moment (`since`, as stored) and up to today."""
    stretches: dict[int, _Stretch] = {}
    for act in acts:
        day = date.fromisoformat(danish_day(parse(act.at)))
        if act.kind == "hearing" or (act.kind == "asked" and act.content["of"] == "citizen"):
            stretches[act.id] = _Stretch(day, date.fromisoformat(str(act.until)), act.kind == "hearing")
        elif act.kind == "reminded" and act.about_act in stretches:
            stretches[act.about_act].last = date.fromisoformat(str(act.until))
        elif act.kind in ENDS and act.about_act in stretches:
            _end(stretches[act.about_act], day)
        elif act.kind in ENDS_ALL or act.kind == "hearing_exception":
            for one in stretches.values():
                if one.is_hearing or act.kind in ENDS_ALL:
                    _end(one, day)
    first = date.fromisoformat(danish_day(parse(since)))
    return frozenset(
        day for one in stretches.values() for day in _days(max(one.begun, first), min(one.last, today))
    )


def _end(stretch: _Stretch, day: date) -> None:
    stretch.last = min(stretch.last, day)


def _days(after: date, last: date) -> list[date]:
    return [after + timedelta(days=number) for number in range(1, (last - after).days + 1)]
