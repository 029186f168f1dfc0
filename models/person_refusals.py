"""What the database asks of an act that only a natural person may do: to decide a case, to assess a report."""

from __future__ import annotations

from dataclasses import dataclass

from models.hearing_refusals import LAWFUL_DECISION_REFUSALS, NO_CONFLICT
from models.refusals import Refusal, far_from_now, malformed
from models.stale_assessments import STALE_REFUSALS, STALE_REPORT_REFUSALS

SIGN_IN = "SELECT 1 FROM sign_in s JOIN user_account u ON u.id = s.user_id WHERE s.id = NEW.sign_in_id"
SAME_CASE = "{row}.case_type = NEW.case_type AND {row}.case_id = NEW.case_id"


@dataclass(frozen=True)
class Act:
    """An act in words, and the column that says when it was done."""

    noun: str
    verb: str
    does: str
    done: str
    column: str


DECIDING = Act("decision", "decide", "decides", "decided", "decided_at")
ASSESSING = Act("professional assessment", "assess", "assesses", "assessed", "assessed_at")
HANDLING = Act("step in a case", "handle", "handles", "handled", "at")


def by_a_person(act: Act) -> tuple[Refusal, ...]:
    """The act is done under the live sign-in of a person who may, now, on an open case."""
    return (
        *signed_in(act),
        Refusal(
            f"NOT EXISTS (SELECT 1 FROM case_file c WHERE {SAME_CASE.format(row='c')} AND c.status = 'open')",
            f"this case is not open, so it cannot be {act.done}",
        ),
    )


def signed_in(act: Act) -> tuple[Refusal, ...]:
    """The act is done under the live sign-in of a person who may, now."""
    at = f"NEW.{act.column}"
    return (
        Refusal(
            f"NOT EXISTS ({SIGN_IN})",
            f"a {act.noun} needs a person's sign-in, and this one is not on record",
        ),
        Refusal(
            f"NOT EXISTS ({SIGN_IN} AND u.kind = 'person' AND lower(u.name) <> 'system')",
            f"only a natural person {act.does} a case; the machine and its services cannot",
        ),
        Refusal(
            f"NOT EXISTS ({SIGN_IN} AND u.role IN ('caseworker', 'team_lead'))",
            f"only a caseworker or a team lead {act.does} a case",
        ),
        Refusal(
            f"NOT EXISTS ({SIGN_IN} AND (u.disabled_at IS NULL OR u.disabled_at > {at}))",
            f"this user has been disabled and can no longer {act.verb} cases",
        ),
        Refusal(
            f"NOT EXISTS ({SIGN_IN} AND s.purpose = 'session')",
            f"this sign-in was made for another act; sign in to {act.verb} cases",
        ),
        Refusal(malformed(at), f"{act.column} must be UTC text such as 2026-11-23T09:05:00.000000Z"),
        Refusal(
            f"NOT EXISTS ({SIGN_IN} AND s.at <= {at} AND s.expires_at > {at}"
            f" AND (s.ended_at IS NULL OR s.ended_at > {at}))",
            f"the sign-in was not live when the case was {act.done}; sign in again",
        ),
        Refusal(far_from_now(at), f"the time of the {act.noun} is not now; check this machine's clock"),
    )


DECISION_REFUSALS = (
    *by_a_person(DECIDING),
    Refusal(
        f"NEW.round <> 1 + coalesce((SELECT max(d.round) FROM decision d WHERE {SAME_CASE.format(row='d')}), 0)",
        "this case has just been decided by somebody else",
    ),
    Refusal(
        "NEW.assessment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM assessment a WHERE a.id = NEW.assessment_id"
        f" AND {SAME_CASE.format(row='a')})",
        "the assessment shown belongs to another case",
    ),
    Refusal(
        "(NEW.round > 1) <> (NEW.replaces IS NOT NULL) OR (NEW.replaces IS NOT NULL AND NOT EXISTS (SELECT 1"
        f" FROM decision d WHERE d.id = NEW.replaces AND {SAME_CASE.format(row='d')}))",
        "a new decision refers to the one it replaces, and a first one to none",
    ),
    Refusal(
        "NEW.draft_use IS NOT NULL AND NEW.draft_use NOT IN ('approved', 'changed', 'discarded')",
        "a draft was approved, changed or discarded, or there was none",
    ),
    Refusal(
        "NEW.draft_use IS NOT NULL AND NOT EXISTS (SELECT 1 FROM assessment a WHERE a.id = NEW.assessment_id"
        " AND a.route = 'draft')",
        "only a draft that the assessment proposed can be approved, changed or discarded",
    ),
    *STALE_REFUSALS,
    *LAWFUL_DECISION_REFUSALS,
)

PROFESSIONAL_ASSESSMENT_REFUSALS = (
    *by_a_person(ASSESSING),
    Refusal(
        f"EXISTS (SELECT 1 FROM professional_assessment p WHERE {SAME_CASE.format(row='p')})",
        "this case has just been assessed by somebody else",
    ),
    *STALE_REPORT_REFUSALS,
    NO_CONFLICT,
)
