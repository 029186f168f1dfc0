"""One way to read every YAML file: values with their places, and one clear sentence for what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from config.errors import InputError, Place
from config.yaml_nodes import KIND_WORDS, MAX_DEPTH, Composer, Node

MAX_BYTES = 1_000_000
MAX_VALUES = 100_000

Key = str | int
Path_ = tuple[Key, ...]

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,30})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,30})\.[0-9]{1,400}")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(\.[0-9]{3})+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Span:
    """Where a value stands: line and column from 1, and its characters `start:end` in the text."""

    line: int
    column: int
    start: int
    end: int


@dataclass(frozen=True)
class Located:
    """A YAML file's content in plain values, and where each value and key stands.

    Mapping keys are always the words as written. Whole numbers are int, decimals are exact `Decimal`, `true` and
    `false` are bool, `null`, `~` and nothing are None, `2024-01-01` is a date; all else is text (so are `no`,
    `on`, `010` and `1e3`).
    """

    value: Any
    file: str
    text: str
    values: Mapping[Path_, Span]
    keys: Mapping[Path_, Span]

    def place(self, path: Path_ = (), *, of: Literal["value", "key"] = "value") -> Place:
        """The place of the value (or key) at `path`, or of the nearest thing around it that is written."""
        spans = self.values if of == "value" else self.keys
        for end in range(len(path), -1, -1):
            span = spans.get(path[:end]) if end == len(path) else self.values.get(path[:end])
            if span is not None:
                return Place(self.file, span.line, span.column)
        return Place(self.file, 1, 1)

    def below(self, *path: Key) -> Located:
        """The part at `path` as a located value of its own, with places in the same file."""
        value, size = self.value, len(path)
        for part in path:
            value = value[part]
        values = {where[size:]: span for where, span in self.values.items() if where[:size] == path}
        keys = {where[size:]: span for where, span in self.keys.items() if where[:size] == path and where != path}
        return Located(value, self.file, self.text, values, keys)


def read_yaml(source: str | bytes, file: str | Path) -> Located:
    """Read one YAML document whose top is a mapping.

    Raises:
        InputError: with line and column, for whatever cannot be read or is not allowed: over 1 MB, over 50 levels,
            another encoding than UTF-8, tabs, tags, a key given twice, too many aliases, more than one document.

    Example:
        >>> located = read_yaml("name: {da: nej, en: no}", "x.yaml")
        >>> located.value, str(located.place(("name", "en")))
        ({'name': {'da': 'nej', 'en': 'no'}}, 'x.yaml:1:21')
    """
    name = str(file)
    text = decoded(source, name)
    root = Composer(name).compose(text)
    if root is None:
        raise InputError("the file is empty; write at least one `key: value` line", Place(name, 1, 1))
    if root.kind != "mapping":
        raise InputError(
            f"the file holds a {KIND_WORDS[root.kind]} where `key: value` lines are expected",
            Place(name, root.line, root.column),
        )
    values: dict[Path_, Span] = {}
    keys: dict[Path_, Span] = {}
    plain = _Plain(name, values, keys).build(root, ())
    return Located(plain, name, text, values, keys)


def decoded(source: str | bytes, file: str) -> str:
    """The text of a file, without its byte order mark.

    Raises:
        InputError: it is larger than 1 MB, or in another encoding than UTF-8.
    """
    if len(source) > MAX_BYTES:
        raise InputError(f"the file is larger than {MAX_BYTES // 1_000_000} MB; split or shorten it", Place(file))
    if isinstance(source, str):
        try:
            source.encode("utf-8")
        except UnicodeEncodeError as error:
            place = Place(file, source.count("\n", 0, error.start) + 1)
            raise InputError("a character is half of a pair (a lone surrogate); type it again", place) from None
        return source.removeprefix("\ufeff")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        column = error.start - source.rfind(b"\n", 0, error.start)
        raise InputError(
            f"byte 0x{source[error.start]:02x} is not UTF-8; save the file as UTF-8 (æ, ø and å often show it)",
            Place(file, line, column),
        ) from None


class _Plain:
    """Turns nodes into plain values, noting where each stands."""

    def __init__(self, file: str, values: dict[Path_, Span], keys: dict[Path_, Span]) -> None:
        self.file, self.values, self.keys = file, values, keys

    def build(self, node: Node, path: Path_) -> Any:
        if len(self.values) >= MAX_VALUES:
            raise InputError(f"more than {MAX_VALUES} values; split or shorten the file", self._place(node))
        if len(path) > 2 * MAX_DEPTH:
            raise InputError("aliases put blocks too deep inside one another; write them out", self._place(node))
        self.values[path] = Span(node.line, node.column, node.start, node.end)
        if node.kind == "scalar":
            return self._scalar(node)
        if node.kind == "sequence":
            return [self.build(child, (*path, number)) for number, (_, child) in enumerate(node.children)]
        mapping: dict[str, Any] = {}
        for key, child in node.children:
            if key is None:
                continue
            word = self._key(key, child, path)
            self.keys[(*path, word)] = Span(key.line, key.column, key.start, key.end)
            mapping[word] = self.build(child, (*path, word))
        return mapping

    def _key(self, key: Node, child: Node, path: Path_) -> str:
        word = str(key.value[0])
        if (earlier := self.keys.get((*path, word))) is not None:
            raise InputError(
                f"'{word}' stands twice, on line {earlier.line} and on line {key.line}; keep one", self._place(key)
            )
        if word.isdigit() and child.kind == "scalar" and child.value == ("", True) and child.start <= key.end:
            raise InputError(
                f"',{word}' looks like a decimal comma; write numbers with a point, as in 12.5", self._place(key)
            )
        return word

    def _scalar(self, node: Node) -> Any:
        text, is_plain = node.value
        if not is_plain:
            return text
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if _THOUSANDS.fullmatch(text):
            digits = text.replace(".", "")
            raise InputError(
                f"'{text}' can be read in two ways; write {digits} without a separator, or the decimal as {text}0",
                self._place(node),
            )
        if _WHOLE.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
        return self._date(text, node) if _DATE.fullmatch(text) else text

    def _date(self, text: str, node: Node) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise InputError(
                f"'{text}' is not a date in the calendar; write year-month-day", self._place(node)
            ) from None

    def _place(self, node: Node) -> Place:
        return Place(self.file, node.line, node.column)
