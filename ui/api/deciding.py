"""Ends a case: decides it by hand, approves its draft, or stores what a person finds of a report."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import Request

from config.translate import Translator
from ui.api.bodies import ApprovalBody, AssessmentBody, DecisionBody
from ui.api.case_asked import ACT_REFUSALS, CASE, CaseAnswer, OfCase, case_after
from ui.api.described import acting
from ui.api.problems import ProblemError
from ui.api.refusal_codes import code_of, status_of
from ui.api.wrong_fields import Wrong, path_of
from ui.caseworker.assessing import assess
from ui.caseworker.case_page import CasePage
from ui.caseworker.checks import Checked
from ui.caseworker.deciding import NotDecided, Sent, approve_draft, check_fields, decide_by_hand
from ui.caseworker.decision_form import Problem, Typed
from ui.web.language import language_of

router = acting()


@router.post(f"{CASE}/decision", name="api_decide", status_code=201, responses=ACT_REFUSALS)
def decide(request: Request, page: OfCase, body: DecisionBody) -> CaseAnswer:
    """Decide the case under one's own sign-in; sent twice it is stored once."""
    refuse_other_end(request, page, is_decision=True)
    typed = Typed(body.outcome, body.reasons.strip(), body.draft_use or "", body.hearing or "", body.opened)
    checks = checked(request, page, body.checks)
    return ended(request, decide_by_hand(request, page, Sent(typed, checks, body.round, body.assessment)))


@router.post(f"{CASE}/approval", name="api_approve", status_code=201, responses=ACT_REFUSALS)
def approve(request: Request, page: OfCase, body: ApprovalBody) -> CaseAnswer:
    """Approve and sign the draft as one's own decision, once every fact was checked and agrees."""
    checks = checked(request, page, body.checks)
    typed = Typed(hearing=body.hearing or "", opened=body.opened)
    return ended(request, approve_draft(request, page, Sent(typed, checks, body.round, body.assessment)))


@router.post(f"{CASE}/assessment", name="api_assess", status_code=201, responses=ACT_REFUSALS)
def store_assessment(request: Request, page: OfCase, body: AssessmentBody) -> CaseAnswer:
    """Store what one finds of a case that is assessed and not decided, such as a report about a child."""
    refuse_other_end(request, page, is_decision=False)
    return ended(request, assess(request, page, Typed(body.outcome, body.reasons.strip()), body.assessment))


def refuse_other_end(request: Request, page: CasePage, *, is_decision: bool) -> None:
    """A case type either decides its cases or assesses them.

    Raises:
        ProblemError: this one does the other.
    """
    if page.is_decided == is_decision:
        return
    say = Translator(language_of(request))
    told = say("Such a case is decided.") if page.is_decided else say("Such a case is assessed, and not decided.")
    raise ProblemError(HTTPStatus.CONFLICT, "wrong_end", told)


def checked(request: Request, page: CasePage, answers: Mapping[str, str]) -> Checked:
    """The checks of the draft as they were answered; a fact that is none of the case's is refused.

    Raises:
        ProblemError: there is no such check.
    """
    say, known = Translator(language_of(request)), check_fields(page, request)
    strange = [Wrong(field=path_of(("body", "checks", one)), detail=say("There is no such field here."))
               for one in answers if one not in known]  # fmt: skip
    if strange:
        told = say("Something that was sent is missing, wrong or not asked for.")
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "not_understood", told, strange)
    rows = () if page.draft is None else page.draft.checks
    return Checked({row.field: answers.get(row.field, "") for row in rows})


def ended(request: Request, refused: NotDecided | None) -> CaseAnswer:
    """The case as it ended.

    Raises:
        ProblemError: nothing was stored.
    """
    if refused is None:
        return case_after(request)
    if refused.why == "incomplete":
        raise incomplete(request, refused)
    say, first = Translator(language_of(request)), refused.first
    told, code = refused.sentence, code_of(refused.refused) if refused.refused else refused.why
    if first is not None:
        sentence = "{name} decided the case while you were writing" if refused.page.is_decided else (
            "{name} assessed the case while you were writing")  # fmt: skip
        by = first.decided_by if refused.page.is_decided else first.assessed_by
        told = say(sentence, name=by)
    raise ProblemError(status_of(code), code, told)


def incomplete(request: Request, refused: NotDecided) -> ProblemError:
    """What is missing, field by field, in the sentences of the form."""
    checks = () if refused.checks is None else refused.checks.answers
    say, problems = Translator(language_of(request)), refused.form.problems.values()
    wrong = [Wrong(field=place_of(one, checks), detail=one.sentence) for one in problems]
    told = say.counted(
        "One thing is missing before you can sign", "{n} things are missing before you can sign", len(wrong)
    )
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "incomplete", told, wrong)


def place_of(problem: Problem, checks: Mapping[str, str] | tuple[()]) -> str:
    """Where the field stands in what was sent."""
    return f"checks.{problem.field}" if problem.field in checks else problem.field
