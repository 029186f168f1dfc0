"""The case's page for somebody whose decision was not stored: why, and all that they had typed."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Request
from starlette.responses import Response

from config.bilingual import Language
from config.case_type import CaseType
from config.translate import Translator
from models.decision_store import Decided
from models.professional_assessments import Assessed
from ui.caseworker.case_page import Ended, assessment_made, decision_made
from ui.caseworker.case_routes import case_type_of, show
from ui.caseworker.deciding import NotDecided
from ui.web.language import language_of

TEXT_STANDS_BELOW = frozenset({"view_first", "taken", "draft_gone", "stale", "moved_team"})


def show_refusal(request: Request, refused: NotDecided) -> Response:
    """The case's page with why nothing was stored; what somebody else stored first stands beside the text."""
    if refused.why == "incomplete":
        return show(request, refused.page, refused.form, status=HTTPStatus.BAD_REQUEST, checked=refused.checks)
    notice, first = refused.sentence, refused.first
    if refused.why in TEXT_STANDS_BELOW and refused.form.typed.reasons:
        notice = f"{notice} {Translator(language_of(request))('Your text is kept below.')}"
    return show(
        request,
        refused.page,
        refused.form,
        status=HTTPStatus.CONFLICT,
        conflict=None if first is None else made(first, case_type_of(request), language_of(request)),
        notice=notice or None,
        checked=refused.checks,
    )


def made(first: Decided | Assessed, case_type: CaseType, language: Language) -> Ended:
    """What was stored before, in the reader's language."""
    if isinstance(first, Decided):
        return decision_made(first, case_type, language)
    return assessment_made(first, case_type, language)
