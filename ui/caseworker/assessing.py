"""Stores what a person finds of a case that is assessed and not decided, for pages and the API alike."""

from __future__ import annotations

from fastapi import Request

from config.errors import RefusedError
from config.translate import Translator
from models.professional_assessments import AlreadyAssessedError, Assessed, record_professional_assessment
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_routes import case_type_of, page_of, renew
from ui.caseworker.deciding import NotDecided, not_now
from ui.caseworker.decision_form import DecisionForm, Typed, checked_assessment
from ui.caseworker.firstview.needing import case_with_view
from ui.caseworker.handling.storing import refuse_conflicted
from ui.caseworker.stale_basis import OF_A_REPORT, StaleBasisError, assess_first, refuse_stale
from ui.web.language import language_of, translated
from ui.web.site import site_of


def assess(request: Request, page: CasePage, typed: Typed, seen: int | None) -> NotDecided | None:
    """Store an assessment under the visitor's own sign-in; None where it is stored.

    `seen` is the machine's assessment, by which the case came here, that its page showed.
    """
    say = Translator(language_of(request))
    form = checked_assessment(typed, case_type_of(request), say)
    if form.problems:
        return NotDecided("incomplete", page, form)
    if refused := not_now(page, form, None, say):
        return refused
    try:
        store(request, page, typed, seen)
    except AlreadyAssessedError as first:
        if is_sent_twice(first.assessed, form, request):
            return None
        renew(request)
        return NotDecided("ended_already", page_of(request), form, first=first.assessed)
    except StaleBasisError as stale:
        sentence = stale.sentence.rstrip(".")
        told = translated(OF_A_REPORT.get(sentence, sentence), request)
        renewed = assess_first(request, page, told=told, is_assessed=stale.is_assessed)
        return NotDecided(renewed.why, renewed.page, form, sentence=renewed.sentence)
    except RefusedError as refused_by_records:
        told = translated(str(refused_by_records), request)
        return NotDecided("refused", page, form, sentence=told, refused=str(refused_by_records))
    return None


def store(request: Request, page: CasePage, typed: Typed, seen: int | None) -> None:
    """Store an assessment that nothing on its page speaks against."""
    visitor = request.state.visitor
    with site_of(request).database.write() as connection:
        in_force = site_of(request).current.read(connection)
        refuse_stale(connection, case_with_view(request, connection), in_force, seen)
        refuse_conflicted(connection, page.case_type, page.case_id, visitor.user.id)
        record_professional_assessment(
            connection,
            case_type=page.case_type,
            case_id=page.case_id,
            sign_in_id=visitor.present.id,
            result=typed.outcome,
            reasons=typed.reasons,
        )


def is_sent_twice(stands: Assessed, form: DecisionForm, request: Request) -> bool:
    """Whether the assessment that stands is this very form, sent before from the same sign-in."""
    same = (stands.result, stands.reasons) == (form.typed.outcome, form.typed.reasons)
    return same and stands.sign_in_id == int(request.state.visitor.present.id)
