"""From the facts of letters to their files: every language in force, as a page, plain text and a PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from config.errors import InputError, StafetError
from config.letter_texts import ReadTexts
from explain.letters.as_html import letter_html
from explain.letters.as_pdf import letter_pdf
from explain.letters.as_text import letter_text
from explain.letters.composing import Ordered, compose
from explain.letters.document import Document
from explain.letters.letter_facts import LetterFacts
from models.letters import LetterFile
from routing.letter_texts_in_force import own_place, texts_in_force, versions_in_force

FORMATS = ("html", "txt", "pdf")


@dataclass(frozen=True)
class LetterMade:
    """A letter as it would be sent: its facts as stored text, and its files."""

    facts: LetterFacts
    files: tuple[LetterFile, ...]

    def file(self, language: str, file_format: str) -> bytes:
        """One of its files."""
        return next(one.content for one in self.files if (one.language, one.format) == (language, file_format))


def documents_of(
    connection: sa.Connection,
    letters: Sequence[tuple[str, LetterFacts]],
    *,
    is_draft: bool = False,
    languages: Sequence[str] | None = None,
) -> list[Mapping[str, Document] | InputError]:
    """Each letter's document in every language in force, all in one child; `letters` are (case type, facts).

    Raises:
        InputError: no texts are in force in a language that is asked for.
    """
    texts = texts_in_force(connection)
    for language in languages or ():
        if language not in texts:
            known = ", ".join(sorted(texts))
            raise InputError(f"no letter texts are in force in '{language}'; there are {known}")
    chosen = [texts[name] for name in (languages or sorted(texts))]
    orders = [_ordered(connection, name, facts, one, is_draft) for name, facts in letters for one in chosen]
    composed = compose(orders)
    made: list[Mapping[str, Document] | InputError] = []
    for start in range(0, len(composed), len(chosen)):
        some = composed[start : start + len(chosen)]
        wrong = next((one for one in some if isinstance(one, InputError)), None)
        made.append(wrong or {one.language: one for one in some if isinstance(one, Document)})
    return made


def letters_made(
    connection: sa.Connection, letters: Sequence[tuple[str, LetterFacts]]
) -> list[LetterMade | StafetError]:
    """The letters with all their files; in place of one that cannot be made, the sentence that says why."""
    versions = versions_in_force(connection)
    known = [(name, with_versions(facts, versions)) for name, facts in letters]
    made: list[LetterMade | StafetError] = []
    for (_, facts), documents in zip(known, documents_of(connection, known), strict=True):
        if isinstance(documents, InputError):
            made.append(documents)
            continue
        try:
            made.append(LetterMade(facts, tuple(_files(documents))))
        except StafetError as error:
            made.append(error)
    return made


def with_versions(facts: LetterFacts, versions: Mapping[str, int]) -> LetterFacts:
    """The facts with the versions of the texts that the letter is made with."""
    return facts.model_copy(update={"made_with": {**facts.made_with, **versions}})


def in_format(document: Document, file_format: str) -> bytes:
    """A document as `html`, `txt` or `pdf`."""
    if file_format == "pdf":
        return letter_pdf(document)
    return (letter_html(document) if file_format == "html" else letter_text(document)).encode()


def _files(documents: Mapping[str, Document]) -> list[LetterFile]:
    return [
        LetterFile(language, file_format, in_format(document, file_format))
        for language, document in documents.items()
        for file_format in FORMATS
    ]


def _ordered(
    connection: sa.Connection, case_type: str, facts: LetterFacts, texts: ReadTexts, is_draft: bool
) -> Ordered:
    outcome = None if facts.decision is None else facts.decision.outcome
    place = own_place(connection, case_type, facts.made_with.get("case_type", 0), facts.kind, outcome)
    return Ordered(facts, texts, is_draft, place)
