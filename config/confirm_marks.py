"""What a case type file itself says must still be confirmed: comments with "skal bekræftes" (to be confirmed)."""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK = "skal bekræftes"
_COMMENT = re.compile(r"(?:^|\s)#\s*(?P<words>.*)$")


@dataclass(frozen=True)
class ToConfirm:
    """One comment that asks somebody to confirm something, and its line from 1."""

    line: int
    words: str


def marked_to_confirm(text: str) -> list[ToConfirm]:
    """Every such comment of the file, in its order.

    Example:
        >>> marked_to_confirm("a: 1\\nb: 2  # § 49 skal bekræftes\\n")
        [ToConfirm(line=2, words='§ 49 skal bekræftes')]
    """
    found = ((number, _COMMENT.search(line)) for number, line in enumerate(text.splitlines(), start=1))
    return [
        ToConfirm(number, comment["words"].strip().rstrip("."))
        for number, comment in found
        if comment is not None and MARK in comment["words"].lower()
    ]
