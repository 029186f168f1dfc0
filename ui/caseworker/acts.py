"""What a caseworker does to a case: take it, give it back, decide it; who loses a race keeps the text."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Literal, cast

import sqlalchemy as sa
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.case_type import CaseType
from config.errors import RefusedError
from config.translate import Translator, sentences
from models.database import serialise
from models.decision_store import AlreadyDecidedError, Decided, Hearing, record_decision
from models.queue import case_file, release_case, take_case
from models.workspace_kind import sends_letters
from ui.caseworker.case_page import CasePage, decision_made
from ui.caseworker.case_record import read_case
from ui.caseworker.case_routes import page_of, show
from ui.caseworker.checks import Checked, checked_in
from ui.caseworker.decision_form import BY_HAND, FIELDS, DecisionForm, Typed, checked, number_in, typed_in
from ui.caseworker.firstview.needing import case_with_view
from ui.caseworker.handling.storing import refuse_conflicted
from ui.caseworker.sending import send_at_once
from ui.caseworker.stale_basis import StaleBasisError, assess_first, refuse_stale
from ui.caseworker.standing_draft import standing_draft
from ui.caseworker.worked import Work, proposed_outcome, record_worked
from ui.web.addresses import case_path
from ui.web.language import language_of
from ui.web.page_errors import bad_form
from ui.web.site import site_of

router = APIRouter()
NOT_OURS = "The form holds a field that this page does not have; load the page again."


@router.post("/cases/{case_type}/{case_id}/claim", name="claim")
def claim(request: Request) -> Response:
    """Take the case, unless somebody else has it."""
    request.state.form.only()
    file, user = request.state.case_file, request.state.visitor.user
    with site_of(request).database.write() as connection:
        is_taken = take_case(connection, file["case_type"], file["case_id"], user.id)
    if is_taken:
        return RedirectResponse(case_path(file["case_type"], file["case_id"]), status_code=303)
    renew(request)
    page, say = page_of(request), Translator(language_of(request))
    notice = say("Somebody else was faster: the case is taken, or decided.")
    if page.standing.is_conflicted:
        notice = say("You have said that you may take no part in this case. A colleague decides it.")
    return show(request, page, DecisionForm(), status=HTTPStatus.CONFLICT, notice=notice)


@router.post("/cases/{case_type}/{case_id}/release", name="release")
def release(request: Request) -> Response:
    """Give one's own case back to the team."""
    request.state.form.only()
    file, user = request.state.case_file, request.state.visitor.user
    with site_of(request).database.write() as connection:
        release_case(connection, file["case_type"], file["case_id"], user.id)
    return RedirectResponse(case_path(file["case_type"], file["case_id"]), status_code=303)


@router.post("/cases/{case_type}/{case_id}/decide", name="decide")
def decide(request: Request) -> Response:
    """Store the decision under the visitor's own sign-in, or show the form again with all that was typed."""
    page = page_of(request)
    sent = request.state.form.only(*FIELDS, *check_names(page, request))
    typed = typed_in(sent)
    if typed.draft_use not in ("", *BY_HAND) or not page.is_decided:
        raise bad_form(NOT_OURS)
    if page.own.is_asked:
        return view_first(request, page, typed)
    if page.draft is not None and not typed.draft_use:
        typed = replace(typed, draft_use="discarded")
    form = checked(typed, case_type_of(request), page.held_against, Translator(language_of(request)))
    checks = checked_in(sent, () if page.draft is None else page.draft.checks)
    if form.problems:
        return show(request, page, form, status=HTTPStatus.BAD_REQUEST, checked=checks)
    if refused := refusal(request, page, sent["round"], sent["assessment"], lost_draft=is_lost(page, form)):
        return show(request, page, form, status=HTTPStatus.CONFLICT, notice=refused, checked=checks)
    use = None if page.draft is None else form.typed.draft_use
    return store(request, page, form, checks, round_=int(sent["round"]), assessment=sent["assessment"], use=use)


def store(
    request: Request,
    page: CasePage,
    form: DecisionForm,
    checks: Checked,
    *,
    round_: int,
    assessment: str,
    use: str | None,
) -> Response:
    """Store a decision that the page has let through; whoever was faster is shown beside it."""
    try:
        with site_of(request).database.write() as connection:
            case = case_with_view(request, connection)
            if use == "approved":
                refuse_fallen_draft(request, connection)
            in_force = site_of(request).current.read(connection)
            refuse_stale(connection, case, in_force, number_in(assessment))
            refuse_conflicted(connection, page.case_type, page.case_id, request.state.visitor.user.id)
            take_case(connection, page.case_type, page.case_id, request.state.visitor.user.id)
            decided = record_decision(
                connection,
                case_type=page.case_type,
                case_id=page.case_id,
                sign_in_id=request.state.visitor.present.id,
                outcome=form.typed.outcome,
                reasons=form.typed.reasons,
                assessment_id=number_in(assessment),
                expected_round=round_,
                draft_use=cast(Literal["approved", "changed", "discarded"] | None, use),
                checks=checks.given or None,
                hearing=hearing_of(request, form),
                awaits_dispatch=sends_letters(connection, serialise(connection).now),
            )
            drafted = None if page.draft is None else page.draft.reasons
            signed_in_at = request.state.visitor.present.at
            work = Work(form.typed.opened, signed_in_at, drafted, proposed_outcome(case))
            record_worked(connection, decided, work)
    except AlreadyDecidedError as first:
        if is_sent_twice(first.decision, form, request):
            return RedirectResponse(page.href("decided"), status_code=303)
        renew(request)
        theirs = decision_made(first.decision, case_type_of(request), language_of(request))
        return show(request, page_of(request), form, status=HTTPStatus.CONFLICT, conflict=theirs)
    except StaleBasisError as stale:
        told = translated(stale.sentence.rstrip("."), request)
        return assess_first(request, page, form, checks, told=told, is_assessed=stale.is_assessed)
    except RefusedError as refused:
        renew(request)
        notice = translated(str(refused), request)
        return show(request, page_of(request), form, status=HTTPStatus.CONFLICT, notice=notice, checked=checks)
    send_at_once(site_of(request), page.case_type, page.case_id, decided.id)
    return RedirectResponse(page.href("decided"), status_code=303)


def is_sent_twice(stored: Decided, form: DecisionForm, request: Request) -> bool:
    """Whether the decision that stands is this very form, sent before from the same sign-in."""
    same = (stored.outcome, stored.reasons) == (form.typed.outcome, form.typed.reasons)
    return same and stored.sign_in_id == request.state.visitor.present.id


def view_first(request: Request, page: CasePage, typed: Typed) -> Response:
    """The case's page with the view that is asked for first; what was typed stands there to be read."""
    say = Translator(language_of(request))
    notice = say("Store your own view first. Nothing else was stored; your text is kept.")
    return show(request, page, DecisionForm(typed), status=HTTPStatus.CONFLICT, notice=notice)


def hearing_of(request: Request, form: DecisionForm) -> Hearing | None:
    """The answer about the hearing, where the outcome asks for one."""
    outcome = case_type_of(request).outcomes.get(form.typed.outcome)
    return None if outcome is None or outcome.fully_in_favour else cast(Hearing, form.typed.hearing or None)


def refuse_fallen_draft(request: Request, connection: sa.Connection) -> None:
    """An approval counts only if the draft stands at the very moment it is stored.

    Raises:
        RefusedError: it fell between the page and the approval.
    """
    file = request.state.case_file
    in_force = site_of(request).current.read(connection)
    if standing_draft(read_case(connection, file, in_force.case_types[file["case_type"]]), in_force) is None:
        raise RefusedError("the draft no longer stands")


def refusal(
    request: Request, page: CasePage, round_: str, assessment: str, *, lost_draft: bool = False
) -> str | None:
    """Why a form that is filled in cannot be stored as things stand, in a sentence; None where it can.

    Raises:
        PageError: its hidden fields are not ours.
    """
    if number_in(round_) is None or (assessment and number_in(assessment) is None):
        raise bad_form(NOT_OURS)
    say = Translator(language_of(request))
    if page.standing.is_conflicted:
        return say("You have said that you may take no part in this case. A colleague decides it.")
    if page.is_open and not page.may_decide:
        return say("{name} has taken the case meanwhile. Your text is kept below.", name=page.holder or "")
    if lost_draft:
        return say("The draft no longer stands. Read the case again; your text is kept below.")
    return None


def is_lost(page: CasePage, form: DecisionForm) -> bool:
    """Whether the form was made from a draft that is no longer there."""
    return page.is_open and page.draft is None and bool(form.typed.draft_use)


def check_names(page: CasePage, request: Request) -> tuple[str, ...]:
    """The names of the checks that a form may hold; any of a draft that has gone meanwhile."""
    if page.draft is not None:
        return tuple(row.name for row in page.draft.checks)
    fields = case_type_of(request).fields
    return tuple(f"check-{name}" for name in fields)


def case_type_of(request: Request) -> CaseType:
    """The case type of the case in the address, as it is in force."""
    site = site_of(request)
    with site.database.read() as connection:
        return site.current.read(connection).case_types[request.state.case_file["case_type"]]


def renew(request: Request) -> None:
    """Read the case's row again after somebody else has changed it."""
    file = request.state.case_file
    with site_of(request).database.read() as connection:
        request.state.case_file = case_file(connection, file["case_type"], file["case_id"])


def translated(sentence: str, request: Request) -> str:
    """A refusal of the records in the reader's language, in English where nobody has translated it."""
    forms = sentences(language_of(request)).get(sentence)
    words = forms[0] if forms else sentence
    return f"{words[:1].upper()}{words[1:]}."
