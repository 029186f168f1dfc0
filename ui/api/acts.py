"""What is written on the way to a decision: a person's own first view, and notes."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Request

from config.errors import RefusedError
from config.translate import Translator
from ui.api.bodies import FirstViewBody, NoteBody
from ui.api.case_asked import ACT_REFUSALS, CASE, CaseAnswer, OfCase, case_after
from ui.api.described import acting
from ui.api.problems import ProblemError
from ui.api.refusal_codes import code_of, status_of
from ui.api.wrong_fields import Wrong
from ui.caseworker.firstview.asking import write_view
from ui.caseworker.handling.act_form import NotStored
from ui.caseworker.handling.notes import write_note
from ui.web.language import language_of, translated

router = acting()


@router.post(f"{CASE}/first-view", name="api_first_view", status_code=201, responses=ACT_REFUSALS)
def store_first_view(request: Request, page: OfCase, body: FirstViewBody) -> CaseAnswer:
    """Store one's own view; the answer is the first that may hold the machine's part."""
    typed = {"leans": body.leans, "effort": body.effort, "weighs": body.weighs, "seen": str(body.seen)}
    assessment = "" if body.assessment is None else str(body.assessment)
    return stored(request, write_view(request, page, {**typed, "assessment": assessment}))


@router.post(f"{CASE}/notes", name="api_note", status_code=201, responses=ACT_REFUSALS)
def store_note(request: Request, page: OfCase, body: NoteBody) -> CaseAnswer:
    """Write a note; anybody of the team may, on a closed case too."""
    typed = {"note": body.note, "note_sort": body.note_sort, "note_source": body.note_source}
    spoken = {"note_contact": "yes" if body.note_contact else ""}
    return stored(request, write_note(request, {**typed, **spoken, "seen": str(body.seen)}))


def stored(request: Request, refused: NotStored | None) -> CaseAnswer:
    """The case with what was stored.

    Raises:
        ProblemError: nothing was stored.
    """
    if refused is None:
        return case_after(request)
    if refused.refused is not None:
        raise refused_act(request, refused.refused)
    wrong = [Wrong(field=one.field, detail=one.sentence) for one in refused.form.problems.values()]
    told = Translator(language_of(request))("Something is missing")
    raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "incomplete", told, wrong)


def refused_act(request: Request, refused: RefusedError) -> ProblemError:
    """A refusal of the records, in the reader's language."""
    code = code_of(refused.sentence)
    return ProblemError(status_of(code), code, translated(refused.sentence.rstrip("."), request))
