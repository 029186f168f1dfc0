"""Reads one case, as its page does."""

from __future__ import annotations

from fastapi import Request

from ui.api.case_asked import CASE, CASE_REFUSALS, CaseAnswer, OfCase, case_answer
from ui.api.described import reading

router = reading()


@router.get(CASE, name="api_case", responses=CASE_REFUSALS)
def read_case(request: Request, page: OfCase) -> CaseAnswer:
    """A case of one's own team: facts, gaps, how it stands, and the machine's part where its page shows it."""
    return case_answer(request, page)
