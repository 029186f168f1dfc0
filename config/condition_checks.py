"""Whether the fields of a condition exist and suit their operators and values, in a sentence for each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config.columns import Kind
from config.conditions import Condition, Leaf, Scalar
from config.duration import Duration
from config.model import number_advice, shown, word_of
from config.validation import did_you_mean

Problem = tuple[tuple[str | int, ...], str]

_ORDERED = ("equals", "in", "at_least", "at_most", "above", "below", "between", "is_missing")
OPERATORS_FOR: Mapping[Kind, tuple[str, ...]] = {
    "number": _ORDERED,
    "integer": _ORDERED,
    "date": (*_ORDERED, "within"),
    "boolean": ("is_true", "equals", "is_missing"),
    "category": ("equals", "in", "is_missing"),
    "text": ("equals", "in", "is_missing"),
}


@dataclass(frozen=True)
class Known:
    """A field that a condition may ask about, as one case type declares it. `levels` None: any word may come."""

    kind: Kind
    levels: tuple[str, ...] | None = None
    protected: bool = False


def problems_of(
    condition: Condition,
    fields: Mapping[str, Sequence[Known]],
    *,
    references: Mapping[str, Kind] | None = None,
) -> Iterator[Problem]:
    """Each leaf's problem, as (path below the condition, sentence).

    `fields` holds every declaration of a name: it is enough that one of them suits, for where another case type
    declares it differently the condition is unknown. `references` are names that may stand for a value.
    """
    for leaf in condition.leaves():
        declared = fields.get(leaf.field)
        if not declared:
            yield leaf.path[:-1], f"no case type declares '{leaf.field}'; {did_you_mean(leaf.field, fields)}"
            continue
        sentences = [_problem(leaf, known, references or {}) for known in declared]
        if all(sentences):
            yield leaf.path, next(sentence for sentence in sentences if sentence)


def protected_fields(condition: Condition, fields: Mapping[str, Sequence[Known]]) -> list[Leaf]:
    """The comparisons with a field that any case type protects."""
    return [leaf for leaf in condition.leaves() if any(known.protected for known in fields.get(leaf.field, ()))]


def value_problem(value: object, known: Known) -> str | None:
    """Why `value` cannot be a value of that field; None where it can (None itself is a missing value)."""
    if value is None:
        return None
    match known.kind:
        case "number" | "integer":
            if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
                return f"{shown(value)} is no number; {number_advice(value)}"
            if known.kind == "integer" and value != int(value):
                return f"{shown(value)} is no whole number; write it without decimals"
        case "boolean":
            if not isinstance(value, bool):
                return f"{shown(value)} is neither true nor false; write true or false"
        case "date":
            if not isinstance(value, date):
                return f"{shown(value)} is no date; write year-month-day without quotes, as in 2026-11-24"
        case "category" | "text":
            return _word_problem(value, known.levels)
    return None


def _word_problem(value: object, levels: Collection[str] | None) -> str | None:
    word = word_of(value)
    if word is None:
        return f"{shown(value)} is no word; write one value"
    if levels is not None and word not in levels:
        return f"{shown(value)} is not among the field's values; {did_you_mean(word, levels)}"
    return None


def _problem(leaf: Leaf, known: Known, references: Mapping[str, Kind]) -> str | None:
    allowed = OPERATORS_FOR[known.kind]
    if leaf.operator not in allowed:
        return f"'{leaf.operator}' does not suit '{leaf.field}', a {known.kind}; allowed: {', '.join(allowed)}"
    if leaf.operator in ("is_missing", "is_true") or isinstance(leaf.value, Duration):
        return None
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    for value in values:
        sentence = _value_or_reference_problem(leaf, value, known, references)
        if sentence is not None:
            return sentence
    return _order_problem(leaf)


def _value_or_reference_problem(
    leaf: Leaf, value: Scalar, known: Known, references: Mapping[str, Kind]
) -> str | None:
    if isinstance(value, str) and known.kind in ("number", "integer", "date") and references:
        if leaf.operator == "in":
            return "'in' takes values, not names; write them out"
        if value in references:
            fits = (references[value] == "date") == (known.kind == "date")
            return None if fits else f"'{value}' is a {references[value]} and '{leaf.field}' a {known.kind}"
        if value.isidentifier():
            return f"no amount, field or line is called '{value}'; {did_you_mean(value, references)}"
    return value_problem(value, known)


def _order_problem(leaf: Leaf) -> str | None:
    if leaf.operator != "between" or not isinstance(leaf.value, tuple):
        return None
    low, high = leaf.value
    both_numbers = all(isinstance(one, int | float | Decimal) for one in (low, high))
    both_dates = all(isinstance(one, date) for one in (low, high))
    if (both_numbers or both_dates) and low > high:  # type: ignore[operator]
        return f"'between' begins with the lower value; write [{high}, {low}]"
    return None
