"""What is to be done next with a case, as a list says it and a filter picks it; the same for all blind cases."""

from __future__ import annotations

from typing import Literal

from config.case_type import CaseType
from config.translate import Translator
from config.words import Words
from ui.caseworker.draft_part import next_step
from ui.caseworker.machine_roles import Role

Step = Literal["contact", "check", "view", "assess", "take", "decide", "colleague", "wait"]
STEPS: dict[Step, str] = {
    "contact": "Contact the citizen",
    "check": "Check a draft, and sign",
    "view": "Read it, and judge for yourself",
    "assess": "Assess a report",
    "take": "Take the case and read it",
    "decide": "Read the facts and decide",
    "colleague": "A colleague is working on it",
    "wait": "Waits for others",
}
"""Steps and their English names, in the order of a filter."""
ROLES: dict[Role, str] = {
    "draft": "Draft ready",
    "own_view": "Waits for your view",
    "viewed": "Hidden until you decide",
    "none": "No draft",
    "heavy": "Heavy case: not used",
}


def step_of(
    assigned_to: int | None, contact_by: str | None, known: CaseType | None, role: Role, user_id: int | None
) -> Step:
    """The next step of a case that waits for nobody; for a reader who is None nobody is a colleague."""
    if assigned_to is not None and user_id is not None and assigned_to != user_id:
        return "colleague"
    if known is not None and not known.outcomes:
        return "assess"
    if contact_by is not None:
        return "contact"
    if role == "draft":
        return "check"
    if role == "own_view":
        return "view"
    return "take" if assigned_to is None else "decide"


def step_in_words(step: Step, *, holder: str, checks: int, is_late: bool, say: Translator, words: Words) -> str:
    """A step as a row says it; `is_late` says that the contact should have been made."""
    if step == "colleague":
        return say("{name} is working on it", name=holder)
    if step == "assess":
        return say("Read it and assess it within the time that the law gives")
    if step == "contact":
        return say("Contact the citizen if nobody has") if is_late else say("Contact the citizen, then decide")
    return next_step(checks, say, words) if step == "check" else say(STEPS[step])
