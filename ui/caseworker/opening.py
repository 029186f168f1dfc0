"""The first sentence of a case's page: what the citizen asks for, in the words of its case type."""

from __future__ import annotations

from config.asked_for import FIRST_NAME
from config.bilingual import Language
from config.translate import Translator
from config.words import Words
from explain.letters.calculation_words import inside_sentence
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.identity import identity_of


def asked_for(case: CaseRecord, language: Language) -> str | None:
    """What the citizen asks for; None where the case type has no words for it, or a fact in them is not known."""
    sentence = case.case_type.asks_for
    if sentence is None:
        return None
    first_name = identity_of(case.citizen, case.case_id).first_name
    known: dict[str, str | None] = {FIRST_NAME: first_name or Translator(language)("The citizen")}
    for name, field in case.case_type.fields.items():
        value = case.facts.columns[name].value(0)
        said = None if value is None else Words(language).fact(field, value)
        known[name] = inside_sentence(said) if said is not None and field.type == "category" else said
    return sentence.filled(language, known)
