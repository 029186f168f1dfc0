"""The stable code behind each refusal of an act: the sentence may be worded anew, a program goes by the code."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from models.stale_assessments import FACTS_CHANGED, SHOWN_BEFORE
from ui.caseworker.deciding import DRAFT_FELL
from ui.caseworker.firstview.asking import ASSESSED_ANEW, CLOSED, NOT_ASKED
from ui.caseworker.firstview.needing import VIEW_FIRST
from ui.caseworker.handling.storing import MOVED

CODES: Mapping[str, str] = {
    "the citizen is being heard; wait for the answer or until the last day has passed": "hearing_open",
    "no hearing is on record in this case; hold it first, or say why none is needed": "no_hearing",
    "no exception from the hearing is on record in this case; write it down first": "no_hearing_exception",
    "you have declared a conflict of interest in this case, so a colleague must end it": "conflict_of_interest",
    "you have declared that you may take no part in this case": "conflict_of_interest",
    "this case is not open, so it cannot be decided": "not_open",
    "this case is not open, so it cannot be assessed": "not_open",
    "a case is decided anew only after it was reopened": "not_open",
    "the sign-in was not live when the case was decided; sign in again": "not_signed_in",
    "the sign-in was not live when the case was assessed; sign in again": "not_signed_in",
    SHOWN_BEFORE: "stale",
    FACTS_CHANGED: "stale",
    ASSESSED_ANEW: "stale",
    CLOSED: "not_open",
    NOT_ASKED: "no_view_asked",
    VIEW_FIRST: "view_first",
    DRAFT_FELL: "draft_gone",
    MOVED: "moved",
}
"""The English sentence of a refusal -> its code."""


def code_of(sentence: str) -> str:
    """The code of a refusal; `refused` where it has none of its own.

    Example:
        >>> code_of(VIEW_FIRST), code_of("the database is full")
        ('view_first', 'refused')
    """
    return CODES.get(sentence, "refused")


def status_of(code: str) -> HTTPStatus:
    """A person who may not is forbidden; all else is a conflict with how the case stands."""
    statuses = {"conflict_of_interest": HTTPStatus.FORBIDDEN, "not_signed_in": HTTPStatus.UNAUTHORIZED}
    return statuses.get(code, HTTPStatus.CONFLICT)
