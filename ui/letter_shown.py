"""Which letter of a case is shown: the one that was sent, else the draft, marked as such and sent nowhere."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from config.bilingual import Language
from config.errors import InputError, RefusedError
from explain.letters.letter_facts import LetterFacts
from models.decision_store import decisions_of
from models.letters import StoredLetter, letter_file, letters_of
from routing.letter_files import documents_of, in_format
from routing.letter_making import decision_facts, draft_facts
from routing.letter_record import letter_desk, read_letter_case
from routing.publishing import Opened
from ui.explaining_rules import type_of_case


@dataclass(frozen=True)
class LetterShown:
    """A letter's content in one format, what is told of it as JSON, and in a sentence."""

    content: bytes
    told: Mapping[str, Any]
    sentence: str


def letter_shown(
    opened: Opened, case_id: str, case_type: str | None, language: Language, file_format: str
) -> LetterShown:
    """The letter of a case: the newest of its decision's that was sent, else the draft, else the newest other one.

    Raises:
        InputError: there is no such case, or several types have one.
        RefusedError: there is neither a letter nor a draft.
    """
    with opened.database.read() as connection:
        name = type_of_case(connection, case_id, case_type)
        stored = letters_of(connection, name, case_id)
        decided = [one for one in stored if one.kind == "decision"]
        if decided:
            return _as_sent(connection, decided[-1], language, file_format)
        facts = _draft(opened, connection, name, case_id)
        if facts is not None:
            return _as_draft(connection, name, case_id, facts, language, file_format)
        if stored:
            return _as_sent(connection, stored[-1], language, file_format)
    raise RefusedError(f"no letter about case {case_id} was sent, and the machine has drafted none")


def _draft(opened: Opened, connection: sa.Connection, case_type: str, case_id: str) -> LetterFacts | None:
    """What a letter would say now: of a decision that waits to be sent, or of the machine's draft."""
    decisions = decisions_of(connection, case_type, case_id)
    desk = letter_desk(opened)
    if decisions:
        case = read_letter_case(connection, opened, case_type, case_id, decisions[-1])
        return decision_facts(desk, connection, case)
    case = read_letter_case(connection, opened, case_type, case_id)
    return None if case.file["status"] != "open" else draft_facts(desk, connection, case)


def _as_sent(connection: sa.Connection, stored: StoredLetter, language: Language, file_format: str) -> LetterShown:
    content = letter_file(connection, stored.id, language, file_format)
    if content is None:
        raise RefusedError(f"letter {stored.id} was not made as {file_format} in '{language}'; ask for another")
    told = {"letter": stored.id, "dated": stored.dated, "sent_language": stored.language, "is_draft": False}
    sentence = f"The letter about case {stored.case_id} as it was sent on {stored.dated}."
    return _shown(content, stored.case_type, stored.case_id, stored.kind, language, file_format, told, sentence)


def _as_draft(
    connection: sa.Connection,
    case_type: str,
    case_id: str,
    facts: LetterFacts,
    language: Language,
    file_format: str,
) -> LetterShown:
    [documents] = documents_of(connection, [(case_type, facts)], is_draft=True, languages=[language])
    if isinstance(documents, InputError):
        raise documents
    content = in_format(documents[language], file_format)
    told = {"letter": None, "dated": facts.dated.isoformat(), "sent_language": None, "is_draft": True}
    sentence = f"A draft of the letter about case {case_id}; it has not been sent."
    return _shown(content, case_type, case_id, facts.kind, language, file_format, told, sentence)


def _shown(
    content: bytes,
    case_type: str,
    case_id: str,
    kind: str,
    language: str,
    file_format: str,
    told: Mapping[str, Any],
    sentence: str,
) -> LetterShown:
    named = {"case_type": case_type, "case_id": case_id, "kind": kind, "language": language, "format": file_format}
    return LetterShown(content, {**named, **told, "sha256": hashlib.sha256(content).hexdigest()}, sentence)
