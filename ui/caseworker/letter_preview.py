"""The letter that an approval would send, as it stands now: marked a draft, sent nowhere and never stored."""

from __future__ import annotations

from dataclasses import dataclass, replace

from config.errors import StafetError
from explain.letters.as_html import letter_fragment
from explain.letters.document import Document, Heading
from models.people import User
from routing.in_force import InForce
from routing.letter_making import decision_facts
from routing.letter_record import LetterDesk, municipality_of, read_letter_case
from ui.web.site import Site

SENT = "da"
"""The language in which letters are sent; the other is one link away."""

SENT_FIRST = 2
"""So many parts of a letter its page shows; the rest is named, and one link away."""

FRAGMENT_LEVEL = 3


@dataclass(frozen=True)
class LetterPreview:
    """The beginning of a letter as part of a page, and what comes after it; or why it cannot be made.

    Attributes:
        html: every text in it is escaped where the letter is made into HTML.
        rest: the headings of what is not shown.
    """

    html: str = ""
    language: str = SENT
    rest: tuple[str, ...] = ()
    problem: str | None = None


def desk_of(site: Site, in_force: InForce) -> LetterDesk:
    """What letters of this site share, with the models that its pages have read already.

    Raises:
        InputError: municipality.yaml cannot be used.
    """
    opened = replace(site.opened, in_force=in_force)
    return LetterDesk(opened, municipality_of(opened.workspace), dict(site.models.kept))


def draft_letter(
    site: Site, in_force: InForce, case: tuple[str, str], outcome: str, reader: User, language: str = SENT
) -> Document:
    """The letter about an outcome that nobody has decided yet, signed by whoever looks at it.

    Raises:
        StafetError: it cannot be made; the sentence says why.
    """
    desk = desk_of(site, in_force)
    with site.database.read() as connection:
        found = replace(read_letter_case(connection, desk.opened, *case), handler=reader)
        facts = decision_facts(desk, connection, found, outcome=outcome)
        return site.letters.draft_of(connection, case[0], facts, language)


def preview(site: Site, in_force: InForce, case: tuple[str, str], outcome: str, reader: User) -> LetterPreview:
    """The beginning of the draft letter in the language that is sent."""
    try:
        document = draft_letter(site, in_force, case, outcome, reader)
    except StafetError as error:
        return LetterPreview(problem=error.sentence)
    shown, rest = beginning(document)
    return LetterPreview(letter_fragment(shown, FRAGMENT_LEVEL), rest=rest)


def beginning(document: Document) -> tuple[Document, tuple[str, ...]]:
    """The letter up to its second heading, and the headings that follow."""
    headings = [number for number, block in enumerate(document.blocks) if isinstance(block, Heading)]
    if len(headings) < SENT_FIRST:
        return document, ()
    cut = headings[SENT_FIRST - 1]
    rest = tuple(block.text for block in document.blocks[cut:] if isinstance(block, Heading))
    return replace(document, blocks=document.blocks[:cut]), rest
