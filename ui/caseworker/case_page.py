"""A case as its page says it, in the order of the work; what a blind page must not hold is never put in here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from config.bilingual import Language
from config.case_type import CaseType
from config.translate import Translator
from config.words import Words
from models.clock import parse, stamp
from models.deciding_time import decide_by
from models.decision_store import Decided
from models.professional_assessments import Assessed
from ui.caseworker.afterwards.afterwards import Afterwards, afterwards_of
from ui.caseworker.case_letters import LetterLink, letter_links
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.clock import Clock, clock_of
from ui.caseworker.contradictions import Contradiction, contradictions_of
from ui.caseworker.deadlines import Deadline, Due, nearest, said
from ui.caseworker.documents.rows import DocumentRow, document_rows
from ui.caseworker.draft_part import DraftPart
from ui.caseworker.facts import FactRow, FactsTable, facts_table, missing_rows
from ui.caseworker.firstview.dilemmas import DilemmaPart
from ui.caseworker.firstview.feedback import said_of_the_machine
from ui.caseworker.firstview.own_part import OwnPart, own_part
from ui.caseworker.handling.standing import Standing, standing_of
from ui.caseworker.hearing_question import HEARINGS
from ui.caseworker.identity import Identity, identity_of
from ui.caseworker.judgment import judgment_of
from ui.caseworker.law.said import LawLink, law_links
from ui.caseworker.machine_part import MachinePart
from ui.caseworker.opening import asked_for
from ui.caseworker.parties.representative import RepresentativePart, representative_part
from ui.caseworker.receipts import Receipt, receipt_of
from ui.caseworker.second_reader.part import SecondReader, second_reader
from ui.caseworker.similar.part import SimilarPart
from ui.caseworker.standing_draft import judged_on
from ui.caseworker.standing_still import standing_still
from ui.caseworker.sums import Sums, example_notice
from ui.caseworker.timeline import Moment, timeline, told_acts
from ui.web.addresses import case_path

DRAFT_USES = {"approved": "Approved as it was", "changed": "Changed", "discarded": "Not used"}
PageKind = Literal["draft", "case", "heavy"]


@dataclass(frozen=True)
class Choice:
    """One way in which the case can end."""

    key: str
    label: str


@dataclass(frozen=True)
class Ended:
    """A stored decision, or a stored assessment of a case that is not decided, in words.

    Attributes:
        draft_use: what became of the draft, None where there was none.
    """

    outcome: str
    reasons: str
    by: str
    at: str
    number: int
    round: int
    draft_use: str | None = None


@dataclass(frozen=True)
class CasePage:
    """Everything that a case's page shows.

    Attributes:
        kind: which page it is; blind cases all have the page `case`.
        is_blind: the machine's part is withheld, until the visitor's view or the decision is stored.
        own: the visitor's first view.
        dilemmas: questions that the rules put, and what was answered; none where the page is blind.
        said: what the visitor has said of the machine's part, in sentences.
        opened: this moment, as forms send it back.
        machine: its part; None where withheld, or where the machine was not asked.
        draft: the proposal that stands; None where there is none, or it must not be told.
        similar: finds closed cases like this one, when the page that shows them is made and not before; None where
            they are withheld, or where none is like it.
        sums: the calculation, line by line; None where withheld, or where the type has none.
        laws: by which such a case is decided, each a link to the page of its law.
        asked_for: what the citizen asks for, in a sentence; None where that is not known.
        may_decide: open, taken by the visitor or by nobody, and no conflict of interest declared.
        hearings: the answers to how it stands with the hearing.
        standing: how the handling stands.
        second: who was asked to read along, and what they found.
        representative: who acts for the citizen; None where they act alone.
        choices: outcomes, or the ways to assess a case that is not decided.
        ended: how the case ended; None while it is open, or where that was not said in Stafet.
        after: the time after its decision.
    """

    kind: PageKind
    identity: Identity
    case_id: str
    case_type: str
    type_name: str
    laws: tuple[LawLink, ...]
    is_heavy: bool
    is_decided: bool
    is_open: bool
    asked_for: str | None
    received: str
    received_at: str
    due: Due
    deadline: Deadline | None
    still: str
    owes_contact: bool
    clock: Clock | None
    team: str
    holder: str | None
    is_mine: bool
    may_decide: bool
    standing: Standing
    second: SecondReader
    facts: FactsTable
    missing: tuple[FactRow, ...]
    contradictions: tuple[Contradiction, ...]
    judgment: tuple[str, ...]
    checklist: tuple[str, ...]
    documents: tuple[DocumentRow, ...]
    representative: RepresentativePart | None
    timeline: tuple[Moment, ...]
    letters: tuple[LetterLink, ...]
    receipt: Receipt | None
    is_blind: bool
    own: OwnPart
    machine: MachinePart | None
    draft: DraftPart | None
    similar: Callable[[], SimilarPart | None]
    sums: Sums | None
    dilemmas: tuple[DilemmaPart, ...]
    said: tuple[str, ...]
    opened: str
    example_notice: str | None
    choices: tuple[Choice, ...]
    hearings: tuple[Choice, ...]
    ended: Ended | None
    after: Afterwards
    round: int
    assessment_id: int | None

    @property
    def is_heard(self) -> bool:
        """The citizen may still answer to what they are heard about, so nothing is decided yet."""
        return self.standing.hearing is not None and not self.standing.hearing.is_over

    @property
    def may_sign(self) -> bool:
        """The visitor may decide, and it is time for it."""
        return self.may_decide and not self.is_heard

    @property
    def has_talk_sheet(self) -> bool:
        """There is a decision to talk over, and nothing of the machine's is withheld."""
        return self.is_decided and self.ended is not None and not self.is_blind

    @property
    def held_against(self) -> str | None:
        """The label of a fact that we hold and the application contradicts; None where there is none."""
        return next((one.label for one in self.contradictions if one.is_held), None)

    def href(self, act: str = "") -> str:
        """The address of this page, or of an act on the case."""
        return case_path(self.case_type, self.case_id, act)


@dataclass(frozen=True)
class MachineParts:
    """What of a page is the machine's; empty where the page is blind."""

    machine: MachinePart | None = None
    draft: DraftPart | None = None
    sums: Sums | None = None
    similar: Callable[[], SimilarPart | None] = lambda: None
    dilemmas: tuple[DilemmaPart, ...] = ()


def case_page(
    case: CaseRecord,
    facts: tuple[FactRow, ...],
    parts: MachineParts | None,
    *,
    user_id: int,
    is_lead: bool,
    now: datetime,
    language: Language,
) -> CasePage:
    """One case in one reader's language; `parts` is None where the page must be blind."""
    say, words, case_type = Translator(language), Words(language), case.case_type
    day = decide_by(case.file["received_at"], case_type, case.course)
    deadline = nearest(case.file["contact_by"], day)
    holder = case.file["assigned_to"]
    shown = parts or MachineParts()
    is_heavy, is_blind = case_type.weight == "heavy", parts is None
    standing = standing_of(case, user_id=user_id, is_lead=is_lead, now=now, language=language)
    told = told_acts(case.acts, is_blind=is_blind, viewer=user_id)
    may_decide = case.is_open and holder in (None, user_id) and not standing.is_conflicted
    return CasePage(
        kind="heavy" if is_heavy else "draft" if shown.draft is not None else "case",
        identity=identity_of(case.citizen, case.case_id),
        case_id=case.case_id,
        case_type=case_type.key,
        type_name=case_type.name.say(language),
        laws=law_links(case_type),
        is_heavy=is_heavy,
        is_decided=bool(case_type.outcomes),
        is_open=case.is_open,
        asked_for=asked_for(case, language),
        received=words.day(parse(case.file["received_at"])),
        received_at=words.moment(parse(case.file["received_at"])),
        due=said(deadline, now, say, words),
        deadline=deadline,
        still="" if day is None else standing_still(case, now, say, words),
        owes_contact=case.owes_contact,
        clock=clock_of(
            case.file["received_at"] if case.again is None else case.again.at, case_type, now, say, words
        ),
        team=case.file["team"] or "",
        holder=case.holder,
        is_mine=holder == user_id,
        may_decide=may_decide,
        standing=replace(standing, newest=told[-1].id if told else 0),
        second=second_reader(
            case,
            told,
            viewer=user_id,
            is_lead=is_lead,
            may_handle=standing.may_handle,
            now=now,
            language=language,
        ),
        facts=facts_table(facts, say),
        missing=missing_rows(facts),
        contradictions=contradictions_of(case, language),
        judgment=judgment_of(case, language, is_blind=is_blind),
        checklist=tuple(one.say(language) for one in case_type.checklist),
        documents=document_rows(case.documents, now, language),
        representative=representative_part(case.acts, case.documents, say),
        timeline=timeline(
            case, now, language, tells_draft=shown.draft is not None, is_blind=is_blind, viewer=user_id
        ),
        letters=letter_links(case, say, words, is_blind=is_blind),
        receipt=receipt_of(case, now, words),
        is_blind=is_blind,
        own=own_part(
            case,
            viewer=user_id,
            may_decide=may_decide,
            is_blind=is_blind,
            machine=shown.machine,
            draft=shown.draft,
            now=now,
            language=language,
        ),
        machine=shown.machine,
        draft=shown.draft,
        similar=shown.similar,
        sums=shown.sums,
        dilemmas=shown.dilemmas,
        said=() if is_blind else said_of_the_machine(case.acts, user_id, language),
        opened=stamp(now),
        example_notice=example_notice(case_type, judged_on(case), language),
        choices=choices_of(case_type, language),
        hearings=tuple(Choice(key, say(label)) for key, label in HEARINGS.items()),
        ended=ended(case, language),
        after=afterwards_of(case, user_id, language),
        round=case.next_round,
        assessment_id=None if case.assessment is None else int(case.assessment["id"]),
    )


def choices_of(case_type: CaseType, language: Language) -> tuple[Choice, ...]:
    """The ways in which a case of this type can end, in the order of its file."""
    decided = {key: one.label for key, one in case_type.outcomes.items()}
    return tuple(Choice(key, label.say(language)) for key, label in (decided or case_type.assessed_as).items())


def ended(case: CaseRecord, language: Language) -> Ended | None:
    """How the case ended, by the decision that stands or an assessment."""
    if case.decision is not None:
        return decision_made(case.decision, case.case_type, language)
    return None if case.assessed is None else assessment_made(case.assessed, case.case_type, language)


def decision_made(decision: Decided, case_type: CaseType, language: Language) -> Ended:
    """A stored decision in one reader's language."""
    outcome = case_type.outcomes.get(decision.outcome)
    return Ended(
        outcome=decision.outcome if outcome is None else outcome.label.say(language),
        reasons=decision.reasons,
        by=decision.decided_by,
        at=Words(language).moment(parse(decision.decided_at)),
        number=decision.id,
        round=decision.round,
        draft_use=Translator(language)(DRAFT_USES[decision.draft_use]) if decision.draft_use else None,
    )


def assessment_made(assessed: Assessed, case_type: CaseType, language: Language) -> Ended:
    """A stored assessment of a case that is not decided, in one reader's language."""
    result = case_type.assessed_as.get(assessed.result)
    return Ended(
        outcome=assessed.result if result is None else result.say(language),
        reasons=assessed.reasons,
        by=assessed.assessed_by,
        at=Words(language).moment(parse(assessed.assessed_at)),
        number=assessed.id,
        round=1,
    )
