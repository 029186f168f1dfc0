"""The little language of a letter's texts: placeholders, `if`, `and`, `or`, `not`, comparisons, and nothing else.

It is a part of Jinja. A text is only taken apart here, never run: running is for the sandbox of the letters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes

from config.model import shown
from config.validation import did_you_mean

LONGEST_TEXT = 2_000
MOST_PARTS = 300
ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.If, nodes.CondExpr,
    nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Const,
)  # fmt: skip
PARSER = Environment(autoescape=True)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a text, on which of its lines (from 1), and the word that is meant, if it is one."""

    sentence: str
    line: int = 1
    word: str | None = None


def problem_in(text: str, known: Collection[str], unwritable: Collection[str] = ()) -> Problem | None:
    """Why a text cannot stand in a letter whose placeholders are `known` (dotted names), or None.

    Those that are `unwritable` may stand in conditions alone.

    Example:
        >>> problem_in("Kære {{ first_name }}", {"first_name"})
        >>> problem_in("Kære {{ frist_name }}", {"first_name"}).sentence
        "there is no placeholder 'frist_name' here; did you mean 'first_name'?"
        >>> problem_in("{{ ''.__class__ }}", set()).sentence
        'only placeholders can stand here, and this is more than a name; write {{ name }}'
    """
    if len(text) > LONGEST_TEXT:
        return Problem(f"a text of {len(text)} characters stands here; write at most {LONGEST_TEXT}")
    if _CONTROL.search(text):
        return Problem("a control character stands here; type the text again")
    try:
        tree = PARSER.parse(text)
        return next(_problems(tree, known, unwritable), None)
    except TemplateSyntaxError as error:
        return Problem(
            f"the braces cannot be read: {_one_line(error.message)}; write {{{{ name }}}}", error.lineno
        )
    except RecursionError:
        return Problem("too many brackets or conditions stand inside one another; write it more simply")


def names_in(text: str) -> frozenset[str]:
    """The placeholders that a readable text names, dotted."""
    tree = PARSER.parse(text)
    return frozenset(name for node in _outermost_names(tree) if (name := dotted(node)) is not None)


def dotted(node: nodes.Node) -> str | None:
    """The dotted name that a node stands for, None where it is no plain name."""
    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Getattr):
        before = dotted(node.node)
        return None if before is None else f"{before}.{node.attr}"
    return None


def _problems(tree: nodes.Template, known: Collection[str], unwritable: Collection[str]) -> Iterator[Problem]:
    for count, node in enumerate(tree.find_all(nodes.Node)):
        if count > MOST_PARTS:
            yield Problem(f"more than {MOST_PARTS} parts stand in this text; write it more simply", node.lineno)
        if not isinstance(node, ALLOWED):
            word = type(node).__name__.lower()
            yield Problem(
                f"'{word}' cannot stand in a letter's text; use placeholders, if, and, or, not, ==", node.lineno
            )
    for node in _outermost_names(tree):
        name = dotted(node)
        if name is None:
            sentence = "only placeholders can stand here, and this is more than a name; write {{ name }}"
            yield Problem(sentence, node.lineno)
        elif name not in known:
            yield Problem(
                f"there is no placeholder {shown(name)} here; {did_you_mean(name, known)}", node.lineno, name
            )

    for node in _written(tree):
        name = dotted(node)
        if name in unwritable:
            sentence = (
                f"{shown(name)} says yes or no and cannot be written out; ask about it, as in {{% if {name} %}}"
            )
            yield Problem(sentence, node.lineno, name)


def _written(tree: nodes.Template) -> Iterator[nodes.Node]:
    """What is put into the text, conditions left out."""
    waiting = [part for output in tree.find_all(nodes.Output) for part in output.nodes]
    while waiting:
        node = waiting.pop()
        match node:
            case nodes.CondExpr():
                waiting += [one for one in (node.expr1, node.expr2) if one is not None]
            case nodes.And() | nodes.Or():
                waiting += [node.left, node.right]
            case _:
                yield node


def _outermost_names(node: nodes.Node) -> Iterator[nodes.Node]:
    """Names and chains of names, each whole: of `a.b` the chain and not the `a` inside it."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Name | nodes.Getattr):
            yield child
        else:
            yield from _outermost_names(child)


def _one_line(message: str | None) -> str:
    return " ".join(str(message).split()).rstrip(".")
