"""The database reckons days as they are in Denmark: around midnight, and where summer time begins and ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from config.errors import RefusedError
from models.clock import danish_day, parse, stamp
from models.refusals import danish_day_in
from models.workspace_kind import mark_as_demo

HEARD = {"points": [{"field": "amount", "statement": "Du har 12.000 kr. i banken"}]}


def moments() -> list[datetime]:
    """Around midnight of many days, and each quarter of an hour of the nights on which the hour changes."""
    found = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day, hours=hour) for day in range(0, 400, 3)
             for hour in (21, 22, 23)]  # fmt: skip
    for year in range(2020, 2032):
        for month in (3, 10):
            last = next(day for day in range(31, 24, -1) if datetime(year, month, day, tzinfo=UTC).weekday() == 6)
            night = datetime(year, month, last, tzinfo=UTC) - timedelta(hours=3)
            found += [night + timedelta(minutes=15 * step) for step in range(32 * 4)]
    return [one - timedelta(microseconds=1) for one in found] + found


def test_day_in_denmark_is_that_of_our_clock_in_both_databases(records: Any) -> None:
    dialect = records.database.engine.dialect.name
    with records.database.read() as connection:
        for moment in moments():
            at = stamp(moment)
            expression = danish_day_in(dialect, repr(at)).replace("::", r"\:\:")
            found = connection.execute(sa.text(f"SELECT {expression}")).scalar()
            assert found == danish_day(moment), at


@pytest.mark.parametrize(
    ("begun", "at", "is_over"),
    [
        ("2026-07-01T09:00:00.000000Z", "2026-07-14T21:59:59.999999Z", False),
        ("2026-07-01T09:00:00.000000Z", "2026-07-14T22:00:00.000000Z", True),
        ("2026-12-01T09:00:00.000000Z", "2026-12-14T22:59:59.999999Z", False),
        ("2026-12-01T09:00:00.000000Z", "2026-12-14T23:00:00.000000Z", True),
    ],
)
def test_hearing_is_over_when_its_last_day_is_over_in_denmark(
    records: Any, begun: str, at: str, is_over: bool
) -> None:
    """In a demo workspace, whose clock may stand anywhere."""
    now = [parse(begun)]
    records.database = replace(records.database, clock=lambda: now[0])
    with records.database.write() as connection:
        mark_as_demo(connection)
    records.cases(["A1"])
    records.publish_type()
    user = records.user()
    records.act("A1", records.sign_in(user), "hearing", HEARD, until=f"{begun[:8]}14")
    now[0] = parse(at) - timedelta(minutes=1)
    anna = records.sign_in(user)
    now[0] = parse(at)
    if not is_over:
        with pytest.raises(RefusedError, match="the citizen is being heard"):
            records.decide("A1", anna, outcome="refused", hearing="held")
        return
    assert records.decide("A1", anna, outcome="refused", hearing="held").hearing == "held"
