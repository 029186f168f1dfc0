"""The decision form: what was typed, and what is missing before it can be signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from config.case_type import CaseType
from config.translate import Translator

LONGEST_REASONS = 20_000
FIELDS = ("outcome", "reasons", "round", "assessment")


@dataclass(frozen=True)
class Typed:
    """What a person has put into the form so far."""

    outcome: str = ""
    reasons: str = ""


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
    return Typed(sent["outcome"], sent["reasons"].strip())


def checked(typed: Typed, case_type: CaseType, say: Translator) -> DecisionForm:
    """The form with what is missing: an outcome, and reasons unless it is fully in the citizen's favour.

    The duty to give reasons is FVL § 22 (begrundelse); its exception is a decision fully in favour.
    """
    problems: dict[str, Problem] = {}
    outcome = case_type.outcomes.get(typed.outcome)
    if outcome is None:
        first = next(iter(case_type.outcomes))
        problems["outcome"] = Problem("outcome", f"outcome-{first}", say("Choose an outcome"))
    if not typed.reasons and (outcome is None or not outcome.fully_in_favour):
        problems["reasons"] = Problem("reasons", "reasons", say("Write the reasons for the decision"))
    if len(typed.reasons) > LONGEST_REASONS:
        sentence = say("Shorten the reasons to at most {n} characters", n=LONGEST_REASONS)
        problems["reasons"] = Problem("reasons", "reasons", sentence)
    return DecisionForm(typed, problems)


def number_in(text: str) -> int | None:
    """A number that a page of ours put into a hidden field; None where there is none.

    Example:
        >>> number_in("17"), number_in(""), number_in("1e9")
        (17, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None
