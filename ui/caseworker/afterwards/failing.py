"""Why the letter of a decision could not be sent, in words for whoever waits for it.

The reason on record is the sentence that Stafet has for whoever runs it; a caseworker is told what it comes to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from config.bilingual import Language
from config.translate import Translator
from models.case_acts import CaseAct
from models.dispatch_failures import FAILED, last_failure
from models.reopenings import REOPENED

COMES_TO: Mapping[str, str] = {
    "the letter cannot be put here": "The folder that letters leave by takes none.",
    "while municipality.yaml is the shipped example": (
        "Letters are not set up here: municipality.yaml is still the shipped example."
    ),
    "does not say how a citizen complains": "The case type does not say how a citizen complains of this outcome.",
    "makes the letter longer than": "The letter became too long.",
}
"""Words of a reason on record -> what it comes to."""


def why_not_sent(acts: Sequence[CaseAct], decision_id: int, language: Language) -> str | None:
    """The reason told last of one decision's letter; None where none was told."""
    failure = last_failure(acts, decision_id)
    return None if failure is None else in_words(str(failure.content["why"]), language)


def why_waits(acts: Sequence[CaseAct], language: Language) -> str | None:
    """The same of the decision that stands, by a case's acts alone."""
    reopened = max((act.id for act in acts if act.kind == REOPENED), default=0)
    since = [act for act in acts if act.id > reopened and act.kind == FAILED]
    return in_words(str(since[-1].content["why"]), language) if since else None


def in_words(why: str, language: Language) -> str:
    """A reason as a sentence; one that is not known here stands as it is on record.

    Example:
        >>> in_words("the letter cannot be put here: no space left on device; see to the folder", "en")
        'The folder that letters leave by takes none.'
        >>> in_words("the post is closed", "en")
        'The message is: the post is closed'
    """
    say = Translator(language)
    known = next((sentence for words, sentence in COMES_TO.items() if words in why), None)
    return say("The message is: {why}", why=why) if known is None else say(known)
