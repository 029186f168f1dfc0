"""The texts of a letter where a municipality's file has none: those that ship with Stafet, in the file's language.

A file that was written before reminders and questions to third parties had texts of their own stays usable.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from config.bilingual import Language
from config.letter_placeholders import LetterKind
from config.letter_texts import Letter, ReadTexts, read_letter_texts

FOLDER = resources.files("config") / "examples" / "letters"


def texts_for(read: ReadTexts, kind: LetterKind) -> tuple[ReadTexts, Letter]:
    """The texts of one kind of letter, and the file in which they stand."""
    own = read.texts.letter(kind)
    if own is not None:
        return read, own
    shipped = shipped_texts(read.texts.facts_in)
    letter = shipped.texts.letter(kind)
    assert letter is not None, kind
    return shipped, letter


@lru_cache
def shipped_texts(language: Language) -> ReadTexts:
    """The texts that ship, in one language."""
    name = f"{language}.yaml"
    return read_letter_texts((FOLDER / name).read_text(encoding="utf-8"), name)
