"""The letter that asks somebody else than the citizen, made from the case as it stands, and its reminder."""

from __future__ import annotations

from datetime import date

from fastapi import Request

from explain.letters.letter_facts import LetterFacts
from models.letters import StoredLetter
from routing.letter_record import LetterDesk
from routing.third_party_letter import Question, reminder_to_third_party, third_party_facts
from ui.caseworker.handling.letter_to_citizen import desk_and_case


def third_party_letter(request: Request, question: Question, until: str) -> tuple[LetterDesk, LetterFacts]:
    """The letter that puts a question to somebody else.

    Raises:
        StafetError: it cannot be made; the sentence says why.
    """
    desk, found = desk_and_case(request)
    facts = third_party_facts(desk, found, question)
    return desk, facts.model_copy(update={"answer_by": date.fromisoformat(until)})


def third_party_reminder(request: Request, sent: StoredLetter, until: str) -> tuple[LetterDesk, LetterFacts]:
    """The letter that reminds of the one that was sent.

    Raises:
        StafetError: it cannot be made; the sentence says why.
    """
    desk, found = desk_and_case(request)
    facts = reminder_to_third_party(desk, found, sent)
    return desk, facts.model_copy(update={"answer_by": date.fromisoformat(until)})
