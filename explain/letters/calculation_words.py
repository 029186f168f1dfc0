"""A calculation line by line in words: what is calculated, how, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from config.bilingual import Bilingual, Language
from config.calculation import CalculationLine, ShownLine
from config.case_type import CaseType
from config.names import humanised
from config.translate import Translator
from config.words import Words
from explain.letters.letter_facts import Step, both

JOINED: Mapping[str, str] = {
    "multiply": "{first} times {second}",
    "add": "{first} plus {second}",
    "subtract": "{first} minus {second}",
    "divide": "{first} divided by {second}",
    "percent": "{first} of {second}",
}
PERCENT = frozenset({"percent", "procent", "%", "per cent"})


def steps_of(case_type: CaseType, shown: Sequence[ShownLine]) -> tuple[Step, ...]:
    """The lines that came to a result, in their order."""
    declared = {line.name: line for line in case_type.calculation}
    da, en = _Speaker(case_type, "da"), _Speaker(case_type, "en")
    return tuple(
        Step(
            label=both(da.label(line.name), en.label(line.name)),
            how=both(_capital(da.how(line)), _capital(en.how(line))),
            result=both(da.value(line.name, line.result), en.value(line.name, line.result)),
            law=declared[line.name].legal_basis or "",
        )
        for line in shown
        if line.result is not None
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def value_in_words(case_type: CaseType, name: str, value: Decimal | None) -> Bilingual:
    """The value of an amount or a line of that name, in words."""
    return both(_Speaker(case_type, "da").value(name, value), _Speaker(case_type, "en").value(name, value))


def inside_sentence(label: str) -> str:
    """A label as it stands inside a sentence: a small first letter, unless it begins with an abbreviation.

    Example:
        >>> inside_sentence("Husstandens indkomst"), inside_sentence("CPR-nummer")
        ('husstandens indkomst', 'CPR-nummer')
    """
    return label[:1].lower() + label[1:] if label[1:2].islower() or len(label) == 1 else label


class _Speaker:
    def __init__(self, case_type: CaseType, language: Language) -> None:
        self.case_type = case_type
        self.language = language
        self.words = Words(language)
        self.say = Translator(language)
        self.lines: dict[str, CalculationLine] = {line.name: line for line in case_type.calculation}

    def label(self, name: str) -> str:
        """What a line or a fact is called."""
        named = self.lines.get(name) or self.case_type.fields.get(name)
        if named is not None and named.label is not None:
            return named.label.say(self.language)
        return humanised(name)

    def unit(self, name: str) -> str | None:
        """The unit of a line, a fact or an amount."""
        for one in (self.lines.get(name), self.case_type.fields.get(name), self.case_type.amounts.get(name)):
            if one is not None:
                return one.unit or self._unit_of_scale(name)
        return None

    def _unit_of_scale(self, name: str) -> str | None:
        line = self.lines.get(name)
        return None if line is None or line.table is None else self.case_type.tables[line.table].unit

    def value(self, name: str | None, value: Decimal | None) -> str:
        """A value with its unit; kroner as kroner, shares as per cent."""
        if value is None:
            return self.words.nothing
        unit = None if name is None else self.unit(name)
        if unit is not None and unit.lower() in PERCENT:
            return self.percent(value)
        if unit is not None and unit.split("/")[0].strip().upper() in ("DKK", "KR", "KR."):
            return self.words.kroner(value)
        return self.words.number(value)

    def how(self, line: ShownLine) -> str:
        """How a line is calculated, its operands in words."""
        parts = [self._operand(name, value) for name, value in line.operands]
        match line.operation:
            case "min":
                return self.say("the lowest of {values}", values=self.words.listed(parts))
            case "max":
                return self.say("the highest of {values}", values=self.words.listed(parts))
            case "table":
                return self.say("the step of the scale at {value}", value=parts[0])
            case "choose":
                return (
                    parts[0]
                    if line.operands[0][0] in self.case_type.fields
                    else self.say("the rate that fits you")
                )
            case "percent":
                rate = line.operands[0][1]
                first = self.words.nothing if rate is None else self.percent(rate)
                return self.say(JOINED["percent"], first=first, second=parts[1])
        told = parts[0]
        for part in parts[1:]:
            told = self.say(JOINED[line.operation], first=told, second=part)
        return told

    def _operand(self, name: str | None, value: Decimal | None) -> str:
        """A fact or an earlier line by its value and name; an amount or a number by its value alone."""
        said = self.value(name, value)
        if name is None or name not in {**self.lines, **self.case_type.fields}:
            return said
        label = inside_sentence(self.label(name))
        if name in self.case_type.fields and self.case_type.fields[name].type == "boolean" and value is not None:
            return f"{said} ({label}: {self.words.yes_no(value == 1).lower()})"
        return f"{said} ({label})"

    def percent(self, rate: Decimal) -> str:
        """So many per cent, exactly as it is calculated with."""
        return self.say("{n} per cent", n=self.words.number(rate))
