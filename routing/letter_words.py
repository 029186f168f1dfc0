"""One case's facts, amounts and lines in the words of a letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from config.amounts import Amount, Table
from config.bilingual import Bilingual, Language
from config.calculation import ShownLine, amounts_on
from config.case_type import CaseType
from config.words import Words
from explain.letters.calculation_words import value_in_words
from explain.letters.letter_facts import DataUsed, Word, both
from routing.letter_record import LetterCase

YOUR_APPLICATION = both("Din ansøgning", "Your application")
NO_SOURCE = both("Kommunen", "The municipality")
CORRECTED = both("Kommunen, der har rettet det", "The municipality, which corrected it")
NOW_IT_SAYS: Mapping[Language, str] = {"da": "I sagen står der", "en": "The case says"}


def fact_words(case: LetterCase, name: str) -> Bilingual:
    """What a fact is, in both languages; free text is not repeated in letters, only named."""
    declared = case.case_type.fields[name]
    value = case.facts.columns[name].value(0)
    if declared.type == "text" and value is not None:
        return both("Tekst i sagen", "Text in the case")

    def said(language: Language) -> str:
        return Words(language).fact(declared, value)

    return both(said("da"), said("en"))


def source_words(case: LetterCase, name: str) -> Bilingual:
    """Where a fact comes from."""
    source = case.case_type.fields[name].source
    if name in case.corrected:
        return CORRECTED
    if source is None:
        return NO_SOURCE
    return YOUR_APPLICATION if case.case_type.fields[name].is_applied_with else source


def data_used(case: LetterCase, names: tuple[str, ...]) -> tuple[DataUsed, ...]:
    """The facts named, each with its source and the day it came."""
    return tuple(
        DataUsed(
            label=case.case_type.fields[name].label,
            value=fact_words(case, name),
            source=source_words(case, name),
            fetched_on=fetched_on(case, name),
        )
        for name in names
    )


def fetched_on(case: LetterCase, name: str) -> date | None:
    """The day a fact came: with the application, or when its value was recorded or set right."""
    if name in case.corrected:
        return case.corrected[name]
    if case.case_type.fields[name].is_applied_with:
        return case.received_on
    return case.known_since.get(name)


def words_of(case: LetterCase, lines: list[ShownLine]) -> dict[str, Word]:
    """Everything that the case type's own texts may name: facts, amounts in force, and lines."""
    known: dict[str, Word] = {}
    for name in case.case_type.fields:
        value = case.facts.columns[name].value(0)
        known[name] = Word(words=_without_period(case, name), is_something=bool(value))
    for name, amount in amounts_on(case.case_type.amounts, case.received_on).items():
        known[name] = _word(case.case_type, name, amount)
    for line in lines:
        known[line.name] = _word(case.case_type, line.name, line.result)
    return known


def _without_period(case: LetterCase, name: str) -> Bilingual:
    """A number by itself: the text around it says whether that is a month or a year."""
    declared, value = case.case_type.fields[name], case.facts.columns[name].value(0)
    if declared.type in ("number", "integer") and isinstance(value, float):
        return value_in_words(case.case_type, name, Decimal(repr(value)))
    return fact_words(case, name)


def _word(case_type: CaseType, name: str, value: Decimal | None) -> Word:
    return Word(words=value_in_words(case_type, name, value), is_something=bool(value))


def uses_example_amounts(case_type: CaseType) -> bool:
    """Whether an amount or a scale is an example that the municipality has not confirmed."""
    dated: list[Amount | Table] = [*case_type.amounts.values(), *case_type.tables.values()]
    return any(one.example for one in dated)


def unsaid(because: Bilingual, reasons: str) -> Bilingual:
    """The criterion's words, without those that the person's own reasons repeat: they stand in the letter once."""
    said = " ".join(reasons.split())
    return both(*("" if one in said else one for one in (because.da, because.en)))


def asked_words(case: LetterCase, name: str) -> Bilingual | None:
    """What is meant by a fact that is asked for; of a yes or no, that it is one, and which stands in the case."""
    declared, value = case.case_type.fields[name], case.facts.columns[name].value(0)
    if declared.type != "boolean":
        return declared.meaning
    ask = both("Ja eller nej?", "Yes or no?")
    if value is not None:
        ask = both(*(f"{begin} {Words(to).yes_no(bool(value)).lower()}." for to, begin in NOW_IT_SAYS.items()))
    if declared.meaning is None:
        return ask
    meant = as_sentences(declared.meaning)
    return both(f"{meant.da} {ask.da}", f"{meant.en} {ask.en}")


def as_sentences(words: Bilingual) -> Bilingual:
    """Words as whole sentences, with a large letter first and a full stop last."""
    return both(*(_as_sentence(one) for one in (words.da, words.en)))


def _as_sentence(words: str) -> str:
    text = words.strip()
    return text[:1].upper() + text[1:] + ("" if text[-1:] in ("", ".", "!", "?") else ".")
