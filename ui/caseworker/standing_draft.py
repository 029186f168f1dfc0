"""Whether a draft stands now: the machine drafted the case, and nothing that this rested on has changed since."""

from __future__ import annotations

from datetime import date
from typing import cast

from engine.masking import visible_to_model, withheld
from routing.drafting import Draft, draft_of
from routing.in_force import InForce
from ui.caseworker.case_record import CaseRecord


def standing_draft(case: CaseRecord, in_force: InForce) -> Draft | None:
    """The draft of an open case, None where there is none or it no longer stands.

    A case that was taken up again has none: a person decides anew what a person has decided.
    The caller sees to it that nothing of it reaches a page that must be blind.
    """
    if not case.is_open or case.decisions or not was_drafted(case) or not still_counts(case, in_force):
        return None
    visible = visible_to_model(case.facts, case.case_type, case.consents)
    return draft_of(case.case_type, visible, case.stated, judged_on(case))


def was_drafted(case: CaseRecord) -> bool:
    """Whether every gate was open when the machine assessed the case."""
    return case.assessment is not None and case.assessment["route"] == "draft"


def still_counts(case: CaseRecord, in_force: InForce) -> bool:
    """Whether drafting is on, and the assessment rests on rules, type, facts and consents of now."""
    row, name = case.assessment, case.case_type.key
    return (
        row is not None
        and in_force.states[name].phase == "drafting"
        and row["rules_version"] == in_force.rules_version
        and row["case_type_version"] == in_force.case_type_versions[name]
        and row["facts_version"] == case.facts_version
        and not withheld(case.facts, case.case_type, case.consents)[0]
    )


def judged_on(case: CaseRecord) -> date:
    """The day whose amounts count: the day the case was received, as the assessment took it."""
    return cast(date, case.arrivals[0].astype("datetime64[D]").item())
