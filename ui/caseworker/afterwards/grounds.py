"""On what ground a decided case is taken up again."""

from __future__ import annotations

from collections.abc import Mapping

from config.bilingual import Language
from config.translate import Translator
from models.reopenings import COMPLAINT
from ui.caseworker.handling.act_form import Option

GROUNDS: Mapping[str, str] = {
    COMPLAINT: "The citizen has complained",
    "new_facts": "New facts have come that may change the outcome",
    "mistake": "There is a mistake in the decision or in how it was made",
    "other": "Something else",
}
"""The grounds, as the act holds them, and their English words."""


def grounds(language: Language) -> tuple[Option, ...]:
    """The grounds as the form offers them."""
    say = Translator(language)
    return tuple(Option(key, say(label)) for key, label in GROUNDS.items())


def ground_in_words(ground: str, say: Translator) -> str:
    """A stored ground; one that is no longer offered is told as it stands."""
    return say(GROUNDS[ground]) if ground in GROUNDS else ground
