"""What a case type file still lacks before its type may go live: what `check` says and `live` refuses on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from config.amount_findings import amount_findings
from config.case_type import CaseType
from config.fields import Field
from config.finding import Finding, Level
from config.law_references import law_findings

__all__ = ["Finding", "fields_in_use", "missing_before_live"]


def missing_before_live(case_type: CaseType, *, today: date, examples_confirmed: bool = False) -> list[Finding]:
    """Everything missing on that day, errors first; going live is refused while there is an error.

    `examples_confirmed` counts example amounts as confirmed, as a demo workspace does.
    """
    found = [*_law(case_type), *_fields(case_type), *_outcomes(case_type), *_letters(case_type)]
    found += amount_findings(case_type, today, examples_confirmed=examples_confirmed)
    found += law_findings(case_type)
    return sorted(found, key=lambda one: one.level)


def fields_in_use(case_type: CaseType) -> dict[str, str]:
    """Fields that the model, calculation or criteria may use, each with the first use in English.

    A heavy case type has no model; a protected, hidden or free-text field is never used by one.
    """
    used: dict[str, str] = {}
    for line in case_type.calculation:
        names = [*line.names, *sorted(line.asked)]
        used |= {name: "calculation" for name in names if name in case_type.fields and name not in used}
    whens = [criterion.when for criterion in case_type.criteria]
    whens += [untested.when for untested in case_type.untested_by_machine if untested.when is not None]
    for when in whens:
        used |= {name: "criteria" for name in sorted(when.fields) if name in case_type.fields and name not in used}
    for name, field in case_type.fields.items():
        if case_type.weight == "light" and _model_may_use(field) and name not in used:
            used[name] = "model"
    return used


def _model_may_use(field: Field) -> bool:
    return not field.protected and field.model_use != "never" and field.type != "text"


def _law(case_type: CaseType) -> Iterator[Finding]:
    if case_type.legal_basis is None:
        yield Finding(
            "error",
            "legal_basis",
            "Loven bag sagstypen mangler i `legal_basis`.",
            "The law behind the case type is missing in `legal_basis`.",
        )
    if case_type.model_basis is None and case_type.weight == "light":
        yield Finding(
            "error",
            "model_basis",
            "Hjemlen til at lade en model vurdere disse sager mangler i `model_basis`; "
            "loven bag ydelsen er ikke nok.",
            "The law for letting a model assess these cases is missing in `model_basis`; "
            "the law behind the benefit is not enough.",
        )
    if case_type.retention is None or case_type.retention.basis is None:
        yield Finding(
            "warning",
            "retention",
            "Hvor længe en sag gemmes, og hvorfor, mangler i `retention`.",
            "How long a case is kept, and on what ground, is missing in `retention`.",
        )
    if case_type.appeal is None and case_type.outcomes:
        yield Finding(
            "warning",
            "appeal",
            "Klagevejledningen mangler i `appeal`.",
            "How a decision is appealed is missing in `appeal`.",
        )
    if case_type.deadlines.decide_within_days is None and case_type.outcomes:
        yield Finding(
            "warning",
            "deadlines.decide_within_days",
            "Fristen for afgørelsen mangler i `deadlines` (retssikkerhedsloven § 3).",
            "The deadline for a decision is missing in `deadlines` (retssikkerhedsloven § 3).",
        )


def _fields(case_type: CaseType) -> Iterator[Finding]:
    used = fields_in_use(case_type)
    for name, field in case_type.fields.items():
        level: Level = "error" if name in used else "warning"
        da, en = f"'{field.label.da}'", f"'{field.label.en}'"
        if field.source is None:
            key = f"fields.{name}.source"
            yield Finding(level, key, f"Kilden til {da} mangler: {key}.", f"The source of {en} is missing: {key}.")
        if field.basis is None:
            key = f"fields.{name}.basis"
            yield Finding(
                level,
                key,
                f"Hvorfor kommunen må have {da}, mangler: {key}.",
                f"Why the municipality may hold {en} is missing: {key}.",
            )
        if field.meaning is None:
            key = f"fields.{name}.meaning"
            yield Finding(
                "warning", key, f"Hvad {da} betyder, mangler: {key}.", f"What {en} means is missing: {key}."
            )


def _outcomes(case_type: CaseType) -> Iterator[Finding]:
    if case_type.criteria and not case_type.tests:
        yield Finding(
            "warning",
            "tests",
            "Kriterierne har ingen prøver; skriv mindst én sag på hver grænse i `tests`.",
            "The criteria have no tests; write at least one case on each limit in `tests`.",
        )
    if not case_type.outcomes and not case_type.assessed_as:
        yield Finding(
            "error",
            "assessed_as",
            "Sagen ender uden afgørelse, og ingen vurdering kan lukke den; skriv `assessed_as`.",
            "The case ends without a decision, and no assessment can close it; write `assessed_as`.",
        )
    if case_type.weight == "heavy" and not case_type.checklist:
        yield Finding(
            "warning",
            "checklist",
            "En tung sagstype uden tjekliste giver ringe støtte; skriv `checklist`.",
            "A heavy case type without a checklist gives little support; write `checklist`.",
        )


def _letters(case_type: CaseType) -> Iterator[Finding]:
    """With the general words for every outcome nothing is missing; with own words for some, the others' are."""
    if not any(outcome.letter for outcome in case_type.outcomes.values()):
        return
    for name, outcome in case_type.outcomes.items():
        if outcome.letter is None:
            key = f"outcomes.{name}.letter"
            yield Finding(
                "warning",
                key,
                f"Brevets ord for »{outcome.label.da}« mangler: {key}.",
                f"The letter's words for '{outcome.label.en}' are missing: {key}.",
            )
