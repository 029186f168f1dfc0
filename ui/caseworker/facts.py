"""The facts of a case as a table: value, source, why it may be held, and whether the machine saw it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from config.bilingual import Language
from config.fields import Field
from config.translate import Translator
from config.words import DANISH_TIME, Words
from engine.masking import NO, NOT_ANSWERED, YES
from models.clock import parse
from ui.caseworker.case_record import CaseRecord

APPLICATION = "application"


@dataclass(frozen=True)
class FactRow:
    """One fact in words; `value` is None where it is missing."""

    label: str
    meaning: str | None
    value: str | None
    source: str
    age: str
    basis: str
    machine: str | None


def fact_rows(
    case: CaseRecord, features: Collection[str], now: datetime, language: Language
) -> tuple[FactRow, ...]:
    """Every declared fact in the order of the file; `features` are the fields that the model learnt from."""
    age = age_of(case.facts_at, now, Translator(language))
    fields = case.case_type.fields.items()
    return tuple(fact_row(case, name, field, features, age, language) for name, field in fields)


def fact_row(
    case: CaseRecord, name: str, field: Field, features: Collection[str], age: str, language: Language
) -> FactRow:
    """One fact; of a heavy case nothing is said of the machine, for it has no part in it."""
    say, is_heavy = Translator(language), case.case_type.weight == "heavy"
    value = case.facts.columns[name].value(0)
    answer = int(case.consents[name][0]) if name in case.consents else NOT_ANSWERED
    return FactRow(
        label=field.label.say(language),
        meaning=None if field.meaning is None else field.meaning.say(language),
        value=None if value is None else Words(language).fact(field, value),
        source=source_of(field, say),
        age=age,
        basis=field.basis or say("Legal basis not stated"),
        machine=None if is_heavy else say(machine_use(field, answer, name in features)),
    )


def age_of(recorded_at: str | None, now: datetime, say: Translator) -> str:
    """How long ago facts were recorded, in days; empty where none are on record.

    Example:
        >>> age_of("2026-11-22T09:00:00.000000Z", parse("2026-11-24T08:00:00.000000Z"), Translator("en"))
        '2 days ago'
    """
    if recorded_at is None:
        return ""
    days = (now.astimezone(DANISH_TIME).date() - parse(recorded_at).astimezone(DANISH_TIME).date()).days
    return say("today") if days <= 0 else say.counted("{n} day ago", "{n} days ago", days)


def source_of(field: Field, say: Translator) -> str:
    """Where a fact comes from."""
    return say("The application") if field.source == APPLICATION else field.source or say("Source not stated")


def machine_use(field: Field, answer: int, is_feature: bool) -> str:
    """What the machine makes of a fact, as an English sentence.

    Example:
        >>> from config.bilingual import Bilingual
        >>> age = Field(column="age", type="number", label=Bilingual(da="Alder", en="Age"), protected=True)
        >>> machine_use(age, NOT_ANSWERED, is_feature=False)
        'Protected: the machine does not see it'
    """
    if field.protected:
        return "Protected: the machine does not see it"
    if field.model_use == "never":
        return "The machine may not see it"
    if field.model_use == "with_consent" and answer != YES:
        return "Hidden from the machine: the citizen has not said yes"
    if field.model_use == "unless_refused" and answer == NO:
        return "Hidden from the machine: the citizen has said no"
    return "The machine uses it" if is_feature else "The machine does not use it"


def missing_labels(rows: Collection[FactRow]) -> tuple[str, ...]:
    """The facts that nobody has given."""
    return tuple(row.label for row in rows if row.value is None)
