"""Facts on which the application and a register say different things."""

from __future__ import annotations

from dataclasses import dataclass

from config.bilingual import Language
from config.translate import Translator
from config.words import Words
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.fact_source import source_of


@dataclass(frozen=True)
class Contradiction:
    """One fact in words: what the application says, what the other source says, and which source that is.

    `is_held` where we have the fact from others than the citizen, and it may count against them.
    """

    label: str
    stated: str
    value: str
    source: str
    is_held: bool


def contradictions_of(case: CaseRecord, language: Language) -> tuple[Contradiction, ...]:
    """Every fact of which the application says something else, in the order of the file."""
    say, words = Translator(language), Words(language)
    found = []
    for name, field in case.case_type.fields.items():
        stated, value = case.stated.columns[name].value(0), case.facts.columns[name].value(0)
        if stated is not None and value is not None and stated != value:
            found.append(
                Contradiction(
                    label=field.label.say(language),
                    stated=words.fact(field, stated),
                    value=words.fact(field, value),
                    source=source_of(field, say),
                    is_held=not (field.is_applied_with or field.protected),
                )
            )
    return tuple(found)
