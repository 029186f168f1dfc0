"""What the database asks of every act that is done to a case: by whom, about what, and how the case must stand."""

from __future__ import annotations

from collections.abc import Iterable

from models.accounts import DECIDING_ROLES
from models.act_kinds import KINDS, kinds_where
from models.hearing_refusals import CONFLICTED
from models.person_refusals import HANDLING, SAME_CASE, signed_in
from models.refusals import Refusal, far_from_now, malformed
from models.second_reader_refusals import SECOND_READER_REFUSALS

IS = f"EXISTS (SELECT 1 FROM case_file c WHERE {SAME_CASE.format(row='c')} AND c.status = '{{status}}')"
UNSENT = (
    f"EXISTS (SELECT 1 FROM case_file c JOIN case_act x ON {SAME_CASE.format(row='x')}"
    " AND x.kind = 'dispatch_failed'"
    f" WHERE {SAME_CASE.format(row='c')} AND c.status = 'open' AND c.awaiting = 'dispatch' AND x.at >="
    f" (SELECT max(d.decided_at) FROM decision d WHERE {SAME_CASE.format(row='d')}))"
)
"""SQL: the case is decided and the citizen has not been told, for the letter could not be sent."""
ABOUT = f"EXISTS (SELECT 1 FROM case_act a WHERE a.id = NEW.about_act AND {SAME_CASE.format(row='a')}{{more}})"
MACHINES = [name for name, kind in KINDS.items() if kind.by_machine]


def among(names: Iterable[str]) -> str:
    """SQL: the act is of one of these kinds."""
    return f"NEW.kind IN ({', '.join(repr(name) for name in names)})"


def about_refusals() -> Iterable[Refusal]:
    """An act that answers another names it; one that answers nothing names none."""
    for earlier in sorted({kind.about for kind in KINDS.values() if kind.about is not None}):
        later = among(name for name, kind in KINDS.items() if kind.about == earlier)
        of_kind = f" AND a.kind = '{earlier}'"
        first = [name for name, kind in KINDS.items() if kind.about == earlier and kind.may_be_first]
        is_first = f" AND NOT ({among(first)} AND NEW.about_act IS NULL)" if first else ""
        yield Refusal(
            f"{later} AND NOT {ABOUT.format(more=of_kind)}{is_first}",
            "this step names the earlier one that it is about, in the same case and of the right kind",
        )
    alone = among(name for name, kind in KINDS.items() if kind.about is None)
    yield Refusal(f"{alone} AND NEW.about_act IS NOT NULL", "this step is about no earlier one")


def conflict_of(user: str) -> str:
    """SQL: a user has declared a conflict of interest in the case of the new row."""
    return (
        "EXISTS (SELECT 1 FROM case_act a JOIN sign_in s ON s.id = a.sign_in_id"
        f" WHERE s.user_id = {user} AND {SAME_CASE.format(row='a')} AND a.kind = 'conflict')"
    )


NO_PART = Refusal(
    f"NEW.kind NOT IN ('handed_over', 'conflict') AND {CONFLICTED}",
    "you have declared that you may take no part in this case",
)
"""Asked of every step: whoever may take no part (forvaltningsloven § 3) hands the case over and does no more."""

CASE_ACT_REFUSALS = (
    Refusal(f"NOT {among(KINDS)}", "no such step can be taken in a case"),
    Refusal(
        f"(NEW.sign_in_id IS NULL) <> ({among(MACHINES)})",
        "a step in a case needs a person's sign-in, save those that the machine takes by itself",
    ),
    *(
        Refusal(f"NEW.sign_in_id IS NOT NULL AND {refusal.wrong}", refusal.sentence)
        for refusal in signed_in(HANDLING)
    ),
    Refusal(malformed("NEW.at"), "at must be UTC text such as 2026-11-23T09:05:00.000000Z"),
    Refusal(far_from_now("NEW.at"), "the time of the step in a case is not now; check this machine's clock"),
    Refusal(
        f"{among(kinds_where(case='open'))} AND NOT {IS.format(status='open')}",
        "this case is not open, so this can no longer be done",
    ),
    Refusal(
        f"{among(kinds_where(case='closed'))} AND NOT {IS.format(status='closed')} AND NOT {UNSENT}",
        "this case is not closed, so it cannot be reopened",
    ),
    Refusal(
        "NEW.kind = 'reopened' AND NOT EXISTS"
        f" (SELECT 1 FROM decision d WHERE {SAME_CASE.format(row='d')} AND d.decided_at <= NEW.at)",
        "only a case that was decided here can be reopened",
    ),
    *about_refusals(),
    Refusal(
        f"({among(kinds_where(until=True))}) <> (NEW.until IS NOT NULL) OR length(NEW.until) <> 10",
        "this step names its last day, such as 2026-12-07, and others name none",
    ),
    Refusal(
        f"{among(kinds_where(to_user='never'))} AND NEW.to_user IS NOT NULL"
        f" OR {among(kinds_where(to_user='needed'))} AND NEW.to_user IS NULL",
        "this step names the colleague it goes to, and others name none",
    ),
    Refusal(
        "NEW.to_user IS NOT NULL AND NOT EXISTS (SELECT 1 FROM user_account u WHERE u.id = NEW.to_user"
        f" AND u.kind = 'person' AND u.role IN {DECIDING_ROLES} AND u.team IS NOT NULL"
        " AND (u.disabled_at IS NULL OR u.disabled_at > NEW.at))",
        "a case goes to a caseworker or a team lead who has a team and still works here",
    ),
    Refusal(
        f"NEW.to_user IS NOT NULL AND {conflict_of('NEW.to_user')}",
        "this colleague has declared that they may take no part in this case; choose another",
    ),
    NO_PART,
    *SECOND_READER_REFUSALS,
)
