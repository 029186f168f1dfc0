"""Conditions: parsed once, true, false or unknown for each case, with one evaluator for a case and a million.

Kleene's three values are kept as two masks: `true` (surely) and `possible` (not surely false). Then all, any and
none are the plain `and`, `or` and `not` of both masks, and where nothing is unknown the two are the same array.
"""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, PlainSerializer, SkipValidation, WithJsonSchema

from config.columns import Frame
from config.duration import Duration, parse_duration
from config.model import shown, wrong
from config.validation import did_you_mean

Mask = NDArray[np.bool_]
Scalar = bool | int | float | Decimal | str | date
Operand = Scalar | tuple[Scalar, ...] | Duration

COMBINERS = ("all", "any", "none")
OPERATORS = (
    "equals", "in", "at_least", "at_most", "above", "below", "between", "within", "is_missing", "is_true",
)  # fmt: skip
MAX_DEPTH = 50


class Truth:
    """A condition's answers for n cases: `true` (n,) surely true, `possible` (n,) true or unknown.

    `possible` may be given as a function: it is worked out only where somebody asks what is unknown.
    """

    def __init__(self, true: Mask, possible: Mask | Callable[[], Mask]) -> None:
        self.true = true
        self._possible = possible

    @classmethod
    def of(cls, true: Mask, unknown: Mask) -> Truth:
        """From where it is true and where it is unknown."""
        return cls(true, true | unknown)

    @property
    def possible(self) -> Mask:
        """Shape (n,): not surely false; the very array `true` where nothing can be unknown."""
        if callable(self._possible):
            self._possible = self._possible()
        return self._possible

    @property
    def unknown(self) -> Mask:
        """Shape (n,): neither true nor false."""
        return self.possible & ~self.true

    @property
    def false(self) -> Mask:
        """Shape (n,): surely false."""
        return ~self.possible


class Condition(ABC):
    """A parsed condition; immutable, comparable by content."""

    def evaluate(self, frame: Frame, today: date | None = None) -> Truth:
        """Answers for every case of `frame`. To ask many conditions of the same cases, use `Evaluation`."""
        from config.evaluation import Evaluation

        return Evaluation(frame, today).of(self)

    @abstractmethod
    def leaves(self) -> Iterator[Leaf]:
        """The comparisons inside, in the order of the file."""

    @abstractmethod
    def as_mapping(self) -> dict[str, Any]:
        """The condition as it is written in a file."""

    @property
    def fields(self) -> frozenset[str]:
        """Names of the fields that are asked about."""
        return frozenset(leaf.field for leaf in self.leaves())


@dataclass(frozen=True)
class Leaf(Condition):
    """One comparison. `path` is where it stands below its condition, for error messages."""

    field: str
    operator: str
    value: Operand
    path: tuple[str | int, ...] = dataclasses.field(default=(), compare=False, repr=False)

    def leaves(self) -> Iterator[Leaf]:
        """Itself."""
        yield self

    def as_mapping(self) -> dict[str, Any]:
        """`{field: {operator: value}}`."""
        value = self.value
        written = str(value) if isinstance(value, Duration) else list(value) if isinstance(value, tuple) else value
        return {self.field: {self.operator: written}}


@dataclass(frozen=True)
class _Combined(Condition):
    parts: tuple[Condition, ...]

    def __post_init__(self) -> None:
        if not self.parts:
            raise ValueError("a combined condition needs at least one part")

    def leaves(self) -> Iterator[Leaf]:
        """The comparisons of all parts."""
        for part in self.parts:
            yield from part.leaves()

    def as_mapping(self) -> dict[str, Any]:
        """`{all: [..]}`, `{any: [..]}` or `{none: [..]}`."""
        word = {"All": "all", "AnyOf": "any", "NoneOf": "none"}[type(self).__name__]
        return {word: [part.as_mapping() for part in self.parts]}


class All(_Combined):
    """True where every part is."""


class AnyOf(_Combined):
    """True where at least one part is."""


class NoneOf(_Combined):
    """True where every part is false."""


_COMBINED: dict[str, type[All] | type[AnyOf] | type[NoneOf]] = {"all": All, "any": AnyOf, "none": NoneOf}


def parse_condition(raw: Any) -> Condition:
    """A condition from the plain values of a file; what only the fields' types can tell is checked later.

    Raises:
        PydanticCustomError: one sentence and the path below this condition (see `config.model.wrong`).

    Example:
        >>> parse_condition({"age": {"below": 18}})
        Leaf(field='age', operator='below', value=18)
    """
    return raw if isinstance(raw, Condition) else _parse(raw, ())


def _parse(raw: Any, path: tuple[str | int, ...]) -> Condition:
    if len(path) > MAX_DEPTH:
        raise wrong("conditions stand too deep inside one another; make it flatter", *path)
    if not isinstance(raw, dict):
        raise wrong(f"{shown(raw)} stands where a condition is expected, as in `field: {{equals: value}}`", *path)
    if not raw:
        raise wrong("an empty condition says nothing; write `field: {operator: value}`", *path)
    parts: list[Condition] = []
    for word, inner in raw.items():
        if word in _COMBINED:
            parts.append(_combined(word, inner, path))
        else:
            parts.extend(_comparisons(str(word), inner, (*path, str(word))))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _combined(word: str, inner: Any, path: tuple[str | int, ...]) -> Condition:
    if not isinstance(inner, list | tuple) or not inner:
        raise wrong(f"'{word}' takes a list of conditions, as in {word}: [{{age: {{below: 18}}}}]", *path, word)
    return _COMBINED[word](tuple(_parse(part, (*path, word, number)) for number, part in enumerate(inner)))


def _comparisons(name: str, inner: Any, path: tuple[str | int, ...]) -> list[Leaf]:
    if not isinstance(inner, dict) or not inner:
        raise wrong(f"{shown(inner)} is no comparison; write an operator, as in {name}: {{equals: value}}", *path)
    found = []
    for operator, value in inner.items():
        if operator not in OPERATORS:
            raise wrong(
                f"unknown operator {shown(operator)}; {did_you_mean(str(operator), OPERATORS)}", *path, operator
            )
        found.append(Leaf(name, operator, _operand(operator, value, (*path, operator)), (*path, operator)))
    return found


def _operand(operator: str, value: Any, path: tuple[str | int, ...]) -> Operand:
    match operator:
        case "is_missing" | "is_true":
            if not isinstance(value, bool):
                raise wrong(f"'{operator}' takes true or false, not {shown(value)}", *path)
            return value
        case "within":
            duration = parse_duration(value)
            if duration.unit != "d":
                raise wrong(f"'within' counts in days, not in {shown(value)}; write e.g. 30d", *path)
            return duration
        case "in" | "between":
            return _list(operator, value, path)
        case _:
            return _scalar(operator, value, path)


def _list(operator: str, value: Any, path: tuple[str | int, ...]) -> tuple[Scalar, ...]:
    if not isinstance(value, list | tuple) or not value or (operator == "between" and len(value) != 2):
        wanted = (
            "the lowest and the highest value, as in [1, 5]" if operator == "between" else "a list, as in [a, b]"
        )
        raise wrong(f"'{operator}' takes {wanted}, not {shown(value)}", *path)
    return tuple(_scalar(operator, one, (*path, number)) for number, one in enumerate(value))


def _scalar(operator: str, value: Any, path: tuple[str | int, ...]) -> Scalar:
    if isinstance(value, str) and not value.strip():
        raise wrong(f"'{operator}' is given an empty text; for a missing value write {{is_missing: true}}", *path)
    if isinstance(value, bool | int | float | Decimal | str | date):
        return value
    raise wrong(f"'{operator}' takes one value, not {shown(value)}", *path)


# What stands for a condition in a generated JSON Schema, until a workspace's own fields are put in its place.
CONDITION_SCHEMA = {"type": "object", "title": "condition"}
When = Annotated[
    SkipValidation[Condition],
    BeforeValidator(parse_condition),
    PlainSerializer(lambda one: one.as_mapping()),
    WithJsonSchema(CONDITION_SCHEMA, mode="validation"),
]
