"""A person's first view of a case in words: what they lean to, how much work they expect, what weighs most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from config.bilingual import Language
from config.case_type import CaseType
from config.translate import Translator
from config.words import Words
from models.case_acts import CaseAct
from models.clock import parse
from ui.caseworker.complexity_scale import Effort
from ui.caseworker.handling.act_form import Option
from ui.caseworker.lately import lately

UNSURE = "not-yet"
"""What stands for no outcome; no outcome can have this name."""

EFFORTS: Mapping[Effort, str] = {
    "simple": "Less than most cases",
    "usual": "As much as most cases",
    "complex": "More than most cases",
}
"""How much work a person can expect, as the form asks it."""

EXPECTS: Mapping[Effort, str] = {
    "simple": "Expects less work than in most cases.",
    "usual": "Expects as much work as in most cases.",
    "complex": "Expects more work than in most cases.",
}
"""The same, as it is told of a person and of the machine alike."""


@dataclass(frozen=True)
class View:
    """One version of a first view in one reader's language.

    Attributes:
        leans: the outcome that the person leans to, or that they cannot say yet.
        number: how many versions there are up to this one.
    """

    by: str
    at: str
    leans: str
    expects: str
    weighs: str
    effort: Effort
    number: int


def view_in_words(act: CaseAct, number: int, case_type: CaseType, now: datetime, language: Language) -> View:
    """A stored first view; an outcome that is no longer declared is told by its name."""
    say, said = Translator(language), act.content
    return View(
        by=act.by or "",
        at=lately(parse(act.at), now, say, Words(language)),
        leans=leaning(said["outcome"], case_type, language),
        expects=say(EXPECTS[said["effort"]]),
        weighs=said["weighs"],
        effort=said["effort"],
        number=number,
    )


def leaning(outcome: str | None, case_type: CaseType, language: Language) -> str:
    """What somebody leans to, in a sentence."""
    say = Translator(language)
    if outcome is None:
        return say("Cannot say the outcome yet.")
    known = case_type.outcomes.get(outcome)
    return say("Leans to: {outcome}.", outcome=outcome if known is None else known.label.say(language))


def efforts(language: Language) -> tuple[Option, ...]:
    """How much work can be expected, as the form offers it."""
    say = Translator(language)
    return tuple(Option(key, say(label)) for key, label in EFFORTS.items())


def leanings(case_type: CaseType, language: Language) -> tuple[Option, ...]:
    """What somebody can lean to: the case type's outcomes, and that it cannot be said yet."""
    say = Translator(language)
    outcomes = (Option(key, one.label.say(language)) for key, one in case_type.outcomes.items())
    return (*outcomes, Option(UNSURE, say("Cannot be said yet")))
