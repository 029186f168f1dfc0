"""What was typed for a fact, read by the fact's kind; what cannot be is refused in the field's own sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from config.bilingual import Language
from config.fields import Field
from config.translate import Translator
from engine.readings import LARGEST_WHOLE

UNKNOWN = "unknown"
CHOSEN = "is:"
"""What stands before a chosen word, so that no word of a category means something else."""
ANSWERS = {"is:yes": True, "is:no": False}
LONGEST_TEXT = 20_000
LARGEST_NUMBER = 1e15
UNITS = re.compile(r"\s*(kr\.?|dkk|%)\s*$", re.IGNORECASE)
NUMBERS = {
    "da": re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?", re.ASCII),
    "en": re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII),
}
GROUPS_AND_POINTS = {"da": (".", ","), "en": (",", ".")}
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
DANISH_DAY = re.compile(r"(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{4})", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1850, 2200

Value = float | bool | str | None


@dataclass(frozen=True)
class TypedValue:
    """What a form said: the value as facts are stored, or the sentence that says why it cannot be."""

    value: Value = None
    problem: str | None = None


def typed_value(field: Field, text: str, language: Language) -> TypedValue:
    """The value that was typed or chosen; `UNKNOWN` says that the fact is not known."""
    say, typed = Translator(language), text.strip()
    label = field.label.say(language)
    if typed == UNKNOWN and field.type != "text":
        return TypedValue(None)
    if field.type in ("boolean", "category"):
        return chosen(field, text, say("Choose what “{label}” is", label=label))
    if not typed:
        return TypedValue(problem=say("Write what “{label}” is, or say that it is not known", label=label))
    if field.type == "date":
        return day_in(typed, say("Write “{label}” as a day, such as 24.11.2026", label=label))
    if field.type == "text":
        problem = say("Shorten “{label}” to at most {n} characters", label=label, n=LONGEST_TEXT)
        return TypedValue(typed) if len(typed) <= LONGEST_TEXT else TypedValue(problem=problem)
    return number_in(field, typed, label, language)


def chosen(field: Field, text: str, problem: str) -> TypedValue:
    """A yes or no, or one of a category's words."""
    if field.type == "boolean" and text in ANSWERS:
        return TypedValue(ANSWERS[text])
    word = text.removeprefix(CHOSEN)
    if field.type == "category" and text.startswith(CHOSEN) and word in (field.values or ()):
        return TypedValue(word)
    return TypedValue(problem=problem)


def number_in(field: Field, typed: str, label: str, language: Language) -> TypedValue:
    """A number as the reader's language writes it.

    Example:
        >>> from config.bilingual import Bilingual
        >>> income = Field(column="i", type="number", label=Bilingual(da="Indkomst", en="Income"))
        >>> number_in(income, "12.500,75 kr.", "Indkomst", "da").value
        12500.75
        >>> number_in(income, "1,5", "Income", "en").problem
        'Write “Income” as a number, such as 1,234.50'
    """
    say = Translator(language)
    is_whole = field.type == "integer"
    digits = re.sub(r"\s", "", UNITS.sub("", typed)).replace("\N{MINUS SIGN}", "-")
    if not NUMBERS[language].fullmatch(digits):
        if is_whole:
            return TypedValue(problem=say("Write “{label}” as a whole number, such as 3", label=label))
        example = "1.234,50" if language == "da" else "1,234.50"
        return TypedValue(
            problem=say("Write “{label}” as a number, such as {example}", label=label, example=example)
        )
    group, point = GROUPS_AND_POINTS[language]
    value = float(digits.replace(group, "").replace(point, "."))
    if is_whole and value != int(value):
        return TypedValue(problem=say("Write “{label}” as a whole number, such as 3", label=label))
    if abs(value) > (LARGEST_WHOLE if is_whole else LARGEST_NUMBER):
        return TypedValue(problem=say("“{label}” cannot be so large; look at the number again", label=label))
    return TypedValue(int(value) if is_whole else value)


def day_in(typed: str, problem: str) -> TypedValue:
    """A day as people write it, and as machines do.

    Example:
        >>> day_in("24.11.2026", "").value, day_in("2026-11-24", "").value, day_in("31.2.2026", "no").problem
        ('2026-11-24', '2026-11-24', 'no')
    """
    if found := ISO_DAY.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups())
    elif found := DANISH_DAY.fullmatch(typed):
        day, month, year = (int(part) for part in found.groups())
    else:
        return TypedValue(problem=problem)
    try:
        written = date(year, month, day)
    except ValueError:
        return TypedValue(problem=problem)
    return TypedValue(written.isoformat()) if FIRST_YEAR <= year <= LAST_YEAR else TypedValue(problem=problem)
