"""One thing that a case type file still lacks, in both languages, with the key it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from config.bilingual import Language

Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One thing that is missing. `field` is its key, as in `fields.income.basis`; lists count from 0."""

    level: Level
    field: str
    da: str
    en: str

    def say(self, language: Language) -> str:
        """The sentence in one language."""
        return self.da if language == "da" else self.en

    @property
    def path(self) -> tuple[str | int, ...]:
        """The key as a way into the file.

        Example:
            >>> Finding("warning", "criteria.2.legal_basis", "", "").path
            ('criteria', 2, 'legal_basis')
        """
        return tuple(int(part) if part.isdecimal() else part for part in self.field.split("."))
