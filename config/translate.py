"""Words in the reader's language: English sentences are keys, Danish ones stand in .po files read at run time."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from importlib import resources

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from config.bilingual import Language
from config.errors import InputError, Place

LANGUAGES: tuple[Language, ...] = ("da", "en")
TRANSLATIONS = resources.files("config") / "translations"
_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Translator:
    """Says an English sentence in one language, with values put into its `{slots}`.

    Values are put in as plain text, once: what a value contains is never read as a slot, and no slot can reach
    into an object. A sentence that no .po file translates is said in English and noted in `missing`.

    Example:
        >>> Translator("en")("{name} took the case.", name="Karen {secret}")
        'Karen {secret} took the case.'
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self.missing: set[str] = set()
        self._sentences = sentences(language)

    def __call__(self, sentence: str, **values: object) -> str:
        """The sentence in this language.

        Raises:
            KeyError: a slot has no value; that is a mistake in the program, and a test's to find.
        """
        return fill(self._translated((sentence,))[0], values)

    def counted(self, one: str, many: str, n: int, **values: object) -> str:
        """The form that goes with `n`; Danish and English have two, and `n` fills the slot `{n}`."""
        forms = self._translated((one, many))
        return fill(forms[0] if n == 1 else forms[-1], {"n": n, **values})

    def _translated(self, forms: tuple[str, ...]) -> tuple[str, ...]:
        if self.language == "en":
            return forms
        found = self._sentences.get(forms[0])
        if found is None:
            self.missing.add(forms[0])
            return forms
        return found


def fill(sentence: str, values: Mapping[str, object]) -> str:
    """`sentence` with each `{slot}` replaced by its value as plain text."""
    return _SLOT.sub(lambda slot: str(values[slot[1]]), sentence)


@functools.cache
def sentences(language: Language) -> Mapping[str, tuple[str, ...]]:
    """Each English sentence's forms in `language`, merged from all .po files of its folder.

    Raises:
        InputError: a file cannot be read, or two files translate one sentence differently.
    """
    merged: dict[str, tuple[str, ...]] = {}
    folder = TRANSLATIONS / language
    if not folder.is_dir():
        return merged
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if not entry.name.endswith(".po"):
            continue
        for sentence, forms in _read(entry.read_bytes(), entry.name).items():
            if merged.setdefault(sentence, forms) != forms:
                raise InputError(
                    f"'{sentence}' is translated in two ways, here and in an earlier file; keep one",
                    Place(entry.name),
                )
    return merged


def _read(content: bytes, file: str) -> dict[str, tuple[str, ...]]:
    try:
        catalog: Catalog = read_po(content.decode("utf-8").splitlines(keepends=True), abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise InputError(
            f"the translations cannot be read: {error}; look at quotes and encoding", Place(file)
        ) from None
    found: dict[str, tuple[str, ...]] = {}
    for message in catalog:
        key = message.id[0] if isinstance(message.id, tuple | list) else message.id
        forms = tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)
        if key and all(forms) and not message.fuzzy:
            found[str(key)] = tuple(str(form) for form in forms)
    return found
