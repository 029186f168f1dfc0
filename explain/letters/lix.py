"""LIX, the readability index: words in a sentence plus long words in a hundred (C.H. Björnsson, 1968).

    LIX = words / sentences + 100 x long words / words,   long: over 6 letters

Up to 24 is very easy, 25-34 easy, 35-44 middling, 45-54 hard, 55 and over very hard. Dots that end no sentence are
removed first: in amounts and numbers, days, times, paragraphs and abbreviations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

ABBREVIATIONS = (
    "kr", "nr", "stk", "pr", "kl", "tlf", "ca", "f.eks", "bl.a", "dvs", "mv", "m.v", "osv", "evt", "jf", "kap",
    "pkt", "mio", "e.g", "i.e", "no", "art", "sec", "tel",
)  # fmt: skip
MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
    "december",
)  # fmt: skip
_KNOWN = "|".join(re.escape(one) for one in ABBREVIATIONS)
_ABBREVIATION = re.compile(rf"\b((?i:{_KNOWN}))\.(?=\s+[^A-ZÆØÅ\s]|[,;:)])")
_IN_NUMBER = re.compile(r"(?<=\d)[.,:](?=\d)")
_OF_DAY = re.compile(rf"(?<=\d)\.(?=\s*(?:{'|'.join(MONTHS)})\b)", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"(?<=\w)[.@/](?=\w)")
_END = re.compile(r"[.!?]+(?=\s|$)")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
LONGER_THAN = 6


def without_other_dots(text: str) -> str:
    """The text with the dots removed that end no sentence; of `kr. Du` the dot stays, for there a sentence ends.

    Example:
        >>> without_other_dots("Du får 1.764 kr. om måneden fra 1. december 2026 kl. 14.30. Uden er det 4.643 kr.")
        'Du får 1764 kr om måneden fra 1 december 2026 kl 1430. Uden er det 4643 kr.'
    """
    for dots in (_IN_NUMBER, _OF_DAY, _IN_ADDRESS):
        text = dots.sub("", text)
    return _ABBREVIATION.sub(lambda found: found[1].replace(".", ""), text)


def lix(texts: str | Iterable[str]) -> float:
    """LIX of running text. Each of several texts (a heading, a paragraph, a cell) ends its last sentence.

    Example:
        >>> lix("Du får hjælp. Vi betaler 1.764 kr. om måneden.")  # 9 words, 2 sentences, 2 long words
        26.72222222222222
    """
    words: list[str] = []
    sentences = 0
    for text in [texts] if isinstance(texts, str) else texts:
        parts = [_WORD.findall(part) for part in _END.split(without_other_dots(text))]
        spoken = [part for part in parts if part]
        sentences += len(spoken)
        words += [word for part in spoken for word in part]
    if not words:
        return 0.0
    long = sum(sum(map(str.isalpha, word)) > LONGER_THAN for word in words)
    return len(words) / sentences + 100 * long / len(words)
