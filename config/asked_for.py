"""What the citizen asks for, as the first sentence on a case's page: plain words with `{{ field }}` in them.

It needs no sandbox: a placeholder is replaced by the words of a fact, once, and nothing else is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, WithJsonSchema

from config.bilingual import Bilingual, Language
from config.condition_checks import Problem
from config.model import shown, wrong
from config.validation import did_you_mean

if TYPE_CHECKING:
    from config.case_type import CaseType

MAX_CHARACTERS = 300
FIRST_NAME = "citizen_first_name"
_PLACEHOLDER = re.compile(r"\{\{ *([a-z][a-z0-9_]*) *\}\}")
_LANGUAGES: tuple[Language, ...] = ("da", "en")


def _sentence(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise wrong(f"{shown(value)} stands where a sentence is expected; write words")
    if len(value) > MAX_CHARACTERS:
        raise wrong(f"{len(value)} characters stand here; write at most {MAX_CHARACTERS}")
    if "{" in (rest := _PLACEHOLDER.sub("", value)) or "}" in rest:
        raise wrong("the braces cannot be read; only {{ field }} can stand in this sentence")
    return value


Sentence = Annotated[str, BeforeValidator(_sentence), WithJsonSchema({"type": "string"})]


class AskedFor(Bilingual):
    """The sentence in both languages; an amount that ends it brings its own full stop.

    Example:
        >>> asked = AskedFor(da="Borgeren søger om {{ price }}.", en="The citizen asks for {{ price }}.")
        >>> asked.filled("da", {"price": "{{ secret }}"})
        'Borgeren søger om {{ secret }}.'
        >>> asked.filled("en", {"price": None})
    """

    da: Sentence
    en: Sentence

    def names(self, language: Language) -> frozenset[str]:
        """What one language's sentence asks for."""
        return frozenset(_PLACEHOLDER.findall(self.say(language)))

    def filled(self, language: Language, words: Mapping[str, str | None]) -> str | None:
        """The sentence with words put in, None where one of them is not known."""
        if any(words.get(name) is None for name in self.names(language)):
            return None
        filled = _PLACEHOLDER.sub(lambda found: str(words[found[1]]), self.say(language))
        return filled.replace("kr..", "kr.")


def asked_for_problems(case_type: CaseType) -> Iterator[Problem]:
    """Each name in the sentence that no field has, as (path, sentence)."""
    if case_type.asks_for is None:
        return
    known = frozenset({*case_type.fields, FIRST_NAME})
    for language in _LANGUAGES:
        for name in sorted(case_type.asks_for.names(language) - known):
            sentence = f"'{{{{ {name} }}}}' is no field of this case type; {did_you_mean(name, known)}"
            yield ("asks_for", language), sentence
