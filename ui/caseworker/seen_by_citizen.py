"""Whether the citizen has seen a fact that we hold: they stated it, were heard about it, or asked and answered."""

from __future__ import annotations

from config.bilingual import Language
from config.fields import Field
from config.translate import LANGUAGES, Translator
from config.words import Words
from models.case_acts import CaseAct
from models.clock import parse
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.correcting.said import latest_of
from ui.caseworker.held_facts import statement_of


def seen_by_citizen(case: CaseRecord, name: str, field: Field, language: Language) -> str:
    """How the citizen knows of a fact, in a sentence; empty where they gave it, or nobody is party to the case."""
    value, (corrected, _) = case.facts.columns[name].value(0), latest_of(case.corrections, name)
    if value is None or not case.case_type.outcomes or (field.is_applied_with and corrected is None):
        return ""
    say, words = Translator(language), Words(language)
    if heard := heard_about(case, name, field, value):
        return say("The citizen was heard about it, {day}", day=words.day(parse(heard.at)))
    if answer := answered_about(case, name):
        return say("The citizen was asked for it and answered, {day}", day=words.day(parse(answer.at)))
    if case.stated.columns[name].value(0) == value:
        return say("The citizen has stated the same")
    return say("Not seen by the citizen")


def heard_about(case: CaseRecord, name: str, field: Field, value: float | str) -> CaseAct | None:
    """The newest hearing in which the fact was put to the citizen with the value that it has now."""
    now = {statement_of(field, value, one) for one in LANGUAGES}
    for act in reversed(case.acts):
        if act.kind == "hearing" and any(
            point["field"] == name and any(str(point["statement"]).startswith(one) for one in now)
            for point in act.content["points"]
        ):
            return act
    return None


def answered_about(case: CaseRecord, name: str) -> CaseAct | None:
    """The newest answer to a question to the citizen that asked for the fact."""
    asked = {
        act.id
        for act in case.acts
        if act.kind == "asked" and act.content["of"] == "citizen" and name in act.content["fields"]
    }
    answers = [act for act in case.acts if act.kind == "answered" and act.about_act in asked]
    return answers[-1] if answers else None
