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
    Live("daycare_subsidy", 285),
    Live("health_supplement", 250),
    Live("assistive_devices", 230),
    Live("rent_deposit_loan", 48),
)
"""Dental aid drafts before it drifts and is stopped; day-care subsidy and health supplement draft today; rent
deposit loan is in shadow still; of assistive devices nothing can be promised."""

NEVER_DRAFTED = ("child_report", "assistive_devices")

TRAINED_AGAIN = {
    "dental_aid": (308, 281),
    "daycare_subsidy": (240, 200, 155),
    "health_supplement": (215, 180, 150),
}
"""So many days ago the steward trains again, where nothing had been proved; by then more cases are known."""

WORTH_TRAINING_AGAIN = 1000
"""With fewer cases than this in two years, a few months more prove nothing either."""

STOPPED, STOPPED_DAYS_AGO, TEAM_LEAD = "dental_aid", 35, "preben"
WHY_STOPPED = (
    "Små regninger fra borgere på kontanthjælp skal nu ses efter sammen med jobcentret. Det tager tid, og det ved"
    " maskinen ikke. Den skal ikke lave udkast, før den har lært det."
)
"""Where the machine has not stopped by itself by then, the lead of the team stops it."""

SCREEN_MONTHS = 3
"""The office has the review screen from the first day of the month that lies so many before this one."""
