"""The question for whoever decides against a citizen, wholly or in part: how it stands with the hearing."""

from __future__ import annotations

from config.translate import Translator

HEARINGS = {
    "nothing_held": "We hold nothing against the citizen that they do not know of",
    "held": "The citizen was heard",
    "exception": "An exception applies (forvaltningsloven § 19, stk. 2)",
}
"""The answers, as `decision.hearing` holds them, and their English words."""


def lacks_hearing(answer: str, *, fully_in_favour: bool, against: str | None, say: Translator) -> str | None:
    """What is missing, as a sentence; None where the question is answered or need not be.

    `against` names a fact that we hold and the application contradicts: of it the citizen must be heard.
    """
    if fully_in_favour:
        return None
    if answer not in HEARINGS:
        return say("Say how it stands with the hearing")
    if answer == "nothing_held" and against is not None:
        return say(
            "What we hold of “{label}” speaks against the application: hear the citizen first", label=against
        )
    return None
