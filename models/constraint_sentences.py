"""The plain sentence behind each named constraint."""

from __future__ import annotations

import re

SENTENCES = {
    "published_kind_is_known": "only case_type, rules and letters can be published",
    "published_version_counts_from_one": "a published version counts from 1",
    "state_weight_is_known": "a case type's weight is light or heavy",
    "state_status_is_known": "a case type's status is trial or live",
    "state_phase_is_known": "a case type's phase is trial, shadow, drafting or stopped",
    "state_only_a_light_live_type_drafts": "only a light case type that is live can be in shadow or draft",
    "case_status_is_known": "a case is open or closed",
    "case_closed_has_its_time": "a closed case has the time it was closed, an open one has none",
    "case_has_an_id": "a case needs an id",
    "facts_version_counts_from_one": "a version of a case's facts counts from 1",
    "consent_answer_is_yes_or_no": "a consent is answered by yes or no",
    "account_kind_is_known": "a user is a person or a service",
    "account_role_is_known": "a role is caseworker, team_lead, steward or auditor",
    "account_system_is_no_person": "the name 'system' is kept for the machine; choose another",
    "account_has_a_name": "a user needs a name",
    "sign_in_lasts_a_while": "a sign-in expires after it begins",
    "measurement_counts_from_one": "a measurement counts from 1",
    "measurement_population_is_known": "a measurement's population is could_draft or in_force",
    "assessment_weight_is_known": "an assessment's weight is light or heavy",
    "assessment_route_is_known": "a route is draft or caseworker",
    "assessment_draft_needs_every_gate_open": (
        "a draft needs a light case with a score, every gate open, no floor rule and no blind review"
    ),
    "assessment_heavy_has_no_score": "a heavy case gets no score: it is handled by people alone",
    "assessment_complexity_is_a_probability": "a complexity lies between 0 and 1",
    "assessment_sampling_is_a_probability": "a sampling probability lies between 0 and 1",
    "citizen_has_a_reference": "a citizen needs a reference",
    "professional_assessment_has_a_result": "a professional assessment needs a result",
    "letter_kind_is_known": "a letter's kind is decision, hearing, information_request or receipt",
    "letter_names_its_decision_and_no_other": "a letter about a decision names it, and other letters name none",
    "letter_has_its_day": "a letter is dated by its day, such as 2026-11-23",
    "letter_file_format_is_known": "a letter's file is html, txt or pdf",
    "practice_sure_is_a_percentage": "how sure somebody is lies between 0 and 100 per cent",
    "team_note_kind_is_known": "a team's note is a rule_proposal or a case_type_note",
    "team_note_has_its_month": "a team's note has its month, such as 2026-11",
    "decision_has_an_outcome": "a decision needs an outcome",
    "decision_round_counts_from_one": "a decision's round counts from 1",
    "uq_published_kind_name_version": "this version is already published; read what is in force and propose again",
    "uq_user_account_name": "this user name is taken; choose another",
    "uq_decision_case_type_case_id_round": "this case has just been decided by somebody else",
    "uq_professional_assessment_case_type_case_id": "this case has just been assessed by somebody else",
    "uq_letter_decision_id": "this decision already has its letter",
    "uq_assessment_case_type_case_id_made_at": "this case already has an assessment of this very moment",
}

SQLITE_UNIQUE = {
    "published.kind, published.name, published.version": "uq_published_kind_name_version",
    "user_account.name": "uq_user_account_name",
    "decision.case_type, decision.case_id, decision.round": "uq_decision_case_type_case_id_round",
    "professional_assessment.case_type, professional_assessment.case_id": (
        "uq_professional_assessment_case_type_case_id"
    ),
    "letter.decision_id": "uq_letter_decision_id",
    "assessment.case_type, assessment.case_id, assessment.made_at": "uq_assessment_case_type_case_id_made_at",
}
"""SQLite names a broken unique constraint by its columns."""


def broken_constraint(text: str) -> str | None:
    """The sentence of the constraint that a database's message names, None where it names none of ours.

    Example:
        >>> broken_constraint("CHECK constraint failed: decision_has_an_outcome")
        'a decision needs an outcome'
    """
    unique = re.search(r"UNIQUE constraint failed: (.+)$", text)
    if unique and unique[1] in SQLITE_UNIQUE:
        return SENTENCES[SQLITE_UNIQUE[unique[1]]]
    named = re.search(r"(?:CHECK constraint failed: |constraint \")(\w+)", text)
    if named and named[1] in SENTENCES:
        return SENTENCES[named[1]]
    if "FOREIGN KEY constraint failed" in text or "violates foreign key constraint" in text:
        return "this refers to something that is not on record; nothing was stored"
    return None
