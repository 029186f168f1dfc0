"""What the database refuses by itself, whoever asks: the promises written as conditions that must never hold.

`refusals.py` has their form, `triggers.py` turns them into triggers.
"""

from __future__ import annotations

from models.act_refusals import CASE_ACT_REFUSALS
from models.case_refusals import (
    CASE_ASSIGNED_REFUSALS,
    CASE_REOPENED_REFUSALS,
    CASE_TOLD_REFUSALS,
    CASE_WAITS_REFUSALS,
)
from models.hearing_refusals import NO_CONFLICT_AT_ALL
from models.person_refusals import DECISION_REFUSALS, HANDLING, PROFESSIONAL_ASSESSMENT_REFUSALS, signed_in
from models.refusals import (
    Guard,
    Refusal,
    far_from_now,
    malformed,
    never,
    no_replace,
    no_truncate,
    until_erased,
)

CASE = ("case_type", "case_id")

REPLACE_KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "published": (("id",), ("kind", "name", "version")),
    "published_outcome": (("case_type", "version", "outcome"),),
    "state_change": (("id",),),
    "trained_model": (("case_type", "version"),),
    "measurement": (("id",), ("case_type", "model_version", "calibration_digest", "k")),
    "audit": (("seq",),),
    "workspace_fact": (("key",),),
    "erasure": (CASE,),
    "case_file": (CASE,),
    "case_facts": ((*CASE, "version"),),
    "case_salt": (CASE,),
    "consent": (("id",), (*CASE, "field", "answered_at", "answer")),
    "assessment": (("id",), (*CASE, "made_at")),
    "decision": (("id",), (*CASE, "round")),
    "professional_assessment": (("id",), CASE),
    "case_act": (("id",),),
    "document": (("id",),),
    "letter": (("id",), ("decision_id",)),
    "letter_file": (("letter_id", "language", "format"),),
    "user_account": (("id",), ("name",)),
    "sign_in": (("id",), ("token_hash",)),
}

PUBLISHED_OUTCOME_REFUSALS = (
    Refusal(
        "NOT EXISTS (SELECT 1 FROM published p WHERE p.kind = 'case_type' AND p.name = NEW.case_type"
        " AND p.version = NEW.version)",
        "an outcome belongs to a published version of its case type",
    ),
)
LETTER_REFUSALS = (
    Refusal(
        "NEW.decision_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.id = NEW.decision_id"
        " AND d.case_type = NEW.case_type AND d.case_id = NEW.case_id)",
        "a letter tells of a decision of its own case, and of one that is on record",
    ),
    Refusal(malformed("NEW.sent_at"), "sent_at must be UTC text such as 2026-11-23T09:05:00.000000Z"),
    Refusal(far_from_now("NEW.sent_at"), "a letter is stored when it is sent; check this machine's clock"),
)
LETTER_FILE_REFUSALS = (
    Refusal(
        "NOT EXISTS (SELECT 1 FROM letter l WHERE l.id = NEW.letter_id AND l.case_type = NEW.case_type"
        " AND l.case_id = NEW.case_id AND l.audit_batch = NEW.audit_batch)",
        "a letter's files are stored together with the letter",
    ),
)
AUDIT_REFUSALS = (
    Refusal(
        "NEW.seq <> 1 + coalesce((SELECT max(a.seq) FROM audit a), 0)",
        "an audit entry's number follows the one before",
    ),
    Refusal(
        "NEW.seq > 1 AND NEW.previous_hash <> (SELECT a.hash FROM audit a WHERE a.seq = NEW.seq - 1)",
        "an audit entry names the hash of the one before",
    ),
)
SIGN_IN_REFUSALS = (
    Refusal(malformed("NEW.at"), "a sign-in's time must be UTC text"),
    Refusal(malformed("NEW.expires_at"), "a sign-in's end must be UTC text"),
    Refusal(
        "EXISTS (SELECT 1 FROM user_account u WHERE u.id = NEW.user_id AND u.disabled_at <= NEW.at)",
        "this user has been disabled and cannot sign in",
    ),
    Refusal(far_from_now("NEW.at"), "a sign-in begins now; check this machine's clock"),
)
DEMO_REFUSALS = (
    Refusal(
        "NEW.key = 'demo' AND EXISTS (SELECT 1 FROM case_file)",
        "a workspace that holds cases never becomes a demo",
    ),
)

STATE = "SELECT 1 FROM case_type_state t WHERE t.name = {row}.case_type AND t.weight = {row}.weight"
ASSESSMENT_WRONG = (
    f"NOT EXISTS ({STATE} AND ({{row}}.route <> 'draft' OR (t.status = 'live' AND t.phase = 'drafting')))"
)
ASSESSMENT_SENTENCE = (
    "an assessment carries its case type's own weight, and a draft needs a case type that is live and drafting"
)

ACCOUNT_FIXED = ("id", "name", "kind", "created_at", "salt", "audit_batch")
SIGN_IN_FIXED = (
    "id",
    "user_id",
    "at",
    "method",
    "purpose",
    "token_hash",
    "csrf_secret",
    "expires_at",
    "audit_batch",
)


def true_at_first() -> list[Guard]:
    """Guards of what must be true when a row is first written."""
    return [
        Guard("decision_by_a_person", "decision", "INSERT", DECISION_REFUSALS),
        Guard(
            "professional_assessment_by_a_person",
            "professional_assessment",
            "INSERT",
            PROFESSIONAL_ASSESSMENT_REFUSALS,
        ),
        Guard("case_act_by_a_person", "case_act", "INSERT", CASE_ACT_REFUSALS),
        Guard("published_outcome_of_a_case_type", "published_outcome", "INSERT", PUBLISHED_OUTCOME_REFUSALS),
        Guard("document_by_a_person", "document", "INSERT", (*signed_in(HANDLING), NO_CONFLICT_AT_ALL)),
        Guard("letter_of_its_case", "letter", "INSERT", LETTER_REFUSALS),
        Guard("letter_file_with_its_letter", "letter_file", "INSERT", LETTER_FILE_REFUSALS),
        Guard(
            "assessment_fits_its_type",
            "assessment",
            "INSERT",
            (Refusal(ASSESSMENT_WRONG.format(row="NEW"), ASSESSMENT_SENTENCE),),
            new_rows=ASSESSMENT_WRONG.format(row="n"),
        ),
        Guard(
            "audit_continues_the_chain",
            "audit",
            "INSERT",
            AUDIT_REFUSALS,
        ),
        Guard(
            "sign_in_begins_now",
            "sign_in",
            "INSERT",
            SIGN_IN_REFUSALS,
        ),
        Guard(
            "workspace_fact_demo_from_the_start",
            "workspace_fact",
            "INSERT",
            DEMO_REFUSALS,
        ),
    ]


def changed_a_little() -> list[Guard]:
    """Guards of rows of which only a part may change, and only in one direction."""
    fixed = "this part of {} is never changed"
    return [
        Guard("sign_in_fixed", "sign_in", "UPDATE", (Refusal("1 = 1", fixed.format("a sign-in")),), SIGN_IN_FIXED),
        Guard(
            "sign_in_stays_ended",
            "sign_in",
            "UPDATE",
            (
                Refusal(
                    "OLD.ended_at IS NOT NULL AND (NEW.ended_at IS NULL OR NEW.ended_at <> OLD.ended_at)",
                    "a sign-in that has ended stays ended",
                ),
            ),
            ("ended_at",),
        ),
        Guard(
            "account_fixed", "user_account", "UPDATE", (Refusal("1 = 1", fixed.format("a user")),), ACCOUNT_FIXED
        ),
        Guard(
            "case_file_fixed",
            "case_file",
            "UPDATE",
            (Refusal("1 = 1", "a case keeps its number and the time it was received"),),
            (*CASE, "received_at"),
        ),
        Guard(
            "case_file_waits_for_a_day", "case_file", "UPDATE", CASE_WAITS_REFUSALS, ("awaiting", "awaiting_until")
        ),
        Guard("case_file_closed_when_told", "case_file", "UPDATE", CASE_TOLD_REFUSALS, ("status", "awaiting")),
        Guard("case_file_without_conflict", "case_file", "UPDATE", CASE_ASSIGNED_REFUSALS, ("assigned_to",)),
        Guard("case_file_stays_closed", "case_file", "UPDATE", CASE_REOPENED_REFUSALS, ("status",)),
        Guard("citizen_fixed", "citizen", "UPDATE", (Refusal("1 = 1", fixed.format("a citizen")),), ("ref",)),
        Guard(
            "citizen_no_delete",
            "citizen",
            "DELETE",
            (
                Refusal(
                    "EXISTS (SELECT 1 FROM case_file c WHERE c.citizen_ref = OLD.ref)",
                    "a citizen is deleted only with the last of their cases",
                ),
            ),
        ),
    ]


def guards() -> list[Guard]:
    """Every guard, in the order in which they are made."""
    made: list[Guard] = [*true_at_first(), *changed_a_little()]
    for table, what in {
        "published": "what has been published",
        "published_outcome": "an outcome of what has been published",
        "state_change": "a change of a case type's state",
        "trained_model": "a trained model's record",
        "measurement": "a measurement of the promise",
        "audit": "the audit trail",
        "workspace_fact": "a fact about the workspace",
        "erasure": "an order to erase a case",
    }.items():
        made += never(table, what)
    for table, what in {
        "assessment": "an assessment",
        "decision": "a decision",
        "professional_assessment": "a professional assessment",
        "case_act": "what was done to a case",
        "document": "a document",
        "letter": "a letter",
        "letter_file": "a letter's file",
        "case_facts": "what was recorded of a case",
        "consent": "a consent",
        "case_salt": "a case's salt",
        "case_event": "an event",
    }.items():
        made += [never(table, what)[0], until_erased(table, what)]
    made.append(until_erased("case_file", "a case"))
    made += [never(table, what)[1] for table, what in {"user_account": "a user", "sign_in": "a sign-in"}.items()]
    made.append(never("case_type_state", "a case type's state")[1])
    made += [no_replace(table, *keys) for table, keys in REPLACE_KEYS.items()]
    made += [no_truncate(table) for table in (*REPLACE_KEYS, "case_event", "case_type_state", "citizen")]
    return made
