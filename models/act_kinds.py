"""Every kind of act that is done to a case, and what each asks for; the database's guards are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from models import act_contents as of


@dataclass(frozen=True)
class Kind:
    """One kind of act.

    Attributes:
        content: what it says.
        case: how the case must stand, None where it does not matter.
        about: the kind of earlier act that it must name, None where it names none.
        may_be_first: it may also be about none.
        to_user: whether it names a person it goes to.
        until: whether it names a day.
        by_machine: whether the machine does it, without a sign-in.
    """

    content: type[of.Content]
    case: Literal["open", "closed"] | None = None
    about: str | None = None
    may_be_first: bool = False
    to_user: Literal["needed", "possible", "never"] = "never"
    until: bool = False
    by_machine: bool = False


KINDS: Mapping[str, Kind] = {
    "note": Kind(of.Note),
    "handed_over": Kind(of.HandedOver, case="open", to_user="possible"),
    "conflict": Kind(of.Conflict, case="open"),
    "parked": Kind(of.Parked, case="open", until=True),
    "resumed": Kind(of.Nothing, case="open"),
    "follow_up": Kind(of.FollowUp, until=True),
    "followed_up": Kind(of.Nothing),
    "asked": Kind(of.Asked, case="open", until=True),
    "reminded": Kind(of.Reminded, case="open", about="asked", until=True),
    "answered": Kind(of.Answered, about="asked"),
    "hearing": Kind(of.Hearing, case="open", until=True),
    "hearing_answered": Kind(of.HearingAnswered, about="hearing"),
    "hearing_exception": Kind(of.HearingException, case="open"),
    "represented": Kind(of.Represented),
    "representation_ended": Kind(of.Nothing, about="represented"),
    "first_view": Kind(of.FirstView, case="open"),
    "feedback": Kind(of.Feedback),
    "dilemma": Kind(of.Dilemma),
    "second_reader_asked": Kind(
        of.SecondReaderAsked, case="open", about="second_reader_asked", may_be_first=True, to_user="needed"
    ),
    "second_read": Kind(of.SecondRead, about="second_reader_asked"),
    "reopened": Kind(of.Reopened, case="closed"),
    "complaint": Kind(of.Complaint),
    "dispatch_failed": Kind(of.DispatchFailed, by_machine=True),
    "worked": Kind(of.Worked),
}


def kinds_where(*, case: str | None = None, until: bool | None = None, to_user: str | None = None) -> list[str]:
    """Names of the kinds that are so."""
    return [
        name
        for name, kind in KINDS.items()
        if (case is None or kind.case == case)
        and (until is None or kind.until == until)
        and (to_user is None or kind.to_user == to_user)
    ]
