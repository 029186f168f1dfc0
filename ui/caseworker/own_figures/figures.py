"""A person's own figures: how many decisions, how long, what became of drafts, and of their first views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import sqlalchemy as sa

from config.case_type import CaseType
from engine.effort import is_complex, measure
from engine.labels import horizon_of
from models.blind_reviews import events_of_cases, observed_until
from models.clock import parse_many
from models.own_decisions import OwnDecision
from routing.in_force import InForce
from ui.caseworker.blindness import until_decided


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int


@dataclass(frozen=True)
class Figures:
    """What the decisions of one person come to.

    Attributes:
        minutes: the middle one of the times that are known, None without any.
        timed: of how many decisions the time is known.
        drafts: what became of drafts: approved as it was, changed, not used.
        kept: of the first views with an outcome after which the machine's part was shown, those decided so.
        foreseen: of the first views of cases whose work is known by now, those that fitted it.
    """

    decisions: int
    minutes: int | None
    timed: int
    drafts: tuple[int, int, int]
    kept: Share
    foreseen: Share


def figures_of(
    connection: sa.Connection, decisions: Sequence[OwnDecision], in_force: InForce, draw_key: bytes
) -> Figures:
    """The figures of some decisions of one person."""
    seconds = [one.seconds for one in decisions if one.seconds is not None]
    kept, foreseen = [], []
    for key in dict.fromkeys(one.case_type for one in decisions):
        case_type = in_force.case_types.get(key)
        viewed = [one for one in decisions if one.case_type == key and one.expected is not None]
        if case_type is not None and viewed:
            kept += was_kept(connection, viewed, in_force, draw_key)
            foreseen += was_foreseen(connection, viewed, case_type)
    uses = [one.draft_use for one in decisions]
    return Figures(
        decisions=len(decisions),
        minutes=max(1, round(median(seconds) / 60)) if seconds else None,
        timed=len(seconds),
        drafts=(uses.count("approved"), uses.count("changed"), uses.count("discarded")),
        kept=Share(sum(kept), len(kept)),
        foreseen=Share(sum(foreseen), len(foreseen)),
    )


def was_kept(
    connection: sa.Connection, viewed: Sequence[OwnDecision], in_force: InForce, draw_key: bytes
) -> list[bool]:
    """Whether each view with an outcome was kept, of those after which the machine's part was shown; one type."""
    named = [one for one in viewed if one.leant_to is not None]
    if not named:
        return []
    drawn = {one.case_id: one.drawn for one in named}
    hidden = until_decided(connection, named[0].case_type, drawn, in_force.rules, draw_key)
    is_hidden = dict(zip(drawn, hidden.tolist(), strict=True))
    return [one.leant_to == one.outcome for one in named if not is_hidden[one.case_id]]


def was_foreseen(connection: sa.Connection, viewed: Sequence[OwnDecision], case_type: CaseType) -> list[bool]:
    """Whether each view fitted the work that its case took, of those whose horizon is over; one type."""
    rule = case_type.effort_rule
    over_at = parse_many([one.received_at for one in viewed]) + horizon_of(rule.within_days)
    until = observed_until(connection, case_type.key)
    known = [one for one, at in zip(viewed, over_at, strict=True) if at <= until]
    if not known:
        return []
    names = list(dict.fromkeys(one.case_id for one in known))
    efforts = measure(events_of_cases(connection, case_type.key, names), rule.within_days).reindex(names).fillna(0)
    took = dict(zip(names, is_complex(efforts, rule).tolist(), strict=True))
    return [(one.expected == "complex") == took[one.case_id] for one in known]
