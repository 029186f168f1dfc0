"""The share of would-be drafts that is reviewed blind this week: worked out each Monday, and put on record once.

It rests on the records as of Monday 00:00 in Denmark, is the same for everybody all week, and stands in the audit
trail, so that a past draw can be made again whatever has been erased since.
"""

from __future__ import annotations

import json
from collections.abc import Sequence as Many
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from config.words import DANISH_TIME
from engine.monitor.review_share import WEEKS_OF_DRAFTS, WEEKS_TO_HALVE, review_share
from models import audit
from models.blind_reviews import would_be_drafts
from models.clock import parse, stamp
from models.tables import AUDIT
from routing.sequences import Sequence

SHARE_SET = "review_share.set"
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class ShareSet:
    """The share of the week that begins on a Monday, and the mean weekly would-be drafts that it rests on."""

    week: date
    share: float
    drafts_a_week: float


def monday_of(moment: datetime) -> date:
    """The Monday of a moment's week in Denmark.

    Example:
        >>> from datetime import UTC
        >>> monday_of(datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
        datetime.date(2026, 11, 23)
    """
    day = moment.astimezone(DANISH_TIME).date()
    return day - timedelta(days=day.weekday())


def begins(day: date) -> datetime:
    """The first moment of a day in Denmark."""
    return datetime.combine(day, time(), DANISH_TIME)


def shares_set(connection: sa.Connection, name: str, since: str, until: str) -> list[ShareSet]:
    """The weekly shares put on record between two moments, both included, oldest first."""
    mine = (AUDIT.c.action == SHARE_SET) & (AUDIT.c.subject == f"case_type:{name}")
    then = mine & (AUDIT.c.at >= since) & (AUDIT.c.at <= until)
    rows = connection.execute(sa.select(AUDIT.c.payload).where(then).order_by(AUDIT.c.seq)).scalars()
    told = [json.loads(payload) for payload in rows]
    return [
        ShareSet(date.fromisoformat(one["week"]), float(one["share"]), float(one["weekly_drafts"])) for one in told
    ]


def weekly_drafts(connection: sa.Connection, name: str, sequence: Sequence, monday: date) -> float:
    """Mean weekly would-be drafts of the eight weeks before a Monday, or of as many as the sequence has lived."""
    begun = max(begins(monday - WEEKS_OF_DRAFTS * A_WEEK), min(parse(sequence.since), begins(monday) - A_WEEK))
    weeks = (begins(monday) - begun) / A_WEEK
    return would_be_drafts(connection, name, stamp(begun), stamp(begins(monday))) / weeks


def share_for(monday: date, least: float, drafts_a_week: float, earlier: Many[ShareSet]) -> float:
    """The share of the week that begins on `monday`; `earlier` are this drafting's shares so far, oldest first."""
    weeks = [monday - back * A_WEEK for back in range(WEEKS_TO_HALVE, 0, -1)]
    before = [share for week in weeks if (share := _in_force(earlier, week)) is not None]
    return review_share(least, drafts_a_week, before)


def _in_force(shares: Many[ShareSet], week: date) -> float | None:
    """The share in a week: that of the newest Monday at or before it, so that a week without a run keeps it."""
    known = [one.share for one in shares if one.week <= week]
    return known[-1] if known else None


def record_share(connection: sa.Connection, name: str, made: ShareSet) -> None:
    """Put a week's share on record, as the machine's own act."""
    payload = {"week": made.week.isoformat(), "share": made.share, "weekly_drafts": made.drafts_a_week}
    audit.append(connection, actor=audit.SYSTEM, action=SHARE_SET, subject=f"case_type:{name}", payload=payload)
