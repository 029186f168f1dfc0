"""Whether the names in a case type's letter texts are known, so that no letter is ever sent with a hole in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from config.bilingual import Language
from config.condition_checks import Problem
from config.letter_words import LetterText
from config.validation import did_you_mean

if TYPE_CHECKING:
    from config.case_type import CaseType

WORDS_OF_EVERY_LETTER: Mapping[str, str] = {
    "citizen_first_name": "the first name of the citizen",
    "received_on": "the day the case was received, in words",
}
WORDS_WITH_AN_ANSWER: Mapping[str, str] = {"answer_by": "the last day to answer, in words"}
_LANGUAGES: tuple[Language, ...] = ("da", "en")


def letter_problems(case_type: CaseType) -> Iterator[Problem]:
    """Each name in a letter's text that nothing is called, as (path, sentence)."""
    known = names_for_letters(case_type)
    for name, outcome in case_type.outcomes.items():
        if outcome.letter is not None:
            path = ("outcomes", name, "letter")
            yield from _unknown(outcome.letter.title, (*path, "title"), known)
            yield from _unknown(outcome.letter.result, (*path, "result"), known)
    for kind in ("receipt", "information_request", "hearing"):
        letter = getattr(case_type.letters, kind)
        if letter is not None:
            words = _words_for(kind, case_type, known)
            yield from _unknown(letter.title, ("letters", kind, "title"), words)
            yield from _unknown(letter.text, ("letters", kind, "text"), words)


def names_for_letters(case_type: CaseType) -> frozenset[str]:
    """What the text of a decision's letter may name: facts, amounts, lines and what is known of every case."""
    lines = (line.name for line in case_type.calculation)
    return frozenset({*case_type.fields, *case_type.amounts, *lines, *WORDS_OF_EVERY_LETTER})


def _words_for(kind: str, case_type: CaseType, known: frozenset[str]) -> frozenset[str]:
    """The sender of a report is no party: without outcomes, a receipt may name the day it came and no fact."""
    if kind == "receipt":
        return known if case_type.outcomes else frozenset({"received_on"})
    return known | WORDS_WITH_AN_ANSWER.keys()


def _unknown(text: LetterText, path: tuple[str, ...], known: frozenset[str]) -> Iterator[Problem]:
    for language in _LANGUAGES:
        for name in sorted(text.asks_for(language) - known):
            yield (*path, language), f"'{{{{ {name} }}}}' is not known in this letter; {did_you_mean(name, known)}"
