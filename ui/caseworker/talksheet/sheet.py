"""A talk sheet: one decision in words, from the letter that was sent and what was on record when it was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from config.bilingual import Language
from config.case_type import CaseType
from config.columns import Frame
from config.translate import Translator
from config.words import Words
from explain.letters.letter_facts import DecisionInWords, LetterFacts
from models.clock import parse
from models.decision_store import Decided
from routing.decided_then import would_change
from routing.decisive_facts import DecisiveFact
from routing.drafting import MOST_CHECKS
from ui.caseworker.checks import effects_of
from ui.caseworker.talksheet.citizen_can import appeal_sentences, rights
from ui.caseworker.talksheet.machine_did import machine_sentences

MOST_LINES = 6
MOST_FACTS = 8
LONGEST_REASONS = 700
"""More than that does not fit on one sheet; the whole stands in the letter."""


@dataclass(frozen=True)
class FactSaid:
    """A fact as it counted: what it was, where it came from, and what another value would have done."""

    label: str
    value: str
    source: str = ""
    effects: tuple[str, ...] = ()


@dataclass(frozen=True)
class TalkSheet:
    """One decision, to be talked over.

    Attributes:
        why: paragraphs; the person's own reasons are cut where they are long (`is_cut`).
        sums: lines of the calculation with their results, the last ones.
        weighed: the facts that counted, as the letter told them; none without a letter.
        flips: the facts that would have changed it; none where a person's judgment decided.
        judged: what the law leaves to judgment, where that decided.
        unknown: what nobody had told when it was decided.
    """

    outcome: str
    by: str
    day: str
    is_replacing: bool
    is_told: bool
    law: str
    why: tuple[str, ...]
    is_cut: bool
    sums: tuple[FactSaid, ...]
    weighed: tuple[FactSaid, ...]
    machine: tuple[str, ...]
    flips: tuple[FactSaid, ...]
    judged: tuple[str, ...]
    unknown: tuple[str, ...]
    appeal: tuple[str, ...]
    rights: tuple[str, ...]


def talk_sheet(
    decided: Decided,
    case_type: CaseType,
    facts: Frame,
    received_at: str,
    letter: LetterFacts | None,
    assessment: Mapping[str, Any] | None,
    now: datetime,
    language: Language,
) -> TalkSheet:
    """The sheet of one decision; `case_type` and `facts` as they stood then, `letter` None where none was sent."""
    told = None if letter is None else letter.decision
    outcome = case_type.outcomes.get(decided.outcome)
    label = told.label if told is not None else None if outcome is None else outcome.label
    why = reasons_said(decided, told, language)
    decisive = would_change(case_type, facts, decided, received_at)
    return TalkSheet(
        outcome=decided.outcome if label is None else label.say(language),
        by=decided.decided_by,
        day=Words(language).day(parse(decided.decided_at)),
        is_replacing=decided.replaces is not None,
        is_told=letter is not None,
        law=(told.law if told is not None else case_type.legal_basis) or "",
        why=tuple(shortened(one) for one in why),
        is_cut=any(len(one) > LONGEST_REASONS for one in why),
        sums=sums_said(told, language),
        weighed=()
        if letter is None
        else weighed_said(letter, {one.field for one in decisive}, case_type, language),
        machine=machine_sentences(decided, letter, assessment, language),
        flips=flips_said(decisive, case_type, language),
        judged=() if decisive else tuple(one.say(language) for one in case_type.untested_by_machine),
        unknown=unknown_said(case_type, facts, language),
        appeal=appeal_sentences(decided, case_type, letter, now, language),
        rights=rights(letter, Translator(language)),
    )


def reasons_said(decided: Decided, told: DecisionInWords | None, language: Language) -> tuple[str, ...]:
    """The criterion's words and the person's own, as the letter told them; without a letter what is stored."""
    if told is None:
        return (decided.reasons,) if decided.reasons else ()
    because = "" if told.because is None else told.because.say(language)
    return tuple(one for one in (because, told.own_reasons) if one)


def shortened(text: str) -> str:
    """A text of at most so many characters, cut between words.

    Example:
        >>> shortened("Kort."), shortened("ord " * 400)[-5:]
        ('Kort.', 'ord …')
    """
    if len(text) <= LONGEST_REASONS:
        return text
    cut = text[:LONGEST_REASONS]
    return f"{cut.rpartition(' ')[0] or cut} …"


def sums_said(told: DecisionInWords | None, language: Language) -> tuple[FactSaid, ...]:
    """The last lines of the calculation: the first ones are read in the letter."""
    steps = () if told is None else told.steps[-MOST_LINES:]
    return tuple(FactSaid(one.label.say(language), one.result.say(language)) for one in steps)


def weighed_said(
    letter: LetterFacts, besides: set[str], case_type: CaseType, language: Language
) -> tuple[FactSaid, ...]:
    """The facts that counted, without those that stand among the ones that would have changed it."""
    named = {case_type.fields[name].label.say(language) for name in besides}
    facts = [one for one in letter.data_used if one.label.say(language) not in named]
    return tuple(
        FactSaid(
            one.label.say(language), one.value.say(language), source_said(one.source.say(language), one, language)
        )
        for one in facts[:MOST_FACTS]
    )


def source_said(source: str, fact: Any, language: Language) -> str:
    """Where a fact came from, and on which day."""
    day: date | None = fact.fetched_on
    return source if day is None else f"{source}, {Words(language).day(day)}"


def flips_said(decisive: Sequence[DecisiveFact], case_type: CaseType, language: Language) -> tuple[FactSaid, ...]:
    """The facts that would have changed it, the most sensitive first."""
    words = Words(language)
    return tuple(
        FactSaid(
            case_type.fields[one.field].label.say(language),
            words.fact(case_type.fields[one.field], one.value),
            effects=effects_of(one, case_type, language),
        )
        for one in decisive[:MOST_CHECKS]
    )


def unknown_said(case_type: CaseType, facts: Frame, language: Language) -> tuple[str, ...]:
    """Labels of what nobody had told."""
    missing = (name for name in case_type.fields if facts.columns[name].value(0) is None)
    return tuple(case_type.fields[name].label.say(language) for name in missing)[:MOST_FACTS]
