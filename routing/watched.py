"""Where a case type stands and what its blind reviews say so far: read from the records, changing nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

import sqlalchemy as sa

from config.case_type import CaseType
from engine.monitor.change_alarm import is_ringing, log_detector
from engine.monitor.confidence_sequence import Between, confidence_sequence
from engine.monitor.noticing import reviews_to_notice, weeks_to_notice
from engine.monitor.shadow_look import ShadowLook, shadow_look
from engine.monitor.stop_test import STOP_LEVEL, StopTest, stop_test
from models import audit
from models.case_type_states import Phase, State, changes_of, state_of
from models.clock import stamp
from routing.in_force import InForce
from routing.kept_draws import share_in_force
from routing.reviews import Reviews, gather_reviews
from routing.sequences import Sequence, present_sequence
from routing.weekly_share import monday_of, weekly_drafts

STOP_AT = 1 / STOP_LEVEL
"""The evidence at which the stop test stops."""


@dataclass(frozen=True)
class Tally:
    """Blind reviews in numbers; nothing in it speaks of a single case."""

    labelled: int
    complex: int
    waiting: int


@dataclass(frozen=True)
class Evidence:
    """What the reviews of a sequence say.

    Attributes:
        since: when the sequence began, as stored text.
        shadow: the reviews of the newest shadow, and of what followed it.
        all: those of the whole sequence, which the stop test counts.
        between: the complex shares that all of them leave open, whenever one looks.
        is_ringing: the alarm for sudden change is open.
        drafts_a_week: mean weekly would-be drafts of the last eight weeks.
        weeks_to_notice: until twice the promised share would be noticed, horizon included; None where nothing is
            reviewed.
    """

    since: str
    shadow: Tally
    all: Tally
    look: ShadowLook
    stop: StopTest
    between: Between
    is_ringing: bool
    drafts_a_week: float
    weeks_to_notice: float | None


@dataclass(frozen=True)
class Watched:
    """One case type as the watch sees it.

    Attributes:
        by: who let it come to stand there: `user:ID` or `system`.
        promise: the greatest complex share that the rules in force promise.
        horizon_days: after how long a case has its label; 0 for a heavy type, whose cases never have one.
        share: the part of the would-be drafts that is reviewed blind now; 0 where there are none.
        evidence: None where the type has never been in shadow.
        has_moved: this run of the watch has changed the state.
    """

    name: str
    state: State
    by: str
    promise: float
    horizon_days: float
    share: float
    evidence: Evidence | None
    has_moved: bool = False

    @property
    def phase(self) -> Phase:
        """Where it stands."""
        return cast(Phase, self.state.phase)


def look_at(connection: sa.Connection, in_force: InForce, name: str, now: datetime) -> Watched:
    """What the watch sees of one case type at this moment.

    Raises:
        InputError: no such case type.
    """
    case_type = in_force.case_type(name)
    state = state_of(connection, name) or in_force.states[name]
    changes = changes_of(connection, name)
    promise = in_force.rules.guarantee.max_complex_share
    share = _share_now(connection, state, in_force, now)
    sequence = present_sequence(connection, name) if state.weight == "light" else None
    evidence = None
    if sequence is not None:
        evidence = _evidence(connection, case_type, sequence, promise=promise, share=share, now=now)
    by = changes[-1].actor if changes else audit.SYSTEM
    horizon_days = 0.0 if case_type.complexity is None else case_type.complexity.within_days
    return Watched(name, state, by, promise, horizon_days, share, evidence)


def _share_now(connection: sa.Connection, state: State, in_force: InForce, now: datetime) -> float:
    if state.phase == "drafting":
        return share_in_force(connection, state.name, in_force.rules.blind_review.share, stamp(now))
    return 1.0 if state.phase == "shadow" else 0.0


def _evidence(
    connection: sa.Connection,
    case_type: CaseType,
    sequence: Sequence,
    *,
    promise: float,
    share: float,
    now: datetime,
) -> Evidence:
    reviews = gather_reviews(connection, case_type, sequence)
    shadow = reviews.since(sequence.shadow_since)
    stop = stop_test(reviews.is_complex, promise)
    detector = log_detector(reviews.is_complex, promise)
    needed = reviews_to_notice(
        promise,
        stop_from=round(stop.log_evidence, 1),
        alarm_from=round(max(0.0, float(detector[-1])) if len(detector) else 0.0, 1),
    )
    a_week = weekly_drafts(connection, case_type.key, sequence, monday_of(now))
    return Evidence(
        since=sequence.since,
        shadow=_tally(shadow),
        all=_tally(reviews),
        look=shadow_look(shadow.is_complex, promise),
        stop=stop,
        between=confidence_sequence(int(reviews.is_complex.sum()), len(reviews)),
        is_ringing=is_ringing(reviews.is_complex, promise),
        drafts_a_week=a_week,
        weeks_to_notice=weeks_to_notice(needed, share * a_week, case_type.effort_rule.within_days),
    )


def _tally(reviews: Reviews) -> Tally:
    return Tally(len(reviews), int(reviews.is_complex.sum()), len(reviews.waiting_since))
