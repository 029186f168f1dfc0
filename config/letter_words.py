"""The words of a case type's letters, with `{{ name }}` in them: checked here, rendered only in a sandbox."""

from __future__ import annotations

from typing import Annotated

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from pydantic import BeforeValidator, WithJsonSchema

from config.bilingual import Bilingual, Language
from config.model import Model, shown, wrong

MAX_CHARACTERS = 4000
_ENVIRONMENT = SandboxedEnvironment()
_ALLOWED = (nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.And, nodes.Or, nodes.Not)
_ADVICE = "only {{ name }} and {% if name %} .. {% endif %} can stand in a letter's text"


def names_in(text: str) -> frozenset[str]:
    """The names that a text asks for. Nothing is rendered.

    Raises:
        PydanticCustomError: it cannot be read, or holds more than names and `if`s on them.

    Example:
        >>> sorted(names_in("Du får {{ subsidy }}.{% if not own_share %} Du betaler intet selv.{% endif %}"))
        ['own_share', 'subsidy']
    """
    if len(text) > MAX_CHARACTERS:
        raise wrong(f"{len(text)} characters stand here; a letter's text has at most {MAX_CHARACTERS}")
    try:
        tree = _ENVIRONMENT.parse(text)
        _refuse_more(tree)
        return frozenset(node.name for node in tree.find_all(nodes.Name))
    except TemplateSyntaxError as error:
        where = f" in its line {error.lineno}" if "\n" in text.strip() else ""
        raise wrong(f"this text cannot be read{where} ({_reason(error)}); {_ADVICE}") from None
    except RecursionError:
        raise wrong(f"too many {{% if %}} stand inside one another; {_ADVICE}") from None


def _refuse_more(tree: nodes.Template) -> None:
    """Refuse calls, attributes, loops, filters and everything else that a short text does not need."""
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            raise wrong(f"{_kind(node)} stands in this text; {_ADVICE}")


def _kind(node: nodes.Node) -> str:
    match node:
        case nodes.Getattr():
            return f"'.{node.attr}'"
        case nodes.Call():
            return "a call"
        case nodes.Filter():
            return f"the filter '{node.name}'"
        case nodes.Const():
            return f"the value {shown(node.value)}"
        case _:
            return f"'{type(node).__name__.lower()}'"


def _reason(error: TemplateSyntaxError) -> str:
    words = " ".join((error.message or "it is no Jinja").split()).rstrip(".")
    return f"{words[:1].lower()}{words[1:79]}"


def _jinja(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise wrong(f"{shown(value)} stands where a letter's text is expected; write words")
    names_in(value)
    return value


Jinja = Annotated[str, BeforeValidator(_jinja), WithJsonSchema({"type": "string"})]


class LetterText(Bilingual):
    """One text of a letter in both languages; a name in it is a field, an amount, a line, or of every case."""

    da: Jinja
    en: Jinja

    def asks_for(self, language: Language) -> frozenset[str]:
        """The names in one language's text."""
        return names_in(self.say(language))


class OutcomeLetter(Model):
    """What a decision's letter says first: its title, and the result, in kroner where there is a sum."""

    title: LetterText
    result: LetterText


class OwnLetter(Model):
    """A letter without a decision in this case type's own words; an empty line parts paragraphs."""

    title: LetterText
    text: LetterText


class Letters(Model):
    """Letters without a decision that this case type says in words of its own; without them the general ones."""

    receipt: OwnLetter | None = None
    information_request: OwnLetter | None = None
    hearing: OwnLetter | None = None
