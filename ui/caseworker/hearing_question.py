"""The question for whoever decides against a citizen, wholly or in part: how it stands with the hearing."""

from __future__ import annotations

from config.translate import Translator

HEARINGS = {
    "nothing_held": "We hold nothing against the citizen that they do not know of",
    "held": "The citizen was heard",
    "exception": "An exception applies (forvaltningsloven § 19, stk. 2)",
}
"""The answers, as `decision.hearing` holds them, and their English words."""


def lacks_hearing(answer: str, *, fully_in_favour: bool, say: Translator) -> str | None:
    """What is missing, as a sentence; None where the question is answered or need not be."""
    if fully_in_favour or answer in HEARINGS:
        return None
    return say("Say how it stands with the hearing")
