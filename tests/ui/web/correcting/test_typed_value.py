"""What is typed for a fact is read by its kind; what cannot be gets the field's own sentence."""

from __future__ import annotations

from typing import Any

import pytest

from config.bilingual import Bilingual
from config.fields import Field
from ui.caseworker.correcting.typed_value import typed_value


def field(kind: str, **given: Any) -> Field:
    return Field(column="c", type=kind, label=Bilingual(da="Indkomst", en="Income"), **given)


@pytest.mark.parametrize(
    ("kind", "language", "typed", "value"),
    [
        ("number", "da", "1.234,50", 1234.5),
        ("number", "da", "12 500,5 kr.", 12500.5),
        ("number", "da", "-3,25", -3.25),
        ("number", "da", "\N{MINUS SIGN}7", -7.0),
        ("number", "en", "1,234.50", 1234.5),
        ("integer", "da", "1.200", 1200),
        ("integer", "da", "3,0", 3),
        ("date", "da", "24.11.2026", "2026-11-24"),
        ("date", "da", "1/2-2026", "2026-02-01"),
        ("date", "en", "2026-02-28", "2026-02-28"),
        ("boolean", "da", "is:yes", True),
        ("boolean", "da", "is:no", False),
        ("text", "da", "  æøå\nto ", "æøå\nto"),
        ("text", "da", "unknown", "unknown"),
    ],
)
def test_value_is_read_as_people_write_it(kind: str, language: Any, typed: str, value: Any) -> None:
    found = typed_value(field(kind), typed, language)
    assert found.value == value
    assert type(found.value) is type(value)
    assert (found.problem is None) == (value is not None)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("number", "1.5"),
        ("number", "12,5,5"),
        ("number", "nan"),
        ("number", "1e400"),
        ("number", "9" * 40),
        ("number", "٣"),
        ("integer", "2,5"),
        ("date", "31.2.2026"),
        ("date", "24.11.26"),
        ("date", "1.1.0900"),
        ("date", "٢٤.11.2026"),
        ("boolean", "yes"),
        ("boolean", ""),
        ("category", "is:c"),
        ("category", "a"),
        ("text", " "),
        ("text", "x" * 20_001),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_that_names_the_field(kind: str, typed: str) -> None:
    words = {"values": ("a", "unknown")} if kind == "category" else {}
    found = typed_value(field(kind, **words), typed, "da")
    assert found.value is None
    assert found.problem is not None
    assert "»Indkomst«" in found.problem


def test_a_word_that_is_called_unknown_is_not_the_answer_that_nothing_is_known() -> None:
    one = field("category", values=("a", "unknown"))
    assert typed_value(one, "is:unknown", "en").value == "unknown"
    assert typed_value(one, "unknown", "en").value is None
    assert typed_value(one, "unknown", "en").problem is None
