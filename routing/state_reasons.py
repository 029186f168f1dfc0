"""The reasons that Stafet itself gives for a case type's state: English, and said in the reader's language."""

from __future__ import annotations

from config.translate import Translator

IN_TRIAL = "published from its file in trial"
ONBOARDED = "onboarded from a log of closed cases"
GONE_LIVE = "gone live"
NEW_MODEL = "a new model begins in shadow"
PROMISE_BORNE_OUT = "the blind reviews bore out the promise"
PROMISE_BROKEN = "the blind reviews say that the promise is broken"

OWN_REASONS = (IN_TRIAL, ONBOARDED, GONE_LIVE, NEW_MODEL, PROMISE_BORNE_OUT, PROMISE_BROKEN)
"""Whatever else stands as a reason is a person's own words."""


def reason_in_words(reason: str | None, say: Translator) -> str:
    """Stafet's own reasons in the reader's language, a person's in their own words."""
    if reason is None:
        return ""
    if reason not in OWN_REASONS:
        return reason
    said = say(reason)
    return f"{said[:1].upper()}{said[1:]}."
