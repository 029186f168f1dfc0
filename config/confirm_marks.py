"""What a case type file itself says must still be confirmed: its comments with "skal bekræftes"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from config.bilingual import Language

MARK = "skal bekræftes"
ENGLISH_MARK = "must be confirmed"
_COMMENT = re.compile(r"(?:^|\s)#\s*(?P<words>.*)$")


@dataclass(frozen=True)
class ToConfirm:
    """One comment that asks somebody to confirm something, and its line from 1; `en` stands on the line below."""

    line: int
    da: str
    en: str | None = None

    def say(self, language: Language) -> str:
        """The comment in one language; in Danish where it has no English."""
        return self.en if language == "en" and self.en is not None else self.da


def marked_to_confirm(text: str) -> list[ToConfirm]:
    """Every such comment of the file, in its order.

    Example:
        >>> marked_to_confirm("a: 1\\n# § 49 skal bekræftes.\\n# § 49 must be confirmed.\\nb: 2\\n")
        [ToConfirm(line=2, da='§ 49 skal bekræftes', en='§ 49 must be confirmed')]
    """
    comments = [_comment(line) for line in text.splitlines()]
    found = []
    for number, words in enumerate(comments):
        if words is not None and MARK in words.lower():
            below = comments[number + 1] if number + 1 < len(comments) else None
            is_english = below is not None and ENGLISH_MARK in below.lower()
            found.append(ToConfirm(number + 1, words, below if is_english else None))
    return found


def _comment(line: str) -> str | None:
    comment = _COMMENT.search(line)
    return None if comment is None else comment["words"].strip().rstrip(".")
