"""What a YAML text says, as nodes with their places: bounded, without tags, one document, one value a key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from ruamel.yaml import YAML
from ruamel.yaml import events as yaml_events
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from config.errors import InputError, Place

MAX_DEPTH = 50
MAX_ALIASES = 50
KIND_WORDS = {"scalar": "single value", "sequence": "list", "mapping": "mapping"}


@dataclass
class Node:
    """One value as it stands in the file; `children` are (key node, value node) or (None, value node)."""

    kind: Literal["scalar", "mapping", "sequence"]
    line: int
    column: int
    start: int
    end: int = 0
    value: Any = None
    children: list[tuple[Node | None, Node]] = field(default_factory=list)
    is_open: bool = True


class Composer:
    """Builds nodes from ruamel's parse events, one at a time, so that reading stops where a limit is met."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.anchors: dict[str, Node] = {}
        self.aliases = 0

    def compose(self, text: str) -> Node | None:
        """The top node of `text`; None where there is none. Raises InputError with line and column."""
        root: Node | None = None
        stack: list[Node] = []
        waiting: list[Node | None] = []  # for each open mapping: the key that waits for its value
        for event in self._events(text):
            if isinstance(event, yaml_events.DocumentStartEvent) and root is not None:
                raise self._error("a second document (`---`) begins here; keep one document in a file", event)
            if isinstance(event, yaml_events.MappingEndEvent | yaml_events.SequenceEndEvent):
                closed = stack.pop()
                waiting.pop()
                closed.end, closed.is_open = event.end_mark.index, False
                continue
            node = self._node(event)
            if node is None:
                continue
            root = root or node
            if stack:
                self._add(stack[-1], waiting, node)
            if node.is_open:
                stack.append(node)
                waiting.append(None)
                if len(stack) > MAX_DEPTH:
                    raise self._error(f"more than {MAX_DEPTH} levels inside one another; make it flatter", event)
        return root

    def _add(self, parent: Node, waiting: list[Node | None], node: Node) -> None:
        if parent.kind == "sequence":
            parent.children.append((None, node))
        elif waiting[-1] is None:
            if node.kind != "scalar":
                raise InputError(
                    f"a {KIND_WORDS[node.kind]} stands where a key is expected; a key is one word",
                    Place(self.file, node.line, node.column),
                )
            waiting[-1] = node
        else:
            parent.children.append((waiting[-1], node))
            waiting[-1] = None

    def _events(self, text: str) -> Iterator[Any]:
        yaml = YAML(typ="safe", pure=True)
        try:
            yield from yaml.parse(text)
        except MarkedYAMLError as error:
            raise self._syntax(error) from None
        except YAMLError as error:
            raise self._unreadable(text, error) from None
        except (ValueError, IndexError, AttributeError, AssertionError, TypeError, NotImplementedError):
            # ruamel's scanner trips over some malformed directives and escapes with Python's own errors
            raise InputError(
                "this is not YAML that can be read; compare with an example file", Place(self.file)
            ) from None

    def _node(self, event: Any) -> Node | None:
        if isinstance(event, yaml_events.AliasEvent):
            return self._alias(event)
        if not isinstance(event, yaml_events.NodeEvent):
            return None
        tag = getattr(event, "ctag", None)
        if tag is not None and not (isinstance(event, yaml_events.ScalarEvent) and str(tag) == "!"):
            raise self._error(f"the tag '{tag}' is not allowed; write the value alone", event)
        mark = event.start_mark
        node = Node("scalar", mark.line + 1, mark.column + 1, mark.index, event.end_mark.index)
        if isinstance(event, yaml_events.ScalarEvent):
            node.value, node.is_open = (event.value, event.style in (None, "")), False
        else:
            node.kind = "mapping" if isinstance(event, yaml_events.MappingStartEvent) else "sequence"
        if event.anchor is not None:
            self.anchors[str(event.anchor)] = node
        return node

    def _alias(self, event: Any) -> Node:
        self.aliases += 1
        node = self.anchors.get(str(event.anchor))
        if node is None:
            raise self._error(
                f"'*{event.anchor}' refers to nothing; define it with '&{event.anchor}' above", event
            )
        if node.is_open:
            raise self._error(f"'*{event.anchor}' refers to a block that contains it; write the values out", event)
        if self.aliases > MAX_ALIASES:
            raise self._error(f"more than {MAX_ALIASES} aliases (*name); write the values out", event)
        return node

    def _error(self, sentence: str, event: Any) -> InputError:
        return InputError(sentence, Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1))

    def _syntax(self, error: MarkedYAMLError) -> InputError:
        mark = error.problem_mark or error.context_mark
        place = Place(self.file, mark.line + 1, mark.column + 1) if mark is not None else Place(self.file)
        problem = str(error.problem or error.context or "").strip()
        if "'\\t'" in problem or "tab" in problem:
            return InputError("a tab stands here; indent with spaces", place)
        return InputError(f"the YAML is broken: {problem}; look at indents, quotes and colons around here", place)

    def _unreadable(self, text: str, error: YAMLError) -> InputError:
        position = getattr(error, "position", None)
        if not isinstance(position, int):
            return InputError("this is not YAML that can be read; compare with an example file", Place(self.file))
        line = text.count("\n", 0, position) + 1
        column = position - text.rfind("\n", 0, position)
        return InputError(
            "a character that YAML does not allow stands here; delete it", Place(self.file, line, column)
        )
