"""What the authority holds of a case from others than the citizen, and where the application says otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from config.bilingual import Language
from config.fields import Field
from config.translate import Translator
from config.words import Words
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.fact_source import source_of


@dataclass(frozen=True)
class HeldFact:
    """One fact in words.

    Attributes:
        stated: what the application says, where that is something else.
        statement: all of it in one or two sentences.
    """

    name: str
    label: str
    value: str
    source: str
    stated: str | None
    statement: str


def held_facts(case: CaseRecord, language: Language) -> tuple[HeldFact, ...]:
    """Every fact that is known and came otherwise than with the application; protected ones count for nothing."""
    say, words = Translator(language), Words(language)
    found = []
    for name, field in case.case_type.fields.items():
        value, stated = case.facts.columns[name].value(0), case.stated.columns[name].value(0)
        if value is None or field.is_applied_with or field.protected:
            continue
        label, said, source = field.label.say(language), words.fact(field, value), source_of(field, say)
        statement = statement_of(field, value, language)
        other = None if stated is None or stated == value else words.fact(field, stated)
        if other is not None:
            statement += " " + say("The application says {stated}.", stated=other)
        found.append(HeldFact(name, label, said, source, other, statement))
    return tuple(found)


def statement_of(field: Field, value: float | str, language: Language) -> str:
    """A fact as it is put to the citizen, before what the application says of it."""
    say, said = Translator(language), Words(language).fact(field, value)
    return say(
        "{label}: {value} ({source}).", label=field.label.say(language), value=said, source=source_of(field, say)
    )
