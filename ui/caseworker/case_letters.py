"""The letters of a case that were sent, as links to the very files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from config.translate import Translator
from config.words import Words
from models.letters import StoredLetter
from ui.caseworker.case_record import CaseRecord
from ui.web.addresses import case_path

NAMES = {
    "decision": "The letter about the decision",
    "hearing": "The hearing letter",
    "information_request": "The letter asking for information",
    "receipt": "The receipt",
    "reminder": "The reminder",
    "third_party_request": "The question to somebody else",
}


@dataclass(frozen=True)
class LetterLink:
    """One letter as sent: what it is, the day, and where to read it."""

    number: int
    name: str
    dated: str
    page_href: str
    pdf_href: str
    text_href: str
    english_href: str


def letter_links(
    case: CaseRecord, say: Translator, words: Words, *, is_blind: bool = False
) -> tuple[LetterLink, ...]:
    """The letters of a case, the newest first.

    A letter about a decision tells the citizen of the machine's part, so a page that is blind again does without.
    """
    found = []
    for letter in reversed(case.letters):
        if is_blind and letter.kind == "decision":
            continue
        address = case_path(case.case_type.key, case.case_id, f"letters/{letter.id}")
        found.append(
            LetterLink(
                number=letter.id,
                name=name_of_letter(kind_told(letter), say),
                dated=words.day(date.fromisoformat(letter.dated)),
                page_href=f"{address}/{letter.language}/html",
                pdf_href=f"{address}/{letter.language}/pdf",
                text_href=f"{address}/{letter.language}/txt",
                english_href=f"{address}/en/html",
            )
        )
    return tuple(found)


def kind_told(letter: StoredLetter) -> str:
    """What kind of letter its document says that it is, which may be narrower than what the records say."""
    found = json.loads(letter.document)
    return str(found.get("kind", letter.kind)) if isinstance(found, dict) else letter.kind


def name_of_letter(kind: str, say: Translator) -> str:
    """What kind of letter it is."""
    return say(NAMES[kind]) if kind in NAMES else kind
