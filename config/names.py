"""Names in editable files: what a name may look like, and how a column or title becomes one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from config.model import shown, wrong

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
NAME_ADVICE = "write small letters a-z, digits and _, beginning with a letter"
_SPELT = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "Æ": "Ae", "Ø": "Oe", "Å": "Aa", "đ": "d", "ł": "l"}
)

# What a condition already means by these words, so that no case type's own field may take them.
RESERVED = frozenset({
    "all", "any", "none", "to", "case_type", "weight", "status", "received_on", "complexity", "novel",
    "criteria_decided", "outcome", "missing_facts", "contradictions",
})  # fmt: skip


def _name(value: object) -> str:
    if not isinstance(value, str) or not NAME.fullmatch(value):
        raise wrong(f"{shown(value)} cannot be a name; {NAME_ADVICE}")
    return value


Name = Annotated[str, BeforeValidator(_name), WithJsonSchema({"type": "string", "pattern": f"^{NAME.pattern}$"})]


def name_from(words: str, taken: Collection[str] = ()) -> str:
    """A free name made of `words`: without `case:`, ASCII, snake_case; a clash is numbered.

    Example:
        >>> name_from("case:Amount Paid"), name_from("Sagsområde"), name_from("caseType"), name_from("x", {"x"})
        ('amount_paid', 'sagsomraade', 'log_case_type', 'x_2')
    """
    text = words.removeprefix("case:").translate(_SPELT)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text)
    text = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:50]
    if not text or not text[0].isalpha():
        text = f"field_{text}".rstrip("_")
    if text in RESERVED:
        text = f"log_{text}"
    name, number = text, 1
    while name in taken:
        number += 1
        name = f"{text}_{number}"
    return name


def humanised(name: str) -> str:
    """A label made of a name, until a person writes a better one.

    Example:
        >>> humanised("monthly_household_income")
        'Monthly household income'
    """
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
