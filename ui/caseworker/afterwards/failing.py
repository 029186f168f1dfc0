"""Why the letter of a decision could not be sent, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from config.bilingual import Language
from config.translate import Translator, sentences
from models.case_acts import CaseAct
from models.dispatch_failures import last_failure
from models.reopenings import REOPENED


def why_not_sent(acts: Sequence[CaseAct], decision_id: int, language: Language) -> str | None:
    """The reason told last of one decision's letter; None where none was told."""
    failure = last_failure(acts, decision_id)
    return None if failure is None else in_words(str(failure.content["why"]), language)


def why_waits(acts: Sequence[CaseAct], language: Language) -> str | None:
    """The same of the decision that stands, by a case's acts alone."""
    reopened = max((act.id for act in acts if act.kind == REOPENED), default=0)
    since = [act for act in acts if act.id > reopened and act.kind == "dispatch_failed"]
    return in_words(str(since[-1].content["why"]), language) if since else None


def in_words(why: str, language: Language) -> str:
    """A reason as a sentence; one that names files or numbers stands as whoever mends it needs it, in English.

    Example:
        >>> in_words("the letter cannot be put here: no space left on device", "en")
        'The letter cannot be put here: no space left on device.'
    """
    known = sentences(language).get(why)
    if known is not None or language == "en":
        words = (known[0] if known else why).rstrip(".")
        return f"{words[:1].upper()}{words[1:]}."
    return Translator(language)("The message is: {why}", why=why)
