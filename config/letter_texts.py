"""A file of letter texts: one language, kinds of letters as a title and blocks of texts with placeholders.

A block whose texts come out empty is left out, and so is a heading with nothing below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from config.bilingual import Language
from config.errors import InputError, Place
from config.letter_placeholders import KINDS, LISTS, REQUIRED, LetterKind, placeholders_of, unwritable_of
from config.letter_template import Problem, names_in, problem_in
from config.model import Boolean, Model, Text, wrong
from config.validation import did_you_mean, validate
from config.yaml_source import Located, Path_, read_yaml

BLOCKS = ("text", "key", "heading", "pair", "bullets", "table", "signature", "small")
MOST_BLOCKS = 60
_LANGUAGE = re.compile(r"[a-z]{2}")


class Half(Model):
    """One of two texts that stand side by side."""

    heading: Text
    text: Text


class Cell(Model):
    """A column of a table: its heading, and what stands in each line."""

    head: Text
    text: Text


class Block(Model):
    """One part of a letter: exactly one of `BLOCKS`.

    `lead` begins a text or key in bold; `each` names a list, and the bullet or the table's line is repeated for
    its items; `key` is set apart; the first line of a signature is a name.
    """

    text: Text | None = None
    key: Text | None = None
    heading: Text | None = None
    pair: Annotated[tuple[Half, ...], Field(min_length=2, max_length=2)] | None = None
    bullets: Annotated[tuple[Text, ...], Field(min_length=1, max_length=20)] | None = None
    table: Annotated[tuple[Cell, ...], Field(min_length=1, max_length=5)] | None = None
    signature: Annotated[tuple[Text, ...], Field(min_length=1, max_length=6)] | None = None
    small: Text | None = None
    lead: Text | None = None
    each: Text | None = None
    numbered: Boolean = False

    @model_validator(mode="after")
    def _is_one_block(self) -> Block:
        given = [name for name in BLOCKS if getattr(self, name) is not None]
        if len(given) != 1:
            raise wrong(f"a block is one of {', '.join(BLOCKS)}, and here are {len(given)}")
        if self.lead is not None and given[0] not in ("text", "key"):
            raise wrong("'lead' goes with text or key; delete it", "lead")
        if self.each is not None and given[0] not in ("bullets", "table"):
            raise wrong("'each' goes with bullets or table; delete it", "each")
        if self.table is not None and self.each is None:
            raise wrong("a table needs `each`, the list that its lines come from")
        if self.each is not None and self.bullets is not None and len(self.bullets) != 1:
            raise wrong("with 'each' one text stands in bullets, and it is repeated", "bullets")
        if self.numbered and self.bullets is None:
            raise wrong("'numbered' goes with bullets; delete it", "numbered")
        return self

    def texts(self) -> Iterator[tuple[Path_, str]]:
        """Every text of the block and where it stands in it."""
        for name in ("lead", "text", "key", "heading", "small"):
            if (text := getattr(self, name)) is not None:
                yield (name,), text
        for number, half in enumerate(self.pair or ()):
            yield ("pair", number, "heading"), half.heading
            yield ("pair", number, "text"), half.text
        for number, cell in enumerate(self.table or ()):
            yield ("table", number, "head"), cell.head
            yield ("table", number, "text"), cell.text
        for name in ("bullets", "signature"):
            for number, text in enumerate(getattr(self, name) or ()):
                yield (name, number), text


class Letter(Model):
    """The texts of one kind of letter."""

    title: Text
    blocks: Annotated[tuple[Block, ...], Field(min_length=1, max_length=MOST_BLOCKS)]

    def texts(self) -> Iterator[tuple[Path_, str, str | None]]:
        """Every text, where it stands, and the list whose items it may name."""
        yield ("title",), self.title, None
        for number, block in enumerate(self.blocks):
            for path, text in block.texts():
                is_repeated = path[0] == "bullets" or (path[-1] == "text" and path[0] == "table")
                yield ("blocks", number, *path), text, block.each if is_repeated else None


class Frame(Model):
    """The fixed words around a letter: no placeholders. `about` names the citizen in a letter to somebody else."""

    draft: Text
    draft_note: Text
    page: Text
    of: Text
    case: Text
    phone: Text
    about: Text | None = None


ABOUT: Mapping[Language, str] = {"da": "Vedrørende", "en": "About"}
"""What a file says that was written before letters went to others than the citizen."""


class LetterTexts(Model):
    """One file. `facts_in` says in which of the two languages facts, dates and amounts are written."""

    language: Text
    facts_in: Language
    frame: Frame
    decision: Letter
    hearing: Letter
    information_request: Letter
    receipt: Letter
    reminder: Letter | None = None
    third_party_request: Letter | None = None

    @model_validator(mode="after")
    def _says_what_it_must(self) -> LetterTexts:
        if not _LANGUAGE.fullmatch(self.language):
            raise wrong("a language is two small letters, as in da; write the code of ISO 639", "language")
        return self

    @property
    def about(self) -> str:
        """What stands before the name of the citizen, in a letter to somebody else."""
        return self.frame.about or ABOUT[self.facts_in]

    def letter(self, kind: LetterKind) -> Letter | None:
        """The texts of one kind; None where the file leaves them to those that ship (`letter_defaults.py`)."""
        found: Letter | None = getattr(self, kind)
        return found


@dataclass(frozen=True)
class ReadTexts:
    """Letter texts, and where each stands in its file."""

    texts: LetterTexts
    located: Located

    @property
    def language(self) -> str:
        """The file's language."""
        return self.texts.language

    def place(self, *path: str | int) -> Place:
        """Where a text stands."""
        return self.located.place(path)


def read_letter_texts(text: str | bytes, file: str | Path) -> ReadTexts:
    """The letter texts written in `text`; the file's name begins with its language, as in `da.yaml`.

    Raises:
        InputError: with file:line:column, for the first thing in the file that cannot be used: a key or
            placeholder that does not exist, a text that does more than name placeholders, a letter that leaves out
            what the law asks for.
    """
    located = read_yaml(text, file)
    texts = validate(located, LetterTexts)
    if Path(file).name.split(".")[0].split(" ")[0] != texts.language:
        sentence = f"the file's name says another language than '{texts.language}'; name it {texts.language}.yaml"
        raise InputError(sentence, located.place(("language",)))
    for kind in KINDS:
        if (letter := texts.letter(kind)) is not None:
            _refuse_unusable_texts(located, kind, letter)
            _refuse_silence(located, kind, letter)
    return ReadTexts(texts, located)


def _refuse_unusable_texts(located: Located, kind: LetterKind, letter: Letter) -> None:
    for number, block in enumerate(letter.blocks):
        if block.each is not None and block.each not in LISTS[kind]:
            sentence = (
                f"there is no list '{block.each[:40]}' in this letter; {did_you_mean(block.each, LISTS[kind])}"
            )
            raise InputError(sentence, located.place((kind, "blocks", number, "each")))
    for path, text, each in letter.texts():
        items = {f"item.{name}" for name in LISTS[kind][each]} if each else set()
        problem = problem_in(text, placeholders_of(kind) | items, unwritable_of(kind))
        if problem is not None:
            raise InputError(problem.sentence, place_in(located, (kind, *path), problem))


def _refuse_silence(located: Located, kind: LetterKind, letter: Letter) -> None:
    said = {name for _, text, _ in letter.texts() for name in names_in(text)}
    said |= {block.each for block in letter.blocks if block.each is not None}
    for name, why in REQUIRED[kind].items():
        if name not in said:
            sentence = f"this letter never says '{name}' ({why}); put it into one of its texts"
            raise InputError(sentence, located.place((kind,), of="key"))


def place_in(located: Located, path: Path_, problem: Problem) -> Place:
    """The place of a problem inside a text: the word itself where the file shows it, else its line."""
    start = located.place(path)
    span = located.values.get(path)
    if span is None or start.line is None:
        return start
    written = located.text[span.start : span.end]
    found = re.search(rf"(?<![\w.]){re.escape(problem.word)}(?![\w])", written) if problem.word else None
    if found is not None:
        offset = span.start + found.start()
        line = located.text.count("\n", 0, offset) + 1
        return Place(start.file, line, offset - located.text.rfind("\n", 0, offset))
    below = problem.line - 1 + (1 if written[:1] in "|>" else 0)
    return Place(start.file, start.line + below, start.column if below == 0 else None)


def texts_by_language(files: Mapping[str, str]) -> dict[str, ReadTexts]:
    """Several files by their language; `files` are texts by file name."""
    read = [read_letter_texts(text, name) for name, text in sorted(files.items())]
    return {one.language: one for one in read}
