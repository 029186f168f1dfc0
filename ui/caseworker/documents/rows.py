"""The documents of a case in words: from whom, whether the citizen has seen them, who put them in and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from config.bilingual import Language
from config.translate import Translator
from config.words import Words
from models.clock import parse
from models.documents import Document
from ui.caseworker.documents.content import KINDS
from ui.caseworker.lately import lately
from ui.web.addresses import case_path

SOURCES: Mapping[str, str] = {
    "citizen": "The citizen",
    "register": "A register",
    "third_party": "Somebody else",
    "us": "Ourselves",
}
"""From whom a document can come."""


@dataclass(frozen=True)
class DocumentRow:
    """One document as a list shows it."""

    number: int
    name: str
    kind: str
    size: str
    source: str
    is_seen: bool
    by: str
    at: str
    href: str


def document_rows(documents: tuple[Document, ...], now: datetime, language: Language) -> tuple[DocumentRow, ...]:
    """The documents of one case, the newest first."""
    return tuple(document_row(one, now, language) for one in reversed(documents))


def document_row(document: Document, now: datetime, language: Language) -> DocumentRow:
    """One document in one reader's language."""
    say, words = Translator(language), Words(language)
    source = SOURCES.get(document.source)
    return DocumentRow(
        number=document.id,
        name=document.name,
        kind=say(KINDS.get(document.media_type, document.media_type)),
        size=size_in_words(document.size, words),
        source=document.source if source is None else say(source),
        is_seen=document.citizen_has_seen,
        by=document.by,
        at=lately(parse(document.at), now, say, words),
        href=case_path(document.case_type, document.case_id, f"documents/{document.id}"),
    )


def size_in_words(size: int, words: Words) -> str:
    """How large a file is.

    Example:
        >>> [size_in_words(size, Words("da")) for size in (812, 34_567, 1_240_000)]
        ['1 kB', '35 kB', '1,2 MB']
    """
    if size < 1_000_000:
        return f"{words.number(max(size / 1000, 1), 0)} kB"
    return f"{words.number(size / 1_000_000, 1)} MB"


def put_in(documents: tuple[Document, ...], language: Language) -> Iterator[tuple[str, str]]:
    """When each document came into the case, and the sentence that the timeline says of it."""
    say = Translator(language)
    for one in documents:
        yield one.at, say("{name} put “{document}” into the case", name=one.by, document=one.name)
