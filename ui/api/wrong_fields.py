"""What is wrong with a field of a body or query, in a sentence for the person who mends the calling system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from config.translate import Translator

SENTENCES: Mapping[str, str] = {
    "missing": "This field is missing.",
    "extra_forbidden": "There is no such field here.",
    "literal_error": "Send one of these: {expected}.",
}
"""Pydantic's kind of error -> an English sentence; any other kind is said by `OTHERWISE`."""
LONGEST_NAME = 200
OTHERWISE = "This is of another kind than /api/openapi.json says."


class Wrong(BaseModel):
    """One field, by its path with dots, and what is wrong with it."""

    field: str
    detail: str


def wrong_fields(found: Sequence[Mapping[str, Any]], say: Translator) -> tuple[Wrong, ...]:
    """Pydantic's errors in the reader's language; nothing that was sent is repeated but the names of fields."""
    return tuple(Wrong(field=path_of(one["loc"]), detail=sentence_of(one, say)) for one in found)


def path_of(place: Sequence[str | int]) -> str:
    """Where a field stands, without saying that it stands in the body; of a long name its beginning.

    Example:
        >>> path_of(("body", "checks", "amount")), path_of(("query", "after")), path_of(("body",))
        ('checks.amount', 'after', '')
    """
    whole = ".".join(str(part) for part in place[1:])[:LONGEST_NAME]
    return whole.encode("utf-8", "replace").decode("utf-8")


def sentence_of(error: Mapping[str, Any], say: Translator) -> str:
    """One error in a sentence."""
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return say(str(context["error"]))
    expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    return say(SENTENCES.get(error["type"], OTHERWISE), expected=expected)
