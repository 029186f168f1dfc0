"""The form that ends a case: what was typed, and what is missing before it can be signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from config.case_type import CaseType
from config.translate import Translator
from ui.caseworker.checks import Checked, CheckRow
from ui.caseworker.hearing_question import HEARINGS, lacks_hearing

LONGEST_REASONS = 20_000
FIELDS = ("outcome", "reasons", "hearing", "round", "assessment", "draft_use", "opened")
BY_HAND = ("changed", "discarded")
"""What a person can make of a draft with the form; approving one is an act of its own."""


@dataclass(frozen=True)
class Typed:
    """What a person has put into the form so far; `opened` is when its page was first shown."""

    outcome: str = ""
    reasons: str = ""
    draft_use: str = ""
    hearing: str = ""
    opened: str = ""


@dataclass(frozen=True)
class Problem:
    """One thing that is missing, said in the summary and at the field alike."""

    field: str
    anchor: str
    sentence: str


@dataclass(frozen=True)
class DecisionForm:
    """The form as the page shows it; `problems` by field."""

    typed: Typed = field(default_factory=Typed)
    problems: Mapping[str, Problem] = field(default_factory=dict)


def typed_in(sent: Mapping[str, str]) -> Typed:
    """What was sent, without spaces around it."""
    return Typed(
        sent["outcome"],
        sent["reasons"].strip(),
        sent.get("draft_use", ""),
        sent.get("hearing", ""),
        sent.get("opened", ""),
    )


def checked(typed: Typed, case_type: CaseType, against: str | None, say: Translator) -> DecisionForm:
    """The form with what is missing: an outcome, and reasons and a word of the hearing unless it is fully in the
    citizen's favour.

    The duty to give reasons is FVL § 22 (begrundelse), the hearing § 19; both except a decision fully in favour.
    """
    problems: dict[str, Problem] = {}
    outcome = case_type.outcomes.get(typed.outcome)
    if outcome is None:
        first = next(iter(case_type.outcomes))
        problems["outcome"] = Problem("outcome", f"outcome-{first}", say("Choose an outcome"))
    if not typed.reasons and (outcome is None or not outcome.fully_in_favour):
        problems["reasons"] = Problem("reasons", "reasons", say("Write the reasons for the decision"))
    problems |= heard(typed.hearing, outcome is None or outcome.fully_in_favour, against, say)
    return DecisionForm(typed, {**problems, **too_long(typed, say)})


def heard(answer: str, fully_in_favour: bool, against: str | None, say: Translator) -> dict[str, Problem]:
    """What is missing of the answer about the hearing."""
    lacks = lacks_hearing(answer, fully_in_favour=fully_in_favour, against=against, say=say)
    return {} if lacks is None else {"hearing": Problem("hearing", f"hearing-{next(iter(HEARINGS))}", lacks)}


def checked_assessment(typed: Typed, case_type: CaseType, say: Translator) -> DecisionForm:
    """The form of a case that is assessed and not decided: a result, and always the reasons for it."""
    problems: dict[str, Problem] = {}
    if typed.outcome not in case_type.assessed_as:
        first = next(iter(case_type.assessed_as), "")
        problems["outcome"] = Problem("outcome", f"outcome-{first}", say("Choose what you find"))
    if not typed.reasons:
        problems["reasons"] = Problem("reasons", "reasons", say("Write why you find so"))
    return DecisionForm(typed, {**problems, **too_long(typed, say)})


def too_long(typed: Typed, say: Translator) -> dict[str, Problem]:
    """Reasons have an upper limit."""
    if len(typed.reasons) <= LONGEST_REASONS:
        return {}
    return {
        "reasons": Problem(
            "reasons", "reasons", say("Shorten the reasons to at most {n} characters", n=LONGEST_REASONS)
        )
    }


def unchecked(rows: Sequence[CheckRow], checks: Checked, say: Translator) -> DecisionForm:
    """What keeps a draft from being approved: a fact that is not checked yet, or one that does not agree."""
    labels = {row.field: row.label for row in rows}
    problems = {
        name: Problem(name, f"check-{name}-agrees", say("Say whether “{label}” agrees", label=labels[name]))
        for name in checks.open
    }
    problems |= {
        name: Problem(
            name,
            f"check-{name}-differs",
            say("“{label}” does not agree, so the draft cannot be approved", label=labels[name]),
        )
        for name in checks.differing
    }
    return DecisionForm(Typed(), {row.field: problems[row.field] for row in rows if row.field in problems})


def number_in(text: str) -> int | None:
    """A number that a page of ours put into a hidden field; None where there is none.

    Example:
        >>> number_in("17"), number_in(""), number_in("1e9")
        (17, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None
