"""A letter as a document: what stands in it and in which order, the same for every format."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, Literal


@dataclass(frozen=True)
class Heading:
    """The heading of a part."""

    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Paragraph:
    """Running text. `lead` begins it in bold; a `key` is set apart, a `small` one stands at the end."""

    text: str
    lead: str = ""
    kind: Literal["text", "key", "small"] = "text"


@dataclass(frozen=True)
class Bullets:
    """A list, numbered where the order says something."""

    items: tuple[str, ...]
    is_numbered: bool = False
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True)
class Rows:
    """A table: the headings of its columns, and its lines."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Pair:
    """Two short texts side by side, each under a heading."""

    halves: tuple[tuple[str, str], ...]
    kind: Literal["pair"] = "pair"


@dataclass(frozen=True)
class Signature:
    """Who the letter is from: a name, then lines."""

    lines: tuple[str, ...]
    kind: Literal["signature"] = "signature"


Block = Heading | Paragraph | Bullets | Rows | Pair | Signature


@dataclass(frozen=True)
class Document:
    """One letter in one language.

    Attributes:
        sender: groups of lines beside the address: the department, the case, whom to call.
        draft, draft_note: marks of a draft, empty on a letter that is sent.
        page, of: the words of a page's number.
    """

    language: str
    title: str
    dated: date
    municipality: str
    recipient: tuple[str, ...]
    sender: tuple[tuple[str, ...], ...]
    blocks: tuple[Block, ...]
    page: str
    of: str
    draft: str = ""
    draft_note: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether every page is marked as a draft."""
        return bool(self.draft)

    def running_texts(self) -> list[str]:
        """All that is read as sentences: the title, headings, paragraphs and lists, no address and no table."""
        texts = [self.title]
        for block in self.blocks:
            match block:
                case Heading():
                    texts.append(block.text)
                case Paragraph():
                    texts.append(f"{block.lead} {block.text}".strip())
                case Bullets():
                    texts += block.items
                case Pair():
                    texts += [text for half in block.halves for text in half]
        return texts

    def every_text(self) -> list[str]:
        """Every text of the letter in its order, tables too."""
        texts = [
            self.municipality,
            *self.recipient,
            *(line for group in self.sender for line in group),
            self.title,
        ]
        for block in self.blocks:
            texts += _texts_in(block)
        return texts


def _texts_in(block: Block) -> list[str]:
    match block:
        case Heading():
            return [block.text]
        case Paragraph():
            return [one for one in (block.lead, block.text) if one]
        case Bullets():
            return list(block.items)
        case Rows():
            return [*block.head, *(cell for row in block.rows for cell in row)]
        case Pair():
            return [text for half in block.halves for text in half]
        case Signature():
            return list(block.lines)


def clean(text: str) -> str:
    """A text without what no letter can show: control characters, half characters, marks that turn reading around.

    Where an abbreviation ends a sentence, one dot is enough for both.

    Example:
        >>> clean("Jens\\x00\\u202e  Hansen\\r\\n"), clean("Du betaler 630 kr.. Vent...")
        ('Jens Hansen', 'Du betaler 630 kr. Vent...')
    """
    spaced = "".join(" " if unicodedata.category(one) == "Cc" and one != "\n" else one for one in text)
    kept = "".join(one for one in spaced if one == "\n" or unicodedata.category(one) not in UNSHOWN)
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", kept).split("\n"))
    lines = (_TWO_DOTS.sub(".", line) for line in lines)
    return "\n".join(lines).strip("\n")


def glued(text: str) -> str:
    """The text with spaces that keep on one line what belongs there: telephone numbers, amounts, days, paragraphs.

    Example:
        >>> glued("Pensionsloven § 14 a, stk. 6, nr. 2").count(chr(0xA0))
        4
        >>> glued("Ring 00 12 34 56 senest 7. januar 2027 om § 43 og 12 kr.").count(chr(0xA0))
        6
    """
    return _TOGETHER.sub("\u00a0", text)


_TWO_DOTS = re.compile(r"(?<=\w)\.\.(?!\.)")
_TOGETHER = re.compile(
    r"(?<=\d) (?=\d)|(?<=\d\.) (?=[a-zæøå])|(?<=§) (?=\d)|(?<=\d) (?=kr\.|procent|per cent)|(?<=DKK) (?=\d)"
    r"|(?<=\d) (?=[a-z]\b)|(?<=\bstk\.) (?=\d)|(?<=\bnr\.) (?=\d)"
)
"""An amount that ends a sentence brings its own full stop."""

UNSHOWN = frozenset({"Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp"})


def cleaned(document: Document) -> Document:
    """The same document with every text clean."""
    changed: Document = _cleaned(document)
    return changed


def _cleaned(part: Any) -> Any:
    if isinstance(part, str):
        return clean(part)
    if isinstance(part, tuple):
        return tuple(_cleaned(one) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{one.name: _cleaned(getattr(part, one.name)) for one in fields(part)})
    return part
