"""Documentation that fails when a key, an operator, a field or a setting is missing from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from config.calculation import OPERATIONS
from config.case_type import CaseType, read_case_type
from config.conditions import COMBINERS, OPERATORS
from config.routing_rules import Rules, read_rules
from config.rule_fields import FIELDS_OF_EVERY_CASE
from config.settings import Settings

DOCS = Path(__file__).parent.parent.parent / "docs"
CASE_TYPES = (DOCS / "case-types.md").read_text(encoding="utf-8")
ROUTING_RULES = (DOCS / "routing-rules.md").read_text(encoding="utf-8")
# keys that conditions of the code use, or that stand in the file in another form
NOT_WRITTEN = {"key", "measure", "operator"}


def _models(annotation: Any, seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    if is_model and annotation not in seen:
        seen.add(annotation)
        yield annotation
        for field in annotation.model_fields.values():
            yield from _models(field.annotation, seen)
    for part in get_args(annotation):
        yield from _models(part, seen)


def _keys(top: type[BaseModel]) -> list[str]:
    return sorted({name for model in _models(top, set()) for name in model.model_fields} - NOT_WRITTEN)


def _literals(top: type[BaseModel]) -> list[str]:
    words: set[str] = set()
    for model in _models(top, set()):
        for field in model.model_fields.values():
            for option in (field.annotation, *get_args(field.annotation)):
                words |= {word for word in get_args(option) if isinstance(word, str)}
    return sorted(words)


def _said(text: str, word: str) -> bool:
    in_code = " ".join(re.findall(r"`([^`\n]+)`", text))
    return re.search(rf"(?<![\w]){re.escape(word)}(?![\w])", in_code) is not None


@pytest.mark.parametrize("key", _keys(CaseType))
def test_every_key_of_a_case_type_is_documented(key: str) -> None:
    assert _said(CASE_TYPES, key)


@pytest.mark.parametrize("word", [*_literals(CaseType), *OPERATIONS])
def test_every_choice_in_a_case_type_is_documented(word: str) -> None:
    assert _said(CASE_TYPES, word) or word == "oere"


@pytest.mark.parametrize("key", [*_keys(Rules), *_literals(Rules)])
def test_every_key_and_choice_of_the_rules_is_documented(key: str) -> None:
    assert _said(ROUTING_RULES, key) or key in ("da", "en")


@pytest.mark.parametrize("word", [*OPERATORS, *COMBINERS, *FIELDS_OF_EVERY_CASE])
def test_every_operator_and_built_in_field_is_documented(word: str) -> None:
    assert _said(ROUTING_RULES, word)


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    assert f"`STAFET_{name.upper()}`" in (DOCS / "settings.md").read_text(encoding="utf-8")


def test_the_documented_case_type_is_one() -> None:
    for example in re.findall(r"```yaml\n(.*?)```", CASE_TYPES, re.DOTALL):
        assert read_case_type(example, name="friplads", file="docs/case-types.md").criteria


def test_the_documented_rules_are_rules() -> None:
    for example in re.findall(r"```yaml\n(.*?)```", ROUTING_RULES, re.DOTALL):
        assert read_rules(example, file="docs/routing-rules.md", case_types={}).routes
