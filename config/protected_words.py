"""Which fields look protected, by their names and by typical values: a proposal, with its reason."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from importlib import resources

from babel import Locale

from config.model import Model, Word
from config.validation import validate
from config.yaml_source import read_yaml

_SPELT = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue"})
_DROPPED = str.maketrans({"ø": "o", "å": "a", "ä": "a", "ö": "o", "ü": "u"})
_FILLERS = frozenset({"unknown", "other", "none", "not stated", "ukendt", "andet", "uoplyst", "onbekend", "anders",
                      "unbekannt", "andere", "u", "x", "na"})  # fmt: skip
_ICD = re.compile(r"d?[a-z][0-9]{2}(\.?[0-9a-z]{1,2})?")
_CPR = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})-?[0-9]{4}")
_MOST = 0.8
_MAX_VALUES = 5000


class _Words(Model):
    names: tuple[Word, ...] = ()
    whole: tuple[Word, ...] = ()
    values: tuple[Word, ...] = ()
    letters: tuple[tuple[Word, ...], ...] = ()


def looks_protected(name: str, values: Iterable[str] = ()) -> str | None:
    """Why a field should be proposed as protected; None where nothing says so.

    `values` are distinct values that were seen; the first 5,000 are looked at.

    Example:
        >>> looks_protected("case:age"), looks_protected("language_skills")
        ("looks like age: the word 'age' in its name", "looks like language: the word 'language' in its name")
        >>> looks_protected("percentage") is None, looks_protected("c7", ["M", "K"])
        (True, "looks like sex: its values are such as 'k' and 'm'")
    """
    return _by_name(name) or _by_values(values)


def _by_name(name: str) -> str | None:
    text = " ".join(_tokens(name))
    for sign, words in _lists().items():
        for word in words.names:
            if any(f" {spelling} " in f" {text} " for spelling in _spellings(word)):
                return f"looks like {sign}: the word '{word}' in its name" if sign != "protected" else _CALLED
        if any(text in _spellings(word) for word in words.whole):
            return f"looks like {sign}: it is called '{text}'"
    return None


_CALLED = "is called protected in the log"


def _by_values(values: Iterable[str]) -> str | None:
    seen = {value.strip() for _, value in zip(range(_MAX_VALUES), values, strict=False)}
    words = {_spelt(value) for value in seen} - _FILLERS - {""}
    if not words:
        return None
    for sign, listed in _lists().items():
        alphabet = [{_spelt(letter) for letter in letters} for letters in listed.letters]
        if words in alphabet or _mostly(words, {_spelt(word) for word in listed.values}):
            return f"looks like {sign}: its values are such as {_such_as(words)}"
    if _mostly(words, _countries()) or _country_codes(seen):
        return f"looks like origin or citizenship: its values are countries, such as {_such_as(words)}"
    if _mostly(words, _language_names()):
        return f"looks like language: its values are languages, such as {_such_as(words)}"
    if _share(words, _is_cpr) >= _MOST:
        return "looks like age and sex: its values look like CPR numbers"
    if len(words) >= 5 and len({word[0] for word in words}) >= 2 and _share(words, _is_icd) >= 0.95:
        return f"looks like health: its values look like diagnosis codes, such as {_such_as(words)}"
    return None


def _mostly(words: Collection[str], listed: Collection[str]) -> bool:
    """At least two different words, and most of all, are listed."""
    hits = sum(word in listed for word in words)
    return hits >= 2 and hits >= _MOST * len(words)


def _share(words: Collection[str], test: Callable[[str], bool]) -> float:
    return sum(test(word) for word in words) / len(words)


def _is_icd(word: str) -> bool:
    return _ICD.fullmatch(word) is not None


def _is_cpr(word: str) -> bool:
    match = _CPR.fullmatch(word)
    if match is None:
        return False
    day, month, year = (int(part) for part in match.groups())
    try:
        date(2000 + year, month, day)
    except ValueError:
        return day == 29 and month == 2
    return True


def _country_codes(values: Collection[str]) -> bool:
    """Three or more two-letter codes, all of countries, at least two of them Denmark and its neighbours'."""
    codes = {value for value in values if len(value) == 2 and value.isupper()}
    near = {"DK", "DE", "NL", "SE", "NO", "GB", "PL", "FI"}
    known = set(Locale("en").territories)
    return len(codes) >= 3 and len(codes) >= _MOST * len(values) and codes <= known and len(codes & near) >= 2


@functools.cache
def _countries() -> frozenset[str]:
    names = (name for tag in ("da", "en", "nl", "de") for name in Locale(tag).territories.values())
    return frozenset(_spelt(name) for name in names)


@functools.cache
def _language_names() -> frozenset[str]:
    names = (name for tag in ("da", "en", "nl", "de") for name in Locale(tag).languages.values())
    return frozenset(_spelt(name) for name in names)


@functools.cache
def _lists() -> Mapping[str, _Words]:
    source = resources.files("config") / "lists" / "protected.yaml"
    lists = read_yaml(source.read_bytes(), source.name)
    return {sign: validate(lists.below(sign), _Words) for sign in lists.value}


def _spelt(word: str) -> str:
    """Small letters without accents, Danish and German ones spelt out.

    Example:
        >>> _spelt("Fødselsår"), _spelt("Männlich")
        ('foedselsaar', 'maennlich')
    """
    text = unicodedata.normalize("NFKD", word.lower().translate(_SPELT))
    return " ".join("".join(letter for letter in text if not unicodedata.combining(letter)).split())


def _spellings(word: str) -> tuple[str, str]:
    """As Danes and Germans spell their letters out, and as exports that drop them do."""
    return _spelt(word), _spelt(word.lower().translate(_DROPPED))


def _tokens(name: str) -> list[str]:
    text = re.sub(r"(?<=[a-zæøå0-9])(?=[A-ZÆØÅ])", " ", name.removeprefix("case:"))
    return [token for token in re.split(r"[\W_]+", _spelt(text)) if token]


def _such_as(words: Collection[str]) -> str:
    return " and ".join(f"'{word}'" for word in sorted(words)[:2])
