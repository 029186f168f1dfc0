"""The facts that a person checks before a draft can be approved, application beside register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from config.bilingual import Language
from config.case_type import CaseType
from config.fields import Field
from config.translate import Translator
from config.words import Words
from routing.decisive_facts import DecisiveFact, Limit
from routing.drafting import Draft
from routing.what_if import Value
from ui.caseworker.facts import source_of

AGREES, DIFFERS = "agrees", "differs"
ANSWERS = (AGREES, DIFFERS)
PREFIX = "check-"
"""What the name of a check's form field begins with."""

FROM_UP = "From {value} up: {outcome}."
FROM_DOWN = "From {value} down: {outcome}."
AND_LATER = "From {value} on: {outcome}."
AND_EARLIER = "Until {value}: {outcome}."
IF_ANSWER = "If the answer is {value}: {outcome}."
IF_WORD = "If it is {value}: {outcome}."


@dataclass(frozen=True)
class CheckRow:
    """One fact to check, in words.

    Attributes:
        effects: from which value on what follows is another, one sentence each.
        stated: what the application says; None where it says nothing of its own.
        value: what the register says; None where no register gives the fact.
    """

    field: str
    label: str
    effects: tuple[str, ...]
    stated: str | None
    value: str | None
    source: str
    is_contradicted: bool

    @property
    def name(self) -> str:
        """The name of its form field."""
        return f"{PREFIX}{self.field}"


@dataclass(frozen=True)
class Checked:
    """The checks as they were sent: field -> `agrees`, `differs`, or "" where nothing was chosen."""

    answers: Mapping[str, str]

    @property
    def given(self) -> dict[str, str]:
        """The answers that were chosen."""
        return {field: answer for field, answer in self.answers.items() if answer}

    @property
    def open(self) -> tuple[str, ...]:
        """The fields that are not answered yet."""
        return tuple(field for field, answer in self.answers.items() if not answer)

    @property
    def differing(self) -> tuple[str, ...]:
        """The fields that do not agree."""
        return tuple(field for field, answer in self.answers.items() if answer == DIFFERS)


def checked_in(sent: Mapping[str, str], rows: Sequence[CheckRow]) -> Checked:
    """The answers of a form; anything but the two answers counts as none."""
    answers = {row.field: sent.get(row.name, "") for row in rows}
    return Checked({field: answer if answer in ANSWERS else "" for field, answer in answers.items()})


def check_rows(draft: Draft, case_type: CaseType, language: Language) -> tuple[CheckRow, ...]:
    """The facts to check, in one reader's language."""
    return tuple(check_row(one, case_type, language) for one in draft.checks)


def check_row(one: DecisiveFact, case_type: CaseType, language: Language) -> CheckRow:
    """One fact to check."""
    say, words, field = Translator(language), Words(language), case_type.fields[one.field]
    stated = None if one.stated is None else words.fact(field, one.stated)
    value: str | None = words.fact(field, one.value)
    if field.is_applied_with and stated is None:
        stated, value = value, None
    return CheckRow(
        field=one.field,
        label=field.label.say(language),
        effects=effects_of(one, case_type, language),
        stated=stated,
        value=value,
        source=source_of(field, say),
        is_contradicted=one.is_contradicted,
    )


def effects_of(one: DecisiveFact, case_type: CaseType, language: Language) -> tuple[str, ...]:
    """What another value would do: first to the outcome, and where it keeps the outcome, to the sum."""
    say, field = Translator(language), case_type.fields[one.field]
    if isinstance(one.value, float) and field.type in ("number", "integer", "date"):
        found = [number_effect(one.value, limit, case_type, field, language) for limit in one.limits]
    else:
        found = word_effects(one.limits, case_type, field, language)
    if one.amount_limits and not found:
        found = [say("Another value gives another sum.")]
    elif one.amount_limits:
        found.append(say("The sum follows it."))
    return tuple(found)


def number_effect(value: float, limit: Limit, case_type: CaseType, field: Field, language: Language) -> str:
    """From where on a number or day gives another outcome."""
    say = Translator(language)
    is_above = float(limit.value) > value
    if field.type == "date":
        sentence = AND_LATER if is_above else AND_EARLIER
    else:
        sentence = FROM_UP if is_above else FROM_DOWN
    told = {
        "value": Words(language).fact(field, limit.value),
        "outcome": outcome_of(limit, case_type, language),
    }
    return say(sentence, **told)


def word_effects(limits: Sequence[Limit], case_type: CaseType, field: Field, language: Language) -> list[str]:
    """Which other answers or words give which outcome."""
    say, words = Translator(language), Words(language)
    by_outcome: dict[str, list[Value]] = {}
    for limit in limits:
        by_outcome.setdefault(outcome_of(limit, case_type, language), []).append(limit.value)
    sentence = IF_ANSWER if field.type == "boolean" else IF_WORD
    return [
        say(
            sentence,
            value=words.either([words.fact(field, value).lower() for value in values]),
            outcome=outcome,
        )
        for outcome, values in by_outcome.items()
    ]


def outcome_of(limit: Limit, case_type: CaseType, language: Language) -> str:
    """What would follow, as the end of a sentence."""
    if limit.outcome is None:
        return Translator(language)("the criteria do not decide")
    return case_type.outcomes[limit.outcome].label.say(language).lower()
