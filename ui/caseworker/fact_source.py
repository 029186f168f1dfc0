"""Where a fact comes from, in words."""

from __future__ import annotations

from config.fields import Field
from config.translate import Translator


def source_of(field: Field, say: Translator) -> str:
    """Where a fact comes from."""
    if field.source is None:
        return say("Source not stated")
    return say("The application") if field.is_applied_with else field.source.say(say.language)
