"""Case logs in XES (IEEE 1849): traces and events as rows, read as a stream, without entities or network."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from config.errors import InputError, Place
from engine.log_table import LONGEST_CELL, LogTable, words
from engine.unpacking import open_bytes

VALUES = frozenset({"string", "date", "int", "float", "boolean", "id"})


@dataclass
class _Rows:
    """Events as they are met: one list a column, filled up with None where an attribute comes late."""

    columns: dict[str, list[str | None]] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    nested: set[str] = field(default_factory=set)
    seen: dict[str, str] = field(default_factory=dict)

    def add(self, event: dict[str, str], line: int) -> None:
        row = len(self.lines)
        for name, value in event.items():
            column = self.columns.setdefault(name, [])
            column.extend([None] * (row - len(column)))
            column.append(self.seen.setdefault(value, value))
        self.lines.append(line)

    def table(self, path: Path) -> LogTable:
        count = len(self.lines)
        arrays = {name: words(column + [None] * (count - len(column))) for name, column in self.columns.items()}
        notes = [f"attribute '{name}' holds others inside it; those are left out" for name in sorted(self.nested)]
        return LogTable(path, pa.table(arrays), np.array(self.lines, dtype=np.int64), notes=tuple(notes))


def read_xes(path: Path) -> LogTable:
    """Every event of a .xes or .xes.gz: event attributes by their key, trace attributes as `case:KEY`.

    A document type or an entity is refused, whatever it says. Nested attributes, lists and containers are left
    out and named. Raises InputError with the line where the XML is broken.
    """
    from lxml import etree

    with open_bytes(path) as stream:
        parts = etree.iterparse(
            stream,
            events=("start", "end"),
            tag=("{*}log", "{*}trace", "{*}event"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            rows = _read_traces(parts, path)
        except etree.XMLSyntaxError as error:
            raise _broken(error.msg or "", Place(path, error.lineno or None)) from None
    if not rows.lines:
        raise InputError("the file has no <event> inside a <trace>; export it again as XES", Place(path))
    return rows.table(path)


def _read_traces(parts: Any, path: Path) -> _Rows:
    rows = _Rows()
    events: list[tuple[dict[str, str], int]] = []
    for number, (moment, element) in enumerate(parts):
        if number == 0:
            _refuse_document_type(element, path)
        tag = element.tag.rpartition("}")[2]
        if moment == "start" or tag == "log":
            continue
        if tag == "event":
            events.append((_attributes(element, "", rows, path), element.sourceline or 0))
            element.clear()
            continue
        trace = _attributes(element, "case:", rows, path)
        for event, line in events:
            rows.add(trace | event, line)
        events = []
        _forget(element)
    return rows


def _broken(message: str, place: Place) -> InputError:
    if "limit exceeded" in message or "too long" in message:
        return InputError("a value in it is too long to be read, or the XML is too deep; shorten it", place)
    return InputError(f"the XML is broken ({message}); export the log again", place)


def _attributes(element: Any, prefix: str, rows: _Rows, path: Path) -> dict[str, str]:
    """The element's own attributes as words; the first counts where a key stands twice."""
    found: dict[str, str] = {}
    for child in element:
        kind = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        key, value = child.get("key"), child.get("value")
        if key and (len(child) or kind in {"list", "container"}):
            rows.nested.add(key)
        if kind not in VALUES or not key or not value:
            continue
        if len(value) > LONGEST_CELL:
            sentence = f"attribute '{key}' has {len(value)} characters, and {LONGEST_CELL} are allowed; shorten it"
            raise InputError(sentence, Place(path, child.sourceline))
        found.setdefault(prefix + key, value)
    return found


def _refuse_document_type(element: Any, path: Path) -> None:
    document = element.getroottree().docinfo
    if document.doctype or document.internalDTD is not None:
        sentence = "the file declares a document type, which could hold entities; remove the <!DOCTYPE> part"
        raise InputError(sentence, Place(path))


def _forget(element: Any) -> None:
    """Drop what has been read, so that memory does not grow with the file."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
