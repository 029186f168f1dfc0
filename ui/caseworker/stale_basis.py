"""A decision rests on the assessment that its page showed, and this on what is known now; else it is made anew.

So does what a person finds of a case that is assessed and not decided, such as a report about a child. Asked
inside the unit of work that would store it; the database asks the same of facts and consents.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import sqlalchemy as sa
import structlog
from fastapi import Request

from config.errors import RefusedError, StafetError
from config.translate import Translator
from models.queue import case_file
from models.stale_assessments import CONSENT_CHANGED, FACTS_CHANGED, SHOWN_BEFORE, consents_changed
from models.training_store import latest_model
from routing.correcting import assess_anew
from routing.in_force import InForce
from ui.caseworker.case_page import CasePage
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.case_routes import page_of
from ui.web.language import language_of
from ui.web.site import site_of

TYPE_CHANGED = "the case type has been changed since the case was assessed"
RULES_CHANGED = "the rules have been changed since the case was assessed"
MODEL_CHANGED = "the machine has learnt anew since the case was assessed"
READ_AGAIN = "The case has been assessed anew. Read it again before you decide."
READ_REPORT_AGAIN = "The case has been routed anew. Read it again before you assess it."
OF_A_REPORT = {
    SHOWN_BEFORE: "the rules have looked at the report again since this page was shown",
    FACTS_CHANGED: "the facts of the report have changed since the rules gave it to the team",
    CONSENT_CHANGED: "an answer about the use of data has come since the rules gave the report to the team",
    TYPE_CHANGED: "the case type has been changed since the rules gave the report to the team",
    RULES_CHANGED: "the rules have been changed since they gave the report to the team",
}
"""The same of a case that is not decided, where "assessed" is what a person does."""


class StaleBasisError(RefusedError):
    """What a decision rests on has changed; `is_assessed` where the case has been assessed anew already."""

    def __init__(self, sentence: str, *, is_assessed: bool = False) -> None:
        self.is_assessed = is_assessed
        super().__init__(sentence)


@dataclass(frozen=True)
class Renewed:
    """What came of assessing a case anew.

    Attributes:
        page: the case as it stands now; as it was where it could not be assessed, or is another team's.
        sentence: what changed, and what to do, in the reader's language.
    """

    why: Literal["stale", "not_assessed", "moved_team"]
    page: CasePage
    sentence: str


def refuse_stale(connection: sa.Connection, case: CaseRecord, in_force: InForce, seen: int | None) -> None:
    """The newest assessment rests on what is known now, and is the one that the person saw (`seen`).

    Raises:
        StaleBasisError: it is not; the sentence says what changed.
    """
    if not case.is_open or case.assessment is None:
        return
    if (changed := what_changed(connection, case, in_force)) is not None:
        raise StaleBasisError(changed)
    if seen != case.assessment["id"]:
        raise StaleBasisError(SHOWN_BEFORE, is_assessed=True)


def what_changed(connection: sa.Connection, case: CaseRecord, in_force: InForce) -> str | None:
    """What has changed since a case was assessed, in a sentence; None where nothing has."""
    row, key = case.assessment, case.case_type.key
    assert row is not None
    if row["facts_version"] != case.facts_version:
        return FACTS_CHANGED
    if consents_changed(connection, key, case.case_id, row["made_at"]):
        return CONSENT_CHANGED
    if row["case_type_version"] != in_force.case_type_versions[key]:
        return TYPE_CHANGED
    if row["rules_version"] != in_force.rules_version:
        return RULES_CHANGED
    newest = latest_model(connection, key)
    if row["model_version"] is not None and (newest is None or newest.version != row["model_version"]):
        return MODEL_CHANGED
    return None


def assess_first(request: Request, page: CasePage, *, told: str, is_assessed: bool) -> Renewed:
    """Assess the case anew where that is needed; `told` says what changed, in the reader's language."""
    say = Translator(language_of(request))
    if not is_assessed and not is_assessed_anew(request, page):
        failed = say("The machine could not assess the case anew. Tell your team lead.")
        return Renewed("not_assessed", page, f"{told} {failed}")
    file = request.state.case_file
    with site_of(request).database.read() as connection:
        now = case_file(connection, file["case_type"], file["case_id"])
    if now is None or now["team"] != request.state.visitor.user.team:
        return Renewed("moved_team", page, f"{told} {say('By that it has gone to another team.')}")
    request.state.case_file = now
    read = say(READ_AGAIN if page.is_decided else READ_REPORT_AGAIN)
    return Renewed("stale", page_of(request), f"{told} {read}")


def is_assessed_anew(request: Request, page: CasePage) -> bool:
    """Assess the one case by what counts now; whether that could be done."""
    site = site_of(request)
    with site.database.read() as connection:
        opened = replace(site.opened, in_force=site.current.read(connection))
    try:
        assess_anew(opened, page.case_type, page.case_id)
    except StafetError as error:
        structlog.get_logger("stafet.web").warning("a case could not be assessed anew", reason=str(error))
        return False
    return True
