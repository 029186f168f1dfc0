"""The case page in the order of the work: facts, gaps, why it is here, what the machine expects, the decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from config.bilingual import Language
from config.case_type import CaseType
from config.translate import Translator
from config.words import DANISH_TIME, Words
from models.clock import parse
from models.decision_store import Decided
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.deadlines import Due, deadline_of, said
from ui.caseworker.facts import FactRow, missing_labels
from ui.caseworker.machine_part import MachinePart
from ui.web.addresses import case_path

Kind = str
ORIGINS = {"import": "taken in from the case system"}


@dataclass(frozen=True)
class Moment:
    """One line of the timeline; `kind` is `event`, `machine` or `decision`."""

    text: str
    at: str
    kind: Kind


@dataclass(frozen=True)
class OutcomeChoice:
    """One way in which the case can end."""

    key: str
    label: str
    needs_reasons: bool


@dataclass(frozen=True)
class DecisionMade:
    """A stored decision in words."""

    outcome: str
    reasons: str
    by: str
    at: str
    number: int
    round: int


@dataclass(frozen=True)
class CasePage:
    """Everything that the case page shows.

    Attributes:
        is_blind: the machine's part is withheld until the decision is stored.
        machine: its part; None where withheld, or where the machine was not asked.
        may_decide: open, and taken by the visitor or by nobody.
    """

    case_id: str
    case_type: str
    type_name: str
    legal_basis: str | None
    is_heavy: bool
    is_open: bool
    received: str
    due: Due
    team: str
    holder: str | None
    is_mine: bool
    may_decide: bool
    facts: tuple[FactRow, ...]
    facts_known: str
    missing: tuple[str, ...]
    judgment: tuple[str, ...]
    checklist: tuple[str, ...]
    timeline: tuple[Moment, ...]
    is_blind: bool
    machine: MachinePart | None
    outcomes: tuple[OutcomeChoice, ...]
    decision: DecisionMade | None
    round: int
    assessment_id: int | None
    has_model: bool

    def href(self, act: str = "") -> str:
        """The address of this page, or of an act on the case."""
        return case_path(self.case_type, self.case_id, act)


def case_page(
    case: CaseRecord,
    facts: tuple[FactRow, ...],
    machine: MachinePart | None,
    *,
    is_blind: bool,
    user_id: int,
    now: datetime,
    language: Language,
) -> CasePage:
    """One case in one reader's language; `machine` is not looked at where the page is blind."""
    say, words, case_type = Translator(language), Words(language), case.case_type
    due = deadline_of(case.file["received_at"], case.file["contact_by"], case_type)
    holder = case.file["assigned_to"]
    return CasePage(
        case_id=case.case_id,
        case_type=case_type.key,
        type_name=case_type.name.say(language),
        legal_basis=case_type.legal_basis,
        is_heavy=case_type.weight == "heavy",
        is_open=case.is_open,
        received=words.day(parse(case.file["received_at"])),
        due=said(due, now, say, words),
        team=case.file["team"] or "",
        holder=case.holder,
        is_mine=holder == user_id,
        may_decide=case.is_open and holder in (None, user_id),
        facts=facts,
        facts_known=facts_known(case, now, say, words),
        missing=missing_labels(facts),
        judgment=tuple(one.say(language) for one in case_type.untested_by_machine),
        checklist=tuple(one.say(language) for one in case_type.checklist),
        timeline=timeline(case, say, words),
        is_blind=is_blind,
        machine=None if is_blind else machine,
        outcomes=outcome_choices(case_type, language),
        decision=decision_made(case.decisions[-1], case_type, language) if case.decisions else None,
        round=case.next_round,
        assessment_id=None if case.assessment is None else int(case.assessment["id"]),
        has_model=case.assessment is not None and case.assessment["model_version"] is not None,
    )


def facts_known(case: CaseRecord, now: datetime, say: Translator, words: Words) -> str:
    """How old the facts are, and how they came here."""
    if case.facts_at is None:
        return say("No facts are on record.")
    at = parse(case.facts_at)
    days = (now.astimezone(DANISH_TIME).date() - at.astimezone(DANISH_TIME).date()).days
    age = say("today") if days <= 0 else say.counted("{n} day ago", "{n} days ago", days)
    origin = say(ORIGINS[case.facts_origin]) if case.facts_origin in ORIGINS else case.facts_origin or ""
    return say("As known on {day}, {age}, {origin}.", day=words.day(at), age=age, origin=origin)


def timeline(case: CaseRecord, say: Translator, words: Words) -> tuple[Moment, ...]:
    """Events, the machine's assessment and decisions, the newest first; it holds nothing of what was assessed."""
    found = [(one.at, one.activity, "event") for one in case.events]
    if case.assessment is not None:
        found.append((case.assessment["made_at"], say("The machine assessed the case"), "machine"))
    for one in case.decisions:
        found.append((one.decided_at, say("{name} decided the case", name=one.decided_by), "decision"))
    newest_first = sorted(found, key=lambda one: one[0], reverse=True)
    return tuple(Moment(text, words.moment(parse(at)), kind) for at, text, kind in newest_first)


def outcome_choices(case_type: CaseType, language: Language) -> tuple[OutcomeChoice, ...]:
    """The ways in which a case of this type can end, in the order of its file."""
    return tuple(
        OutcomeChoice(key, one.label.say(language), not one.fully_in_favour)
        for key, one in case_type.outcomes.items()
    )


def decision_made(decision: Decided, case_type: CaseType, language: Language) -> DecisionMade:
    """A stored decision in one reader's language."""
    outcome = case_type.outcomes.get(decision.outcome)
    return DecisionMade(
        outcome=decision.outcome if outcome is None else outcome.label.say(language),
        reasons=decision.reasons,
        by=decision.decided_by,
        at=Words(language).moment(parse(decision.decided_at)),
        number=decision.id,
        round=decision.round,
    )
