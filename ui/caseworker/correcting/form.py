"""The form that corrects one fact: what stands there now, what was typed, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from config.bilingual import Language
from config.fields import Field
from config.translate import Translator
from config.words import Words
from engine.masking import NOT_ANSWERED
from engine.typed_facts import date_as_text
from models.corrections import LONGEST_REASON
from routing.correcting import may_be_held
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.correcting.typed_value import ANSWERS, CHOSEN, UNKNOWN, TypedValue, typed_value
from ui.caseworker.decision_form import Problem
from ui.caseworker.facts import FactRow, fact_row

FIELDS = ("value", "not_known", "reason", "version")


@dataclass(frozen=True)
class Option:
    """One answer or word that can be chosen; `anchor` is its place on the page."""

    value: str
    label: str
    anchor: str


@dataclass(frozen=True)
class FactAsked:
    """The fact as it stands, and how another value is asked for.

    Attributes:
        kind: which control asks for it: `number`, `date`, `text` or `choice`.
        options: what can be chosen; empty where it is typed.
        is_known: a value stands there, so that "not known" is another one.
    """

    name: str
    row: FactRow
    kind: str
    hint: str
    options: tuple[Option, ...]
    is_known: bool
    version: int


@dataclass(frozen=True)
class CorrectionForm:
    """The form as the page shows it; `problems` by field of the form."""

    value: str = ""
    reason: str = ""
    problems: Mapping[str, Problem] = field(default_factory=dict)


def fact_asked(case: CaseRecord, name: str, now: datetime, language: Language) -> FactAsked:
    """One fact of a case, to be corrected; nothing in it is the machine's."""
    say, words, declared = Translator(language), Words(language), case.case_type.fields[name]
    unit = words.unit(declared.unit) if declared.unit else ""
    hints = {
        "number": say(
            "Such as {example}. {unit}", example="1.234,50" if language == "da" else "1,234.50", unit=unit
        ),
        "integer": say("A whole number. {unit}", unit=unit),
        "date": say("Day, month and year, such as 24.11.2026"),
        "text": say("The whole text as it should be"),
    }
    kinds = {"boolean": "choice", "category": "choice", "integer": "number"}
    return FactAsked(
        name=name,
        row=fact_row(case, name, declared, (), now, language),
        kind=kinds.get(declared.type, declared.type),
        hint=hints.get(declared.type, "").strip(),
        options=options_of(declared, language),
        is_known=case.facts.columns[name].value(0) is not None,
        version=case.facts_version,
    )


def options_of(declared: Field, language: Language) -> tuple[Option, ...]:
    """Yes, no and not known; or the words of a category, and not known."""
    words = Words(language)
    if declared.type == "boolean":
        found = [(key, words.yes_no(answer)) for key, answer in ANSWERS.items()]
    elif declared.type == "category":
        found = [(f"{CHOSEN}{word}", declared.said(word, language)) for word in declared.values or ()]
    else:
        return ()
    found.append((UNKNOWN, Translator(language)("Not known")))
    return tuple(Option(value, label, f"value-{place}") for place, (value, label) in enumerate(found))


def begun(case: CaseRecord, name: str) -> CorrectionForm:
    """The empty form; a text is changed from what stands there."""
    value = case.facts.columns[name].value(0)
    is_text = case.case_type.fields[name].type == "text"
    return CorrectionForm(value if is_text and isinstance(value, str) else "")


def checked(
    sent: Mapping[str, str], case: CaseRecord, name: str, language: Language
) -> tuple[CorrectionForm, TypedValue]:
    """The form with what is missing, and the value that was typed."""
    say, declared = Translator(language), case.case_type.fields[name]
    typed = TypedValue() if sent["not_known"] else typed_value(declared, sent["value"], language)
    problems = {}
    anchor = "value-0" if declared.type in ("boolean", "category") else "value"
    if problem := typed.problem or why_not(typed, case, name, language):
        problems["value"] = Problem("value", anchor, problem)
    reason = sent["reason"].strip()
    if not reason:
        problems["reason"] = Problem("reason", "reason", say("Write why the fact is wrong, and how you know"))
    elif len(reason) > LONGEST_REASON:
        sentence = say("Shorten the reason to at most {n} characters", n=LONGEST_REASON)
        problems["reason"] = Problem("reason", "reason", sentence)
    return CorrectionForm(sent["value"], sent["reason"], problems), typed


def why_not(typed: TypedValue, case: CaseRecord, name: str, language: Language) -> str | None:
    """Why a value that can be read cannot be stored: it stands there already, or the citizen has not said yes."""
    say, declared = Translator(language), case.case_type.fields[name]
    label = declared.label.say(language)
    answer = int(case.consents[name][0]) if name in case.consents else NOT_ANSWERED
    if typed.value is not None and not may_be_held(declared, answer):
        return say(
            "“{label}” may be held only when the citizen has said yes, and that answer is not here", label=label
        )
    if typed.value == stands_now(case, name):
        return say("“{label}” says this already; write what it should be instead", label=label)
    return None


def stands_now(case: CaseRecord, name: str) -> float | bool | str | None:
    """The value that stands, as facts are stored; a day without its time of day."""
    value, kind = case.facts.columns[name].value(0), case.case_type.fields[name].type
    return date_as_text(value // 1) if kind == "date" and isinstance(value, float) else value
