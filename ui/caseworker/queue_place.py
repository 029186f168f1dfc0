"""A place in a list as part of an address: where the next page begins."""

from __future__ import annotations

import base64
import binascii
import json

from models.queue import Key


def written_key(key: Key) -> str:
    """A place in the queue as part of an address."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def read_key(text: str) -> Key | None:
    """The place that `written_key` wrote; None for anything else.

    Example:
        >>> read_key(written_key(("a", "b", "receipt", "case-1"))), read_key("nonsense")
        (('a', 'b', 'receipt', 'case-1'), None)
    """
    try:
        key = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError):
        return None
    if not isinstance(key, list) or len(key) != 4 or not all(isinstance(part, str) for part in key):
        return None
    if any("\x00" in part or not part.isprintable() for part in key):
        return None
    return (key[0], key[1], key[2], key[3])
