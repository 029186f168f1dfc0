"""Lengths of time as people write them: `2d` and `24h`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, SkipValidation, WithJsonSchema

from config.bilingual import Language
from config.model import shown, wrong

_WRITTEN = re.compile(r"([0-9]{1,4}) ?([dh])")


@dataclass(frozen=True)
class Duration:
    """So many hours (`h`) or days of 24 hours (`d`).

    Example:
        >>> Duration(2, "d").timedelta, str(Duration(24, "h")), Duration(2, "d").words("da")
        (datetime.timedelta(days=2), '24h', '2 dage')
    """

    amount: int
    unit: str

    @property
    def timedelta(self) -> timedelta:
        """The length."""
        return timedelta(days=self.amount) if self.unit == "d" else timedelta(hours=self.amount)

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    def words(self, language: Language, *, working: bool = False) -> str:
        """The length in words; `working` where its days are counted as working days."""
        before = {"da": "arbejds", "en": "working "}[language] if working and self.unit == "d" else ""
        da = (f"{before}dag", f"{before}dage") if self.unit == "d" else ("time", "timer")
        en = (f"{before}day", f"{before}days") if self.unit == "d" else ("hour", "hours")
        return f"{self.amount} {(da if language == 'da' else en)[self.amount != 1]}"


def parse_duration(raw: Any) -> Duration:
    """Read `2d` or `24h`; anything else is an error for the validator."""
    if isinstance(raw, Duration):
        return raw
    match = _WRITTEN.fullmatch(raw) if isinstance(raw, str) else None
    if match is None or int(match[1]) == 0:
        raise wrong(f"{shown(raw)} is not a length of time; write days or hours, as in 2d or 24h")
    return Duration(int(match[1]), match[2])


LENGTH_SCHEMA = {"type": "string", "pattern": f"^{_WRITTEN.pattern}$", "examples": ["2d", "24h"]}
Length = Annotated[
    SkipValidation[Duration],
    BeforeValidator(parse_duration),
    PlainSerializer(str),
    WithJsonSchema(LENGTH_SCHEMA, mode="validation"),
]
