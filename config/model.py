"""What every part of an editable file is: frozen, strict about its keys, and strict about its types."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError


class Model(BaseModel):
    """A frozen part of a configuration file; a key that is not declared is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def wrong(sentence: str, *path: str | int) -> PydanticCustomError:
    """What a validator raises: one sentence, said about what stands at `path` below the value being checked."""
    return PydanticCustomError("wrong", "{sentence}", {"sentence": sentence, "path": path})


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise wrong(f"{shown(value)} stands where true or false is expected; write true or false")
    return value


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise wrong(f"{shown(value)} stands where a number is expected; {number_advice(value)}")
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite() or abs(number) >= Decimal("1e15"):
        raise wrong(f"{shown(value)} is no number that can be calculated with; write one below 10 to the 15th")
    return number


def _whole(value: Any) -> int:
    number = _decimal(value)
    if number != number.to_integral_value():
        raise wrong(f"{shown(value)} stands where a whole number is expected; write it without decimals")
    return int(number)


def _real(value: Any) -> float:
    return float(_decimal(value))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise wrong(
            f"{shown(value)} stands where text is expected; write words, in quotes if they look like a number"
        )
    if not value.strip():
        raise wrong("an empty text stands here; write something or null")
    return value


def _word(value: Any) -> str:
    word = word_of(value)
    if word is None:
        raise wrong(f"{shown(value)} stands where a word is expected")
    return word


def word_of(value: Any) -> str | None:
    """A category's level as it is written: a number, date, true or false is taken for its characters.

    Example:
        >>> word_of(157), word_of(Decimal("1.10")), word_of(True), word_of("no"), word_of([])
        ('157', '1.10', 'true', 'no', None)
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value) if isinstance(value, int | float | date | str) else None


Boolean = Annotated[bool, BeforeValidator(_boolean)]
Exact = Annotated[Decimal, BeforeValidator(_decimal), WithJsonSchema({"type": "number"})]
Whole = Annotated[int, BeforeValidator(_whole)]
Real = Annotated[float, BeforeValidator(_real)]
Text = Annotated[str, BeforeValidator(_text)]
Word = Annotated[str, BeforeValidator(_word)]


def shown(value: Any) -> str:
    """A value as an error sentence shows it, shortened, never as Python writes it.

    Example:
        >>> shown("a" * 100), shown(None), shown([1])
        ("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'", 'nothing', 'a list')
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    text = " ".join(str(value).split())
    return f"'{text if len(text) <= 40 else text[:39] + '…'}'"


def number_advice(value: Any) -> str:
    """What to do about something that should have been a number."""
    if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9][0-9.]*,[0-9]+\s*", value):
        return f"use a decimal point: {value.strip().replace('.', '').replace(',', '.')}"
    return "write digits, with a point before decimals"
