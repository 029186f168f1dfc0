"""From facts and texts to documents: the texts of many letters go through the sandbox in one go."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from config.bilingual import Language
from config.errors import InputError, Place
from config.letter_defaults import texts_for
from config.letter_texts import Block as BlockTexts
from config.letter_texts import ReadTexts
from explain.letters.document import (
    Block,
    Bullets,
    Document,
    Heading,
    Pair,
    Paragraph,
    Rows,
    Signature,
    cleaned,
)
from explain.letters.letter_facts import LetterFacts
from explain.letters.said import own_values, values_of
from explain.letters.sandbox import LetterToRender, Limits, Part, Wanted, render

EMPTY_LINE = re.compile(r"\n\s*\n")
OwnPlace = Callable[[str, Language], Place]
"""Where a case type's own text stands: of `title` or `text`, in one language."""


@dataclass(frozen=True)
class Ordered:
    """A letter that is to be composed.

    Attributes:
        own_place: where the case type's own texts stand, asked for only when one of them fails.
        is_draft: every page says that it is a draft.
    """

    facts: LetterFacts
    texts: ReadTexts
    is_draft: bool = False
    own_place: OwnPlace | None = None


def compose(orders: Sequence[Ordered], limits: Limits | None = None) -> list[Document | InputError]:
    """The documents, in the order asked for; in place of one whose text fails, the sentence that says why."""
    rendered = render([_to_render(order) for order in orders], limits)
    return [
        texts if isinstance(texts, InputError) else _document(order, texts)
        for order, texts in zip(orders, rendered, strict=True)
    ]


def compose_one(order: Ordered, limits: Limits | None = None) -> Document:
    """One document.

    Raises:
        InputError: a text cannot be rendered, or uses more than it may.
    """
    [document] = compose([order], limits)
    if isinstance(document, InputError):
        raise document
    return document


def _to_render(order: Ordered) -> LetterToRender:
    facts, language = order.facts, order.texts.texts.facts_in
    values = values_of(facts, language)
    parts = [Part(values, list(_wanted(order, values)))]
    if facts.own_texts is not None:
        parts.insert(0, Part(own_values(facts, language), _own_wanted(order, language)))
    return LetterToRender(parts)


def _own_wanted(order: Ordered, language: Language) -> list[Wanted]:
    """The case type's own texts; the general ones know what they come to as title, and result or opening."""
    own = order.facts.own_texts
    assert own is not None

    def where(part: str) -> Place | Callable[[], Place]:
        place = order.own_place
        return Place(order.facts.case.type_name.say(language)) if place is None else lambda: place(part, language)

    text_name = "result" if order.facts.kind == "decision" else "opening"
    return [
        Wanted(own.title.say(language), where("title"), name="title"),
        Wanted(own.text.say(language), where("text"), name=text_name),
    ]


def _wanted(order: Ordered, values: dict[str, Any]) -> Iterator[Wanted]:
    """Every text of the letter, those of lists once for each item, as `_document` takes them back."""
    kind = order.facts.kind
    source, letter = texts_for(order.texts, kind)
    yield Wanted(letter.title, source.place(kind, "title"))
    for number, block in enumerate(letter.blocks):
        texts = dict(block.texts())
        for path, item in _visits(block, values):
            yield Wanted(texts[path], source.place(kind, "blocks", number, *path), item)


def _visits(block: BlockTexts, values: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    """The texts of a block in the order in which they are rendered, with the item that each is repeated for."""
    items = values[block.each] if block.each else []
    if block.table is not None:
        yield from ((("table", number, "head"), None) for number in range(len(block.table)))
        for item in items:
            yield from ((("table", number, "text"), item) for number in range(len(block.table)))
    elif block.each is not None:
        yield from ((("bullets", 0), item) for item in items)
    else:
        yield from ((path, None) for path, _ in block.texts())


def _document(order: Ordered, rendered: list[str]) -> Document:
    coming = iter(rendered[2:] if order.facts.own_texts is not None else rendered)
    texts = order.texts.texts
    _, letter = texts_for(order.texts, order.facts.kind)
    values = values_of(order.facts, texts.facts_in)
    title = next(coming)
    blocks = [made for block in letter.blocks for made in _blocks(block, values, coming)]
    facts, frame = order.facts, texts.frame
    recipient = facts.recipient
    return cleaned(
        Document(
            language=texts.language,
            title=title.replace("\n", " "),
            dated=facts.dated,
            municipality=facts.sender.name,
            recipient=tuple(line for line in (recipient.name, recipient.street, recipient.town) if line),
            sender=_beside_the_address(order, values),
            blocks=tuple(_without_lone_headings(blocks)),
            page=frame.page,
            of=frame.of,
            draft=frame.draft if order.is_draft else "",
            draft_note=frame.draft_note if order.is_draft else "",
        )
    )


def _beside_the_address(order: Ordered, values: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    sender, frame, signer = order.facts.sender, order.texts.texts.frame, values["signer"]
    address = f"{sender.street}, {sender.town}"
    department, citizen = values["department"], order.facts.on_behalf_of
    about = (f"{order.texts.texts.about} {citizen}",) if citizen else ()
    return (
        (address,) if department == sender.name else (department, address),
        (values["dated"], f"{frame.case} {values['case']['id']}", *about),
        tuple(line for line in (signer["name"], f"{frame.phone} {signer['phone']}", values["hours"]) if line),
    )


def _blocks(block: BlockTexts, values: dict[str, Any], coming: Iterator[str]) -> Iterator[Block]:
    """The blocks that one block of texts comes to; none where its texts are empty."""
    told = [(path, next(coming).strip()) for path, _ in _visits(block, values)]
    texts = [text for _, text in told]
    if block.heading is not None:
        yield from (Heading(text) for text in texts if text)
    elif block.pair is not None:
        halves = tuple((heading, text) for heading, text in zip(texts[::2], texts[1::2], strict=True) if text)
        yield from [Pair(halves)] if halves else []
    elif block.bullets is not None:
        items = tuple(text for text in texts if text)
        yield from [Bullets(items, block.numbered)] if items else []
    elif block.table is not None:
        yield from _table(texts, len(block.table))
    elif block.signature is not None:
        lines = tuple(dict.fromkeys(text for text in texts if text))
        yield from [Signature(lines)] if lines else []
    else:
        yield from _paragraphs(block, dict(told))


def _table(texts: list[str], width: int) -> Iterator[Rows]:
    """A table without the columns that are empty in every line; none without lines."""
    head, cells = texts[:width], texts[width:]
    rows = [cells[start : start + width] for start in range(0, len(cells), width)]
    shown = [number for number in range(width) if any(row[number] for row in rows)]
    if shown:
        yield Rows(
            tuple(head[number] for number in shown), tuple(tuple(row[number] for number in shown) for row in rows)
        )


def _paragraphs(block: BlockTexts, told: dict[Any, str]) -> Iterator[Paragraph]:
    """A text, key or small one; an empty line parts what somebody wrote, and the first part has the lead."""
    name: Any = "key" if block.key is not None else "small" if block.small is not None else "text"
    lead, text = told.get(("lead",), ""), told[(name,)]
    parts = [part.strip() for part in EMPTY_LINE.split(text) if part.strip()]
    if not parts and lead:
        parts = [""]
    for number, part in enumerate(parts):
        yield Paragraph(part, lead if number == 0 else "", name)


def _without_lone_headings(blocks: list[Block]) -> Iterator[Block]:
    """The blocks without a heading that has nothing below it before the next one."""
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if not isinstance(block, Heading) or not (following is None or isinstance(following, Heading)):
            yield block
