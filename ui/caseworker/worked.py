"""How a decision came about: when its page was opened, how long it took, what became of the draft's words."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

import sqlalchemy as sa

from config.criteria import decide
from engine.masking import visible_to_model
from models.act_store import record_act
from models.clock import parse, stamp
from models.decision_store import Decided
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.standing_draft import judged_on

MOST_SECONDS = 2 * 3600
"""A page that was open for longer was left open."""


@dataclass(frozen=True)
class Work:
    """What is known of the work on a decision.

    Attributes:
        opened: when its page was opened, as the form says.
        signed_in_at: when the person signed in.
        drafted: the draft's reasons; None where there was no draft.
        proposed: the outcome that the criteria propose; None where they leave the case to a person.
    """

    opened: str
    signed_in_at: str
    drafted: str | None
    proposed: str | None


def record_worked(connection: sa.Connection, decided: Decided, work: Work) -> None:
    """Store beside a decision how it came about, in the same unit of work."""
    opened_at = believed(work.opened, since=work.signed_in_at, until=decided.decided_at)
    record_act(
        connection,
        case_type=decided.case_type,
        case_id=decided.case_id,
        sign_in_id=decided.sign_in_id,
        kind="worked",
        content={
            "decision_id": decided.id,
            "opened_at": opened_at or decided.decided_at,
            "seconds": seconds_between(opened_at, decided.decided_at),
            "edits": 0 if work.drafted is None else words_changed(work.drafted, decided.reasons),
            "agrees": None if work.proposed is None else work.proposed == decided.outcome,
        },
    )


def believed(opened: str, *, since: str, until: str) -> str | None:
    """The moment that a form sent back, None where it cannot be: malformed, before the sign-in, in the future.

    Example:
        >>> begun, ended = "2026-11-24T08:00:00.000000Z", "2026-11-24T09:00:00.000000Z"
        >>> believed("2026-11-24T08:30:00.000000Z", since=begun, until=ended)
        '2026-11-24T08:30:00.000000Z'
        >>> believed("2026-11-24T07:30:00.000000Z", since=begun, until=ended), believed("soon", since="", until="")
        (None, None)
    """
    try:
        is_moment = stamp(parse(opened)) == opened
    except ValueError:
        return None
    return opened if is_moment and since <= opened <= until else None


def seconds_between(opened_at: str | None, decided_at: str) -> int:
    """Whole seconds, at most `MOST_SECONDS`; 0 where it is not known when the page was opened."""
    if opened_at is None:
        return 0
    return min(MOST_SECONDS, max(1, round((parse(decided_at) - parse(opened_at)).total_seconds())))


def words_changed(drafted: str, written: str) -> int:
    """How many words were put in, taken out or replaced.

    Example:
        >>> words_changed("By section 4.", "By section 4."), words_changed("By section 4.", "By section 5, now.")
        (0, 2)
    """
    compared = SequenceMatcher(a=drafted.split(), b=written.split(), autojunk=False)
    changes = (one for one in compared.get_opcodes() if one[0] != "equal")
    return sum(max(a_end - a, b_end - b) for _, a, a_end, b, b_end in changes)


def proposed_outcome(case: CaseRecord) -> str | None:
    """What the criteria, and with them a draft, propose; None where they leave the case to a person."""
    if case.case_type.weight != "light" or not case.case_type.criteria:
        return None
    visible = visible_to_model(case.facts, case.case_type, case.consents)
    outcome = decide(case.case_type, visible, judged_on(case)).outcome.value(0)
    return None if outcome is None else str(outcome)
