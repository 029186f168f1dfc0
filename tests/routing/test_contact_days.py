"""The days within which a rule wants the citizen contacted are working days; its hours, and the law's, are not."""

from __future__ import annotations

import numpy as np
import pytest

from config.case_type import read_case_type
from config.routing_rules import read_rules
from routing.contact_days import after_working_days
from routing.hand_over import hand_over

TYPE = "name: {da: Bøde, en: Fine}\ncomplexity: {within_days: 60, any: [{days: {above: 30}}]}\n"
RULES = """
teams: {intake: {per_week: 100}}
routes:
  - {name: Early contact, when: {complexity: {at_least: 0}}, to: caseworker, team: intake, contact_within: LENGTH}
default: {to: caseworker, team: intake}
"""


@pytest.mark.parametrize(
    ("came", "days", "due"),
    [
        ("2026-11-26T08:30", 2, "2026-11-30T08:30"),  # Thursday, over a weekend
        ("2026-11-28T08:30", 1, "2026-11-30T08:30"),  # Saturday
        ("2026-12-23T08:30", 2, "2026-12-29T08:30"),  # Christmas Eve is none
        ("2026-11-26T23:30", 1, "2026-11-29T23:30"),  # half past midnight on Friday, in Denmark
        ("2026-10-23T08:30", 1, "2026-10-26T09:30"),  # the clocks go back: half past ten both days
        ("2026-03-26T09:30", 2, "2026-03-30T08:30"),  # and forward
    ],
)
def test_working_days_keep_the_time_of_day_in_denmark(came, days, due):
    later = after_working_days(np.array([came], dtype="datetime64[us]"), np.array([days]))
    assert later.tolist() == np.array([due], dtype="datetime64[us]").tolist()


def test_none_where_no_days_are_given():
    moments = np.array(["2026-11-26T08:30", "2026-11-26T08:30"], dtype="datetime64[us]")
    assert np.isnat(after_working_days(moments, np.array([0, 2]))).tolist() == [True, False]
    assert len(after_working_days(moments[:0], np.array([], dtype=np.int64))) == 0


def contact_by(length: str, by_law: str = "", *, counts_working_days: bool = True) -> str:
    case_type = read_case_type(TYPE + by_law, name="fines", file="fines.yaml")
    rules = read_rules(RULES.replace("LENGTH", length), file="routing.yaml", case_types={"fines": case_type})
    first = np.zeros(1, dtype=np.int16)
    handed = hand_over(
        rules,
        floor=first - 1,
        matched=first,
        among_people=first,
        arrivals=np.array(["2026-11-27T08:30"], dtype="datetime64[us]"),
        case_type=case_type,
        counts_working_days=counts_working_days,
    )
    return str(handed.contact_by[0])[:16]


def test_hours_run_through_the_weekend_and_days_do_not():
    assert contact_by("24h") == "2026-11-28T08:30"
    assert contact_by("1d") == "2026-11-30T08:30"
    assert contact_by("1d", counts_working_days=False) == "2026-11-28T08:30"


def test_the_hours_of_the_law_are_not_made_longer_by_a_rule():
    assert contact_by("2d", "deadlines: {contact_within_hours: 24}\n") == "2026-11-28T08:30"
