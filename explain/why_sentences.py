"""Why there is no threshold, in the reader's language: the engine gives an English sentence and its values."""

from __future__ import annotations

import re
from collections.abc import Mapping

from config.bilingual import Language
from config.translate import Translator
from config.words import Words

SHARES = frozenset({"share", "power"})
_FORMAT = re.compile(r"\{(\w+):[^}]*\}")


def why_sentence(sentence: str, values: Mapping[str, float | int | str], language: Language) -> str:
    """The sentence of a `Why` with its values in words; formats inside its slots are left to the language.

    Example:
        >>> why_sentence("{cases} cases are too few for {share:.0%}.", {"cases": 1200, "share": 0.05}, "en")
        '1,200 cases are too few for 5 per cent.'
    """
    words = Words(language)
    said = {
        name: words.percent(float(value)) if name in SHARES
        else value if isinstance(value, str)
        else words.number(value)
        for name, value in values.items()
    }  # fmt: skip
    return Translator(language)(_FORMAT.sub(r"{\1}", sentence), **said)
