"""The facts of a letter as the values that its texts may name, in one language."""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import format_date

from config.bilingual import Bilingual, Language
from config.words import Words
from explain.letters.calculation_words import inside_sentence
from explain.letters.letter_facts import DecisionInWords, LetterFacts, MachinePart, in_one_language


def values_of(facts: LetterFacts, language: Language) -> dict[str, Any]:
    """Every placeholder and list of the letter's kind (see `config/letter_placeholders.py`), in one language."""
    values = {**_of_every_letter(facts, language), "title": "", "opening": ""}
    match facts.kind:
        case "decision" if facts.decision is not None:
            return {**values, **_of_decision(facts, facts.decision, language)}
        case "hearing":
            points = [{**one, "stated": one["stated"] or ""} for one in _listed(facts.points, language)]
            return {**values, "points": points, "answer_by": day_and_weekday(facts.answer_by, language)}
        case "information_request" | "reminder" | "third_party_request":
            return {**values, **_of_question(facts, language)}
        case _:
            return {**values, **_of_receipt(facts, language)}


def own_values(facts: LetterFacts, language: Language) -> dict[str, Any]:
    """What a case type's own texts may name: its facts, amounts and lines, and what is known of every case.

    Each is its words, and whether `if` counts it as something.
    """
    citizen = facts.on_behalf_of
    known = {
        "citizen_first_name": citizen.split()[0] if citizen else facts.recipient.first_name,
        "received_on": Words(language).day(facts.case.received_on),
        "answer_by": day_and_weekday(facts.answer_by, language),
    }
    words = {
        name: {"said": one.words.say(language), "counts": one.is_something} for name, one in facts.words.items()
    }
    return {**{name: {"said": text, "counts": bool(text)} for name, text in known.items()}, **words}


def day_and_weekday(day: date | None, language: Language) -> str:
    """A day that matters, with its weekday; empty where there is none.

    Example:
        >>> day_and_weekday(date(2027, 1, 7), "da"), day_and_weekday(date(2027, 1, 7), "en")
        ('torsdag 7. januar 2027', 'Thursday 7 January 2027')
    """
    if day is None:
        return ""
    return format_date(day, "EEEE d. MMMM y" if language == "da" else "EEEE d MMMM y", locale=LOCALES[language])


def law_in_sentence(law: str, language: Language) -> str:
    """A law as it stands inside a sentence: Danish writes its name with a small letter; in English it is a name.

    Example:
        >>> law_in_sentence("Aktivloven § 82 a", "da"), law_in_sentence("BEK 2058/2021", "da")
        ('aktivloven § 82 a', 'BEK 2058/2021')
    """
    return inside_sentence(law) if language == "da" else law


LOCALES: dict[Language, str] = {"da": "da_DK", "en": "en_GB"}


def day_of_month(day: date | None, dated: date, language: Language) -> str:
    """A day in a table: without its year where that is the letter's."""
    if day is None:
        return ""
    if day.year != dated.year:
        return Words(language).day(day)
    return format_date(day, "d. MMMM" if language == "da" else "d MMMM", locale=LOCALES[language])


def _of_every_letter(facts: LetterFacts, language: Language) -> dict[str, Any]:
    sender, case, signer, words = facts.sender, facts.case, facts.signer, Words(language)
    type_name = case.type_name.say(language)
    return {
        "name": facts.recipient.name,
        "first_name": facts.recipient.first_name,
        "on_behalf_of": facts.on_behalf_of,
        "municipality": sender.name,
        "department": sender.department.say(language),
        "phone": sender.phone,
        "email": sender.email,
        "website": sender.website,
        "hours": sender.hours.say(language),
        "signer": {
            "name": signer.name if signer else "",
            "title": signer.title.say(language) if signer else "",
            "phone": signer.phone if signer else sender.phone,
        },
        "case": {
            "id": case.case_id,
            "type": type_name,
            "about": inside_sentence(type_name),
            "law": law_in_sentence(case.law, language),
            "received_on": words.day(case.received_on),
        },
        "dated": words.day(facts.dated),
        "is_demo": facts.is_demo,
        "example_amounts": facts.example_amounts,
    }


def _of_decision(facts: LetterFacts, decision: DecisionInWords, language: Language) -> dict[str, Any]:
    appeal = decision.appeal
    no_appeal = decision.why_no_appeal
    used = [
        {**_said(one, language), "fetched_on": day_of_month(one.fetched_on, facts.dated, language)}
        for one in facts.data_used
    ]
    return {
        "result": "",
        "outcome": decision.label.say(language),
        "in_favour": decision.in_favour,
        "law": law_in_sentence(decision.law, language),
        "because": "" if decision.because is None else decision.because.say(language),
        "own_reasons": decision.own_reasons,
        "replaces": "" if decision.replaces is None else Words(language).day(decision.replaces),
        "appeal": {
            "is_possible": appeal is not None,
            "last_day": day_and_weekday(appeal.last_day if appeal else None, language),
            "weeks": appeal.weeks if appeal else "",
            "body": appeal.body if appeal else "",
            "lodge_with": appeal.lodge_with if appeal else "",
            "reassess_weeks": (appeal.reassess_weeks or "") if appeal else "",
            "why_none": "" if no_appeal is None else no_appeal.say(language),
        },
        "machine": _of_machine(facts.machine, language),
        "machine_reasons": [{"sentence": one.say(language)} for one in facts.machine.reasons],
        "calculation": _listed(decision.steps, language),
        "data_used": used,
    }


def _of_machine(machine: MachinePart, language: Language) -> dict[str, Any]:
    withheld = [inside_sentence(one.say(language)) for one in machine.withheld]
    return {
        "scored": machine.scored,
        "expects_more": machine.expected == "more",
        "expects_less": machine.expected == "less",
        "drafted": machine.drafted,
        "draft_approved": machine.draft_use == "approved",
        "draft_changed": machine.draft_use == "changed",
        "draft_discarded": machine.draft_use == "discarded",
        "calculated": machine.calculated,
        "withheld": Words(language).listed(withheld),
    }


def _of_question(facts: LetterFacts, language: Language) -> dict[str, Any]:
    asked = facts.third_party
    return {
        "missing": [{**one, "meaning": one["meaning"] or ""} for one in _listed(facts.missing, language)],
        "answer_by": day_and_weekday(facts.answer_by, language),
        "reminds_of": "" if facts.reminds_of is None else Words(language).day(facts.reminds_of),
        "wanted": "" if asked is None else asked.wanted,
        "by_consent": asked is not None and asked.by_consent,
        "ground": "" if asked is None else asked.ground,
    }


def _of_receipt(facts: LetterFacts, language: Language) -> dict[str, Any]:
    receipt, words = facts.receipt, Words(language)
    return {
        "is_decided": receipt.is_decided,
        "is_scored": receipt.is_scored,
        "decide_by": day_and_weekday(receipt.decide_by, language),
        "contact_within_hours": receipt.contact_within_hours or "",
        "sources": words.listed([one.say(language) for one in receipt.sources]),
    }


def _listed(values: tuple[Any, ...], language: Language) -> list[dict[str, Any]]:
    return [_said(one, language) for one in values]


def _said(value: Any, language: Language) -> dict[str, Any]:
    """A part of the facts as plain values of one language."""
    told: dict[str, Any] = in_one_language(value.model_dump(mode="json"), language)
    return told


def said(words: Bilingual | None, language: Language) -> str:
    """Words in one language, empty where there are none."""
    return "" if words is None else words.say(language)
