"""What the invented steward does, and how many days ago: each type is taken into use, one after the other."""

from __future__ import annotations

from dataclasses import dataclass

STEWARD = "birgit"


@dataclass(frozen=True)
class Live:
    """A case type goes live: with a model that was trained two days before, unless it is heavy."""

    case_type: str
    days_ago: int
    is_trained: bool = True


LIVES = (
    Live("child_report", 420, is_trained=False),
    Live("dental_aid", 335),
    Live("daycare_subsidy", 320),
    Live("health_supplement", 290),
    Live("assistive_devices", 260),
    Live("rent_deposit_loan", 48),
)
"""Dental aid drafts before it drifts and is stopped; day-care subsidy and health supplement draft today; rent deposit
loan is in shadow still; of assistive devices nothing can be promised."""
