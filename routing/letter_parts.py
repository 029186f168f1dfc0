"""What every kind of letter says: who writes to whom, about which case, on which day, in whose words."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from config.criteria import lines_of
from config.errors import RefusedError
from config.letter_words import OwnLetter, names_in
from explain.letters.appeal_date import last_day_to_answer
from explain.letters.letter_facts import CaseInWords, LetterFacts, OwnTexts, Recipient, Sender, Signer, Word, both
from routing.letter_record import LetterCase, LetterDesk
from routing.letter_words import words_of
from routing.standards import day_of

TITLES = {
    "caseworker": both("Sagsbehandler", "Caseworker"),
    "team_lead": both("Holdleder", "Team lead"),
}
NO_TITLE = both("", "")


def letter_facts(desk: LetterDesk, case: LetterCase, kind: Any, dated: date) -> LetterFacts:
    """What every kind of letter says."""
    department = desk.municipality.department(case.file["team"])
    municipality = desk.municipality
    assert department.phone is not None
    assert department.email is not None
    assert department.hours is not None
    return LetterFacts(
        kind=kind,
        dated=dated,
        sender=Sender(
            name=municipality.name,
            department=department.name,
            street=municipality.street,
            town=municipality.town,
            phone=department.phone,
            email=department.email,
            website=municipality.website,
            hours=department.hours,
        ),
        recipient=_recipient(case),
        signer=_signer(case, department.phone),
        case=CaseInWords(
            case_id=case.case_id,
            type_name=case.case_type.name,
            law=case.case_type.legal_basis or "",
            received_on=case.received_on,
        ),
        on_behalf_of="" if case.representative is None else name_of(case),
        is_demo=case.is_demo,
        made_with={"case_type": case.case_type_version},
    )


def with_own_texts(facts: LetterFacts, case: LetterCase, own: OwnLetter | None) -> LetterFacts:
    """The facts with the case type's own texts for this letter, where it has some."""
    if own is None:
        return facts
    lines = lines_of(case.case_type, case.facts, case.received_on, 0)
    texts = OwnTexts(title=own.title, text=own.text)
    return facts.model_copy(update={"own_texts": texts, "words": words_of(case, lines)})


def today(desk: LetterDesk) -> date:
    """The day in Denmark: the day a letter is sent is the day it bears."""
    return day_of(desk.opened.database.clock())


def answer_by(desk: LetterDesk, case: LetterCase) -> date:
    """The last day to answer a letter that is sent today."""
    return last_day_to_answer(
        today(desk),
        digital=case.is_digital,
        days=desk.municipality.answer_within_days,
        delivery_working_days=desk.municipality.letter_delivery_working_days,
    )


def name_of(case: LetterCase) -> str:
    """The citizen's name, as a letter to somebody else says whom it is about; the case's number where unknown."""
    return case.case_id if case.citizen is None or not case.citizen.name else case.citizen.name


def refuse_to_give_away(case: LetterCase, facts: LetterFacts) -> None:
    """A letter to somebody else than the citizen holds no protected address.

    Raises:
        RefusedError: what was written into it does.
    """
    citizen = case.citizen
    if citizen is None or not citizen.protected_address or not citizen.street or not facts.on_behalf_of:
        return
    said = facts.model_copy(update={"recipient": Recipient(), "words": _named(facts)}).as_text()
    if as_compared(citizen.street) in as_compared(json.loads(said)):
        raise RefusedError(
            "the citizen's address is protected and stands in this letter to somebody else; take it out"
        )


def _named(facts: LetterFacts) -> dict[str, Word]:
    """The words that the case type's own texts ask for: the others stand in no letter."""
    own = facts.own_texts
    texts = () if own is None else (own.title.da, own.title.en, own.text.da, own.text.en)
    asked = {name for text in texts for name in names_in(text)}
    return {name: word for name, word in facts.words.items() if name in asked}


def as_compared(told: Any) -> str:
    """Words without what makes the same address look different: capitals and spaces."""
    return "".join(json.dumps(told, ensure_ascii=False).casefold().strip('"').split())


def _recipient(case: LetterCase) -> Recipient:
    """Whoever acts for the citizen, else the citizen; a protected address stands only where the post needs it."""
    citizen, acting = case.citizen, case.representative
    if acting is not None:
        return Recipient(
            name=acting.name,
            first_name=acting.name.split()[0],
            street=acting.street,
            town=acting.town,
            digital_post=acting.digital_post,
        )
    if citizen is None or not citizen.name:
        return Recipient()
    hides = citizen.protected_address and citizen.digital_post
    return Recipient(
        name=citizen.name,
        first_name=citizen.name.split()[0],
        street="" if hides else citizen.street or "",
        town="" if hides else citizen.town or "",
        digital_post=citizen.digital_post,
    )


def _signer(case: LetterCase, phone: str) -> Signer | None:
    handler = case.handler
    if handler is None:
        return None
    title = TITLES.get(handler.role, NO_TITLE)
    return Signer(name=handler.full_name, title=title, phone=handler.phone or phone)
