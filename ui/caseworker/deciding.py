"""Decides a case by hand, or by approving its draft: each refusal once, for pages and the API alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, cast

import sqlalchemy as sa
from fastapi import Request

from config.errors import RefusedError
from config.translate import Translator
from models.database import serialise
from models.decision_store import AlreadyDecidedError, Decided, Hearing, record_decision
from models.professional_assessments import Assessed
from models.queue import take_case
from models.workspace_kind import sends_letters
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_record import read_case
from ui.caseworker.case_routes import case_type_of, page_of, renew
from ui.caseworker.checks import Checked
from ui.caseworker.decision_form import DecisionForm, Typed, checked, heard, unchecked
from ui.caseworker.firstview.needing import case_with_view
from ui.caseworker.handling.storing import refuse_conflicted
from ui.caseworker.sending import send_at_once
from ui.caseworker.stale_basis import StaleBasisError, assess_first, refuse_stale
from ui.caseworker.standing_draft import standing_draft
from ui.caseworker.worked import Work, proposed_outcome, record_worked
from ui.web.language import language_of, translated
from ui.web.site import site_of

DRAFT_FELL = "the draft no longer stands"
Why = Literal[
    "view_first",
    "incomplete",
    "conflict_of_interest",
    "taken",
    "draft_gone",
    "ended_already",
    "stale",
    "not_assessed",
    "moved_team",
    "refused",
]


@dataclass(frozen=True)
class Sent:
    """A decision as it was sent.

    Attributes:
        round, assessment: those of the page that it was made from.
    """

    typed: Typed
    checks: Checked
    round: int
    assessment: int | None


@dataclass(frozen=True)
class NotDecided:
    """Why nothing was stored.

    Attributes:
        page: the case as it stands now.
        form: what was typed, with what is missing of it where the form is `incomplete`.
        sentence: what the person is told, in their language; "" where `form` or `first` says it.
        first: what somebody else stored before.
        refused: by the records, in English.
    """

    why: Why
    page: CasePage
    form: DecisionForm
    checks: Checked | None = None
    sentence: str = ""
    first: Decided | Assessed | None = None
    refused: str = ""


def decide_by_hand(request: Request, page: CasePage, sent: Sent) -> NotDecided | None:
    """Store a decision under the visitor's own sign-in; None where it is stored."""
    say, typed, checks = Translator(language_of(request)), sent.typed, sent.checks
    if page.own.is_asked:
        told = say("Store your own view first. Nothing else was stored.")
        return NotDecided("view_first", page, DecisionForm(typed), sentence=told)
    if page.draft is not None and not typed.draft_use:
        typed = replace(typed, draft_use="discarded")
    form = checked(typed, case_type_of(request), page.held_against, say)
    if form.problems:
        return NotDecided("incomplete", page, form, checks)
    is_lost = page.is_open and page.draft is None and bool(typed.draft_use)
    if refused := not_now(page, form, checks, say, is_lost=is_lost):
        return refused
    use = None if page.draft is None else typed.draft_use
    return store(request, page, form, replace(sent, typed=typed), use=use)


def approve_draft(request: Request, page: CasePage, sent: Sent) -> NotDecided | None:
    """Store the draft as the visitor's own decision, if every fact was checked and agrees; None where it is."""
    say, checks = Translator(language_of(request)), sent.checks
    if page.draft is None or not page.is_open or sent.assessment != page.assessment_id:
        told = say("The draft that you saw no longer stands. This is the case as it is now.")
        return NotDecided("draft_gone", page, DecisionForm(), sentence=told)
    missing = unchecked(page.draft.checks, checks, say).problems
    missing = {
        **missing,
        **heard(sent.typed.hearing, not page.draft.asks_hearing, page.held_against, say),
    }
    form = DecisionForm(sent.typed, missing)
    if form.problems:
        return NotDecided("incomplete", page, form, checks)
    if refused := not_now(page, form, checks, say):
        return refused
    typed = replace(sent.typed, outcome=page.draft.outcome_key, reasons=page.draft.reasons)
    return store(request, page, DecisionForm(typed), replace(sent, typed=typed), use="approved")


def not_now(
    page: CasePage, form: DecisionForm, checks: Checked | None, say: Translator, *, is_lost: bool = False
) -> NotDecided | None:
    """Why a form that is filled in cannot be stored as things stand; None where it can.

    `is_lost` says that it was made from a draft that is no longer there.
    """
    if page.standing.is_conflicted:
        told = say("You have said that you may take no part in this case. A colleague decides it.")
        return NotDecided("conflict_of_interest", page, form, checks, told)
    if page.is_open and not page.may_decide:
        told = say("{name} has taken the case meanwhile.", name=page.holder or "")
        return NotDecided("taken", page, form, checks, told)
    if is_lost:
        told = say("The draft no longer stands. Read the case again.")
        return NotDecided("draft_gone", page, form, checks, told)
    return None


def store(
    request: Request, page: CasePage, form: DecisionForm, sent: Sent, *, use: str | None
) -> NotDecided | None:
    """Store a decision that nothing on its page speaks against; the records may still refuse it."""
    try:
        decided = stored(request, page, sent, use)
    except AlreadyDecidedError as first:
        if is_sent_twice(first.decision, form, request):
            return None
        renew(request)
        return NotDecided("ended_already", page_of(request), form, first=first.decision)
    except StaleBasisError as stale:
        return assessed_first(request, page, form, sent.checks, stale)
    except RefusedError as refused:
        renew(request)
        told = translated(str(refused), request)
        return NotDecided("refused", page_of(request), form, sent.checks, told, refused=str(refused))
    send_at_once(site_of(request), page.case_type, page.case_id, decided.id)
    return None


def stored(request: Request, page: CasePage, sent: Sent, use: str | None) -> Decided:
    """The decision and how it came about, in one unit of work with all that speaks against it at this moment."""
    visitor, typed = request.state.visitor, sent.typed
    with site_of(request).database.write() as connection:
        case = case_with_view(request, connection)
        if use == "approved":
            refuse_fallen_draft(request, connection)
        in_force = site_of(request).current.read(connection)
        refuse_stale(connection, case, in_force, sent.assessment)
        refuse_conflicted(connection, page.case_type, page.case_id, visitor.user.id)
        take_case(connection, page.case_type, page.case_id, visitor.user.id)
        decided = record_decision(
            connection,
            case_type=page.case_type,
            case_id=page.case_id,
            sign_in_id=visitor.present.id,
            outcome=typed.outcome,
            reasons=typed.reasons,
            assessment_id=sent.assessment,
            expected_round=sent.round,
            draft_use=cast(Literal["approved", "changed", "discarded"] | None, use),
            checks=sent.checks.given or None,
            hearing=hearing_of(request, typed),
            awaits_dispatch=sends_letters(connection, serialise(connection).now),
        )
        drafted = None if page.draft is None else page.draft.reasons
        work = Work(typed.opened, visitor.present.at, drafted, proposed_outcome(case))
        record_worked(connection, decided, work)
    return decided


def assessed_first(
    request: Request, page: CasePage, form: DecisionForm, checks: Checked, stale: StaleBasisError
) -> NotDecided:
    """What a person is told whose decision rested on what has changed; the form as it fits the case now."""
    told = translated(stale.sentence.rstrip("."), request)
    renewed = assess_first(request, page, told=told, is_assessed=stale.is_assessed)
    if renewed.why == "stale":
        use = form.typed.draft_use
        if renewed.page.draft is None:
            form = replace(form, typed=replace(form.typed, draft_use=""))
        elif use != "approved":
            form = replace(form, typed=replace(form.typed, draft_use=use or "discarded"))
    return NotDecided(renewed.why, renewed.page, form, checks, renewed.sentence)


def is_sent_twice(stands: Decided, form: DecisionForm, request: Request) -> bool:
    """Whether the decision that stands is this very form, sent before from the same sign-in."""
    same = (stands.outcome, stands.reasons) == (form.typed.outcome, form.typed.reasons)
    return same and stands.sign_in_id == int(request.state.visitor.present.id)


def hearing_of(request: Request, typed: Typed) -> Hearing | None:
    """The answer about the hearing, where the outcome asks for one."""
    outcome = case_type_of(request).outcomes.get(typed.outcome)
    return None if outcome is None or outcome.fully_in_favour else cast(Hearing, typed.hearing or None)


def refuse_fallen_draft(request: Request, connection: sa.Connection) -> None:
    """An approval counts only if the draft stands at the very moment it is stored.

    Raises:
        RefusedError: it fell between the page and the approval.
    """
    file = request.state.case_file
    in_force = site_of(request).current.read(connection)
    if standing_draft(read_case(connection, file, in_force.case_types[file["case_type"]]), in_force) is None:
        raise RefusedError(DRAFT_FELL)


def check_fields(page: CasePage, request: Request) -> tuple[str, ...]:
    """The facts that can be said to be checked; any of the case type's where its draft has gone meanwhile."""
    if page.draft is not None:
        return tuple(row.field for row in page.draft.checks)
    return tuple(case_type_of(request).fields)
