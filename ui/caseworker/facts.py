"""The facts of a case as a table: value, source, why it may be held, and the machine's use; the law's first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from config.bilingual import Language
from config.fields import Field
from config.translate import Translator
from config.words import DANISH_TIME, Words
from engine.masking import NO, NOT_ANSWERED, YES
from models.clock import parse
from routing.what_if import fields_that_count
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.correcting.said import beside_the_fact, latest_of
from ui.caseworker.fact_source import source_of
from ui.caseworker.seen_by_citizen import seen_by_citizen

FEWEST_FOLDED = 3
"""Fewer facts than that are not worth a fold."""


@dataclass(frozen=True)
class FactRow:
    """One fact in words.

    Attributes:
        value: None where it is missing.
        is_text: running text, which is read and not looked up.
        counts: the criteria, the calculation or what is left to judgment look at it, in every case of the type.
        name: the field's name in the case type.
        seen: how the citizen knows of it; empty where they gave it.
        corrected: what a person has set right, and what a later file says of it.
    """

    label: str
    meaning: str | None
    value: str | None
    source: str
    age: str
    basis: str
    machine: str | None
    is_text: bool = False
    counts: bool = True
    name: str = ""
    seen: str = ""
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactsTable:
    """The facts of a case that are known.

    Attributes:
        texts: running text, read before any table.
        rest: folded away under `heading_of_rest`; empty where all stand in `first`.
        usual_use: what the machine makes of most of them, said once; None where it has no part in the case.
    """

    texts: tuple[FactRow, ...]
    first: tuple[FactRow, ...]
    rest: tuple[FactRow, ...]
    heading_of_rest: str
    usual_use: str | None

    @property
    def known(self) -> tuple[FactRow, ...]:
        """All of them, in the order in which they are read."""
        return (*self.texts, *self.first, *self.rest)

    @property
    def meanings(self) -> tuple[FactRow, ...]:
        """The facts whose meaning is written out."""
        return tuple(row for row in self.known if row.meaning is not None)


def fact_rows(
    case: CaseRecord, features: Collection[str], now: datetime, language: Language
) -> tuple[FactRow, ...]:
    """Every declared fact in the order of the file; `features` are the fields that the model learnt from."""
    counting, fields = fields_that_count(case.case_type), case.case_type.fields.items()
    return tuple(
        replace(fact_row(case, name, field, features, now, language), counts=not counting or name in counting)
        for name, field in fields
    )


def fact_row(
    case: CaseRecord, name: str, field: Field, features: Collection[str], now: datetime, language: Language
) -> FactRow:
    """One fact; of a heavy case nothing is said of the machine, for it has no part in it."""
    say, is_heavy = Translator(language), case.case_type.weight == "heavy"
    value, (corrected, _) = case.facts.columns[name].value(0), latest_of(case.corrections, name)
    answer = int(case.consents[name][0]) if name in case.consents else NOT_ANSWERED
    return FactRow(
        label=field.label.say(language),
        meaning=None if field.meaning is None else field.meaning.say(language),
        value=None if value is None else Words(language).fact(field, value),
        source=source_of(field, say),
        age=age_of(case.facts_at if corrected is None else corrected.at, now, say),
        basis=field.basis or say("Legal basis not stated"),
        machine=None if is_heavy else say(machine_use(field, answer, name in features)),
        is_text=field.type == "text",
        name=name,
        seen=seen_by_citizen(case, name, field, language),
        corrected=beside_the_fact(case.corrections, name, field, now, language),
    )


def age_of(recorded_at: str | None, now: datetime, say: Translator) -> str:
    """How old facts are, in days since they were recorded; empty where none are on record.

    Example:
        >>> age_of("2026-11-22T09:00:00.000000Z", parse("2026-11-24T08:00:00.000000Z"), Translator("en"))
        '2 days'
    """
    if recorded_at is None:
        return ""
    days = (now.astimezone(DANISH_TIME).date() - parse(recorded_at).astimezone(DANISH_TIME).date()).days
    return say("today") if days <= 0 else say.counted("{n} day", "{n} days", days)


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


def facts_table(rows: Collection[FactRow], say: Translator) -> FactsTable:
    """The known facts, those first that the law looks at.

    Which those are is the case type's doing alone, so that the fold tells nothing of the case.
    """
    texts = tuple(row for row in rows if row.value is not None and row.is_text)
    known = [row for row in rows if row.value is not None and not row.is_text]
    first = tuple(row for row in known if row.counts)
    rest = tuple(row for row in known if not row.counts)
    if len(rest) < FEWEST_FOLDED:
        first, rest = tuple(known), ()
    uses = Counter(row.machine for row in known if row.machine is not None)
    usual = uses.most_common(1)[0][0] if uses else None
    heading = say.counted("Show one further fact", "Show {n} further facts", len(rest))
    return FactsTable(texts, first, rest, heading, usual)


def missing_rows(rows: Collection[FactRow]) -> tuple[FactRow, ...]:
    """The facts that nobody has given."""
    return tuple(row for row in rows if row.value is None)
