"""Every sentence that pages and reports say in English has its Danish, found by reading the program's own text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from config.translate import sentences

REPOSITORY = Path(__file__).parent.parent.parent
HOUSE = ("explain", "routing", "ui")
SAYERS = {"say", "t", "translate", "translator"}


def _first_words(call: ast.Call) -> Iterator[str]:
    """The sentence of a call such as `say("...")` or `say.counted("...", "...", n)`."""
    function = call.func
    if isinstance(function, ast.Attribute) and function.attr == "counted":
        function = function.value
    if isinstance(function, ast.Name) and function.id in SAYERS and call.args:
        first = call.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def _in_programs() -> Iterator[tuple[str, str]]:
    for folder in HOUSE:
        for path in sorted((REPOSITORY / folder).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if "config.translate" in text:
                for node in ast.walk(ast.parse(text)):
                    if isinstance(node, ast.Call):
                        yield from ((path.name, words) for words in _first_words(node))


def _in_templates() -> Iterator[tuple[str, str]]:
    for path in sorted((REPOSITORY / "ui").rglob("*.html")):
        for call in Environment(autoescape=True).parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            function = call.node.node if isinstance(call.node, nodes.Getattr) else call.node
            if isinstance(function, nodes.Name) and function.name in SAYERS and call.args:
                first = call.args[0]
                if isinstance(first, nodes.Const) and isinstance(first.value, str):
                    yield path.name, first.value


@pytest.mark.parametrize("source", [_in_programs, _in_templates])
def test_every_sentence_has_its_danish(source) -> None:
    danish = sentences("da")
    missing = sorted({f"{file}: {words}" for file, words in source() if words not in danish})
    assert missing == []
