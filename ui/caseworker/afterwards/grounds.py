"""On what ground a decided case is taken up again; one whose letter could not be sent, on that ground alone."""

from __future__ import annotations

from collections.abc import Mapping

from config.bilingual import Language
from config.translate import Translator
from models.case_waiting import UNSENT
from models.reopenings import COMPLAINT
from ui.caseworker.handling.act_form import Option

GROUNDS: Mapping[str, str] = {
    COMPLAINT: "The citizen has complained",
    "new_facts": "New facts have come that may change the outcome",
    "mistake": "There is a mistake in the decision or in how it was made",
    "other": "Something else",
}
"""The grounds, as the act holds them, and their English words."""
OF_UNSENT: Mapping[str, str] = {UNSENT: "The letter about the decision could not be sent"}
"""The one ground while the citizen has not been told: they cannot have complained, and no time is anew."""


def grounds(language: Language, *, is_told: bool) -> tuple[Option, ...]:
    """The grounds as the form offers them."""
    say = Translator(language)
    return tuple(Option(key, say(label)) for key, label in (GROUNDS if is_told else OF_UNSENT).items())


def ground_in_words(ground: str, say: Translator) -> str:
    """A stored ground; one that is no longer offered is told as it stands."""
    known = {**GROUNDS, **OF_UNSENT}
    return say(known[ground]) if ground in known else ground
