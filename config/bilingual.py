"""Words that people read, written once in Danish and once in English."""

from __future__ import annotations

from typing import Literal

from config.model import Model

Language = Literal["da", "en"]


class Bilingual(Model):
    """The same words in both languages.

    Example:
        >>> Bilingual(da="Ja", en="Yes").say("en")
        'Yes'
    """

    da: str
    en: str

    def say(self, language: Language) -> str:
        """The words in one language."""
        return self.da if language == "da" else self.en
