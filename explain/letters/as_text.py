"""A letter as plain text of 70 columns, for a screen reader, an e-mail or an archive."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from explain.letters.document import Block, Bullets, Document, Heading, Pair, Paragraph, Rows, Signature, glued

COLUMNS = 70
LINES_A_PAGE = 56


def letter_text(document: Document) -> str:
    """The letter as text; of a draft every page of 56 lines begins with the mark, and so does its end."""
    lines = list(_lines(document))
    if not document.is_draft:
        return "\n".join(lines) + "\n"
    mark = f"*** {document.draft}: {document.draft_note} ***"
    pages = [lines[start : start + LINES_A_PAGE] for start in range(0, len(lines), LINES_A_PAGE)]
    return "\n".join(line for page in pages for line in (mark, "", *page)) + f"\n\n{mark}\n"


def _lines(document: Document) -> Iterator[str]:
    yield document.municipality
    for group in document.sender:
        yield from (folded for line in group for folded in _folded(line))
        yield ""
    if document.recipient:
        yield from (folded for line in document.recipient for folded in _folded(line))
        yield ""
    yield ""
    yield from _underlined(document.title, "=")
    for block in document.blocks:
        yield ""
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield ""
            yield from _underlined(block.text, "-")
        case Paragraph():
            yield from _folded(f"{block.lead} {block.text}".strip(), "> " if block.kind == "key" else "")
        case Bullets():
            for number, item in enumerate(block.items, 1):
                mark = f"{number}. " if block.is_numbered else "- "
                yield from _hanging(item, mark)
        case Rows():
            for row in block.rows:
                yield from _row(block.head, row)
        case Pair():
            for number, (heading, text) in enumerate(block.halves):
                if number:
                    yield ""
                yield from _folded(f"{heading}: {text}")
        case Signature():
            yield from (folded for line in block.lines for folded in _folded(line))


def _row(head: tuple[str, ...], row: tuple[str, ...]) -> Iterator[str]:
    """One line of a table: its first cell, and below it the others under the heading of their column."""
    yield from _hanging(row[0], "- ")
    for name, cell in zip(head[1:], row[1:], strict=True):
        if cell:
            yield from (f"  {line}" for line in _hanging(cell, f"{name}: ", COLUMNS - 2))


def _hanging(text: str, mark: str, columns: int = COLUMNS) -> list[str]:
    """Text behind a mark, with further lines below its beginning."""
    indent = " " * min(len(mark), 4)
    parts = f"{mark}{text}".split("\n")
    return [
        line
        for number, part in enumerate(parts)
        for line in _wrapped(part, columns, "" if number == 0 else indent, indent)
    ]


def _folded(text: str, begin: str = "") -> list[str]:
    """Text in lines of at most 70 columns, its own line breaks kept."""
    return [line for part in text.split("\n") for line in _wrapped(part, COLUMNS, begin, begin)] or [begin]


def _wrapped(text: str, columns: int, first: str, other: str) -> list[str]:
    """Lines of at most so many columns, with what belongs together kept on one."""
    wrapped = textwrap.wrap(
        glued(text), columns, initial_indent=first, subsequent_indent=other, break_on_hyphens=False
    )
    return [line.replace("\u00a0", " ") for line in wrapped]


def _underlined(text: str, stroke: str) -> Iterator[str]:
    lines = _folded(text)
    yield from lines
    yield stroke * max(map(len, lines), default=0)
