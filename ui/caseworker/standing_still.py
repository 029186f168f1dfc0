"""That the time to decide a case stands still while the citizen or a hearing is awaited, or has done so, in words.

The hours that a law sets, such as those for a report about a child (`clock.py`), never stand still, nor do the
weeks in which a complaint is looked at again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from config.translate import Translator
from config.words import DANISH_TIME, Words
from models.awaited_days import awaited_days
from models.course import last_awaited
from models.deciding_time import look_again_day
from models.working_days import working_days_in
from ui.caseworker.case_record import CaseRecord


def standing_still(case: CaseRecord, now: datetime, say: Translator, words: Words) -> str:
    """What is said beside the deadline of an open case; "" where its time has not stood still."""
    if case.again is not None and look_again_day(case.again, case.case_type) is not None:
        return ""
    today = now.astimezone(DANISH_TIME).date()
    since = str(case.file["received_at"]) if case.again is None else case.again.at
    days = awaited_days(case.acts, since, last_awaited(case.acts))
    if today + timedelta(days=1) in days:
        last = words.short_day(max(days), today)
        return say("stands still until the answer is here, {day} at the latest", day=last)
    number = working_days_in(days)
    if not number:
        return ""
    return say.counted("stood still for {n} working day", "stood still for {n} working days", number)
