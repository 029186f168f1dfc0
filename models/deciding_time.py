"""By when a case is to be decided: the time that its case type gives, stood still while an answer is awaited.

One that was decided and taken up again has its time anew: from the reopening, and on a complaint the weeks in
which the office looks again (genvurdering), from the day the complaint came; those stand still for nobody.
"""

from __future__ import annotations

from datetime import date, timedelta

from config.case_type import CaseType
from config.outcomes import Appeal
from models.clock import danish_day, parse
from models.course import Course
from models.reopenings import COMPLAINT, Again
from models.working_days import working_day_from, working_days_later


def decide_by(received_at: str, case_type: CaseType | None, course: Course) -> date | None:
    """The last day to decide a case that came at a moment; None where its type gives no time."""
    if course.again is not None:
        last = look_again_day(course.again, case_type)
        if last is not None:
            return last
    days = None if case_type is None else case_type.deadlines.decide_within_days
    if days is None:
        return None
    since = received_at if course.again is None else course.again.at
    return working_days_later(day_of(since) + timedelta(days=days), course.still)


def look_again_day(again: Again, case_type: CaseType | None) -> date | None:
    """The last day to look again on a complaint; None on another ground, or where the office does not look again.

    A complaint that nobody registered counts from the reopening.
    """
    if again.ground != COMPLAINT or case_type is None or again.outcome is None:
        return None
    came = again.complained_on
    return look_again_by(
        appeal_from(case_type, again.outcome), day_of(again.at) if came is None else date.fromisoformat(came)
    )


def appeal_from(case_type: CaseType, outcome: str) -> Appeal | None:
    """Where complaints of an outcome go; None where the case type does not say."""
    declared = case_type.outcomes.get(outcome)
    return case_type.appeal if declared is None or declared.appeal is None else declared.appeal


def look_again_by(appeal: Appeal | None, received: date) -> date | None:
    """By when the office has looked again at a case with a complaint; None where it does not."""
    if appeal is None or not appeal.reassess_weeks:
        return None
    return working_day_from(received + timedelta(weeks=appeal.reassess_weeks))


def day_of(moment: str) -> date:
    """The day in Denmark of a stored moment."""
    return date.fromisoformat(danish_day(parse(moment)))
